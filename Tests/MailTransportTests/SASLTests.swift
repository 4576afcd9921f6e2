import Foundation
import Testing

@testable import MailTransport

/// Ways to sign in at a relay, said as their documents say them.
@Suite struct SASLTests {
    private let tim = SMTPRelay.Credentials(user: "tim", password: "tanstaaftanstaaf")

    /// The example of RFC 2195 §2.
    @Test func `CRAM-MD5 answers the challenge and never says the password`() throws {
        var sasl = try #require(SASL(offered: ["CRAM-MD5"], credentials: tim))
        #expect(sasl.command == "AUTH CRAM-MD5")
        let challenge = Data("<1896.697170952@postoffice.reston.mci.net>".utf8).base64EncodedString()
        let (answer, second, third) = (sasl.nextResponse(to: challenge), sasl.nextResponse(to: challenge), sasl.nextResponse(to: challenge))
        #expect(
            answer.flatMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) } == "tim b913a602c7eda7a495b4e6e7334d3890"
        )
        #expect(second == "*" && third == nil)
        var damaged = try #require(SASL(offered: ["CRAM-MD5"], credentials: tim))
        let cancelled = damaged.nextResponse(to: "no base64!")
        #expect(cancelled == "*")
    }

    @Test func `XOAUTH2 is taken only where the address says so, and has the token refused by an empty line`() throws {
        #expect(SASL(offered: ["XOAUTH2"], credentials: tim) == nil)
        var sasl = try #require(SASL(offered: ["XOAUTH2", "PLAIN"], credentials: tim, wanted: .xoauth2))
        let words = sasl.command.split(separator: " ")
        #expect(words.prefix(2) == ["AUTH", "XOAUTH2"])
        let text = Data(base64Encoded: String(words.last ?? "")).map { String(decoding: $0, as: UTF8.self) }
        #expect(text == "user=tim\u{1}auth=Bearer tanstaaftanstaaf\u{1}\u{1}")
        let line = sasl.nextResponse(to: "eyJzdGF0dXMiOiI0MDEifQ==")
        #expect(line?.isEmpty == true)
    }

    @Test(
        arguments: [
            (["PLAIN", "LOGIN", "CRAM-MD5"], true, nil, "AUTH PLAIN"), (["LOGIN", "CRAM-MD5"], true, nil, "AUTH LOGIN"),
            (["PLAIN", "LOGIN", "CRAM-MD5"], false, nil, "AUTH CRAM-MD5"), (["PLAIN", "LOGIN"], false, nil, "AUTH PLAIN"),
            (["PLAIN", "CRAM-MD5"], true, .cramMD5, "AUTH CRAM-MD5"), (["PLAIN"], true, .login, nil),
        ] as [([String], Bool, SMTPRelay.SignIn?, String?)])
    func `which of those that the server offers`(offered: [String], isEncrypted: Bool, wanted: SMTPRelay.SignIn?, command: String?) {
        let sasl = SASL(offered: Set(offered), credentials: tim, wanted: wanted, isEncrypted: isEncrypted)
        #expect(sasl.map { String($0.command.prefix(command?.count ?? 0)) } == command)
    }

    @Test func `an address names a way to sign in`() throws {
        let relay = try SMTPRelay(url: "smtp://tim:secret@mail.test?tls=none&auth=xoauth2")
        #expect(relay.signIn == .xoauth2 && relay.encryption == .none)
        #expect(try SMTPRelay(url: "smtps://tim:secret@mail.test?auth=cram-md5").signIn == .cramMD5)
        #expect(throws: MailTransportError.self) { try SMTPRelay(url: "smtp://tim:secret@mail.test?auth=gssapi") }
    }

    @Test func `a relay is given so many mails in a minute, evenly`() throws {
        #expect(Pace(perMinute: 0) == nil)
        let pace = try #require(Pace(perMinute: 60))
        let now = ContinuousClock.now
        #expect((0..<4).map { _ in pace.reserve(now) - now } == [.zero, .seconds(1), .seconds(2), .seconds(3)])
        #expect(pace.reserve(now + .seconds(60)) == now + .seconds(60))
    }
}
