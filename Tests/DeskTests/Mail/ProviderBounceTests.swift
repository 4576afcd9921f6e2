import Conversations
import Foundation
import Testing

@testable import Desk

/// What providers tell of mails that came back, and what they only call so.
@Suite struct ProviderBounceTests {
    private static let token = String(repeating: "0a", count: 16)

    /// The status of the report that is made of a provider's word; nil where none is.
    private func status(_ kind: ProviderKind, _ json: String) throws -> String? {
        let basic = "Basic " + Data("user:key".utf8).base64EncodedString()
        let request = ProviderRequest(
            kind: kind, url: "https://desk.test", headers: ["authorization": basic, "content-type": "application/json"],
            body: Array(json.utf8))
        let mails =
            switch kind {
            case .postmark: try PostmarkDelivery(request).mails()
            case .sendgrid: try SendGridDelivery(request).mails()
            default: try MailgunDelivery(request).mails()
            }
        guard let mail = mails.first else { return nil }
        let lines = String(decoding: mail.raw, as: UTF8.self).split(separator: "\r\n")
        return lines.first { $0.hasPrefix("Status: ") }.map { String($0.dropFirst(8)) }
    }

    @Test(arguments: [
        ("HardBounce", "5.0.0"), ("BadEmailAddress", "5.0.0"), ("SoftBounce", "4.0.0"), ("SpamNotification", "4.0.0"), ("Unknown", "4.0.0"),
        ("AutoResponder", nil), ("Transient", nil), ("Subscribe", nil), ("Unsubscribe", nil), ("AddressChange", nil),
        ("ChallengeVerification", nil), ("OpenRelayTest", nil),
    ])
    func `Postmark's types`(type: String, expected: String?) throws {
        let json = #"{"RecordType":"Bounce","Type":"\#(type)","Email":"ann@customer.test","Metadata":{"throughline":"\#(Self.token)"}}"#
        #expect(try status(.postmark, json) == expected)
    }

    @Test(arguments: [
        (#""event":"bounce","type":"bounce","reason":"550 no such user""#, "5.0.0"),
        (#""event":"bounce","type":"blocked","reason":"550 spam""#, "4.0.0"),
        (#""event":"dropped","reason":"Bounced Address""#, "5.0.0"), (#""event":"dropped","reason":"Invalid""#, "5.0.0"),
        (#""event":"dropped","reason":"Unsubscribed Address""#, "4.0.0"), (#""event":"dropped""#, "4.0.0"),
        (#""event":"deferred","reason":"450 later""#, nil),
    ])
    func `SendGrid's events`(fields: String, expected: String?) throws {
        #expect(try status(.sendgrid, #"[{"email":"ann@customer.test","throughline":"\#(Self.token)",\#(fields)}]"#) == expected)
    }

    @Test(arguments: [
        (#""severity":"permanent","reason":"bounce","delivery-status":{"code":550}"#, "5.0.0"),
        (#""severity":"permanent","reason":"suppress-bounce","delivery-status":{"code":605}"#, "5.0.0"),
        (#""severity":"permanent","reason":"old","delivery-status":{"code":602}"#, "4.0.0"),
        (#""severity":"permanent","reason":"generic","delivery-status":{"code":452}"#, "4.0.0"),
        (#""severity":"temporary","reason":"generic","delivery-status":{"code":452}"#, nil),
    ])
    func `Mailgun's failures`(fields: String, expected: String?) throws {
        let json =
            #"{"signature":{"timestamp":"1","token":"t","signature":"s"},"event-data":{"event":"failed","recipient":"ann@customer.test","#
            + #""user-variables":{"throughline":"\#(Self.token)"},\#(fields)}}"#
        #expect(try status(.mailgun, json) == expected)
    }
}
