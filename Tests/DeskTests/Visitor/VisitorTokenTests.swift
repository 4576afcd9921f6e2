import Conversations
import Foundation
import Testing

@testable import Desk

@Suite struct VisitorTokenTests {
    private let secrets = Secrets(key: Array(repeating: 1, count: 32))
    private let now = Instant(milliseconds: 1_800_000_000_000)

    private var text: String { VisitorToken(sourceID: "abc", inboxID: ID(3), at: now).signed(by: secrets) }

    @Test func itReadsWhatItWrote() {
        let token = VisitorToken(text, secrets: secrets, now: now)
        #expect(token?.sourceID == "abc")
        #expect(token?.inboxID == 3)
        #expect(token?.expiresAt == now.seconds + 180 * 86_400)
    }

    @Test func aVisitorsBrowserCanReadItsPayload() throws {
        var payload = try #require(text.split(separator: ".").dropFirst().first.map(String.init))
        payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
        let data = try #require(
            Data(base64Encoded: payload.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["source_id"] as? String == "abc")
        #expect(Set(object.keys) == ["source_id", "inbox_id", "exp", "iat"])
    }

    @Test func itEnds() {
        #expect(VisitorToken(text, secrets: secrets, now: now + .seconds(180 * 86_400 - 1)) != nil)
        #expect(VisitorToken(text, secrets: secrets, now: now + .seconds(180 * 86_400)) == nil)
    }

    @Test func anotherSecretDoesNotSign() {
        #expect(VisitorToken(text, secrets: Secrets(key: Array(repeating: 2, count: 32)), now: now) == nil)
    }

    @Test(arguments: [
        "", "a.b", "a.b.c", "....", "eyJhbGciOiJub25lIn0.eyJzb3VyY2VfaWQiOiJhYmMiLCJpbmJveF9pZCI6MywiZXhwIjo5OTk5OTk5OTk5LCJpYXQiOjB9.",
    ])
    func whatWeDidNotSignIsNothing(_ text: String) {
        #expect(VisitorToken(text, secrets: secrets, now: now) == nil)
    }

    @Test func everyChangedCharacterBreaksIt() {
        let good = Array(text)
        for index in good.indices where good[index] != "." {
            var bad = good
            // The last character of each part may carry bits that count for nothing.
            let isLast = index + 1 == good.count || good[index + 1] == "."
            if isLast { continue }
            bad[index] = bad[index] == "A" ? "B" : "A"
            #expect(VisitorToken(String(bad), secrets: secrets, now: now) == nil)
        }
    }
}
