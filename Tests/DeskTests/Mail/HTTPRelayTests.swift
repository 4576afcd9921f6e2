import Foundation
import MailTransport
import Testing

@testable import Desk

/// Providers' interfaces as ways out: their addresses, and what their answers say of a mail.
@Suite struct HTTPRelayTests {
    private static let urls = [
        "postmark://token-1234@", "mailgun://key-1234@mg.acme.test?region=eu", "sendgrid://SG.key@", "ses://AKID:a%2Fb@eu-west-1",
    ]

    @Test(arguments: zip(urls, ["api.postmarkapp.com", "api.eu.mailgun.net", "api.sendgrid.com", "email.eu-west-1.amazonaws.com"]))
    func `each provider is reached at its own address, encrypted, and its key is never shown`(url: String, host: String) throws {
        let relay = try HTTPRelay(url: url)
        #expect(relay.address == WebAddress(host: host))
        for text in ["\(relay)", String(reflecting: relay), "\(Mirror(reflecting: relay).children.map { "\($0.value)" })"] {
            #expect(!["1234", "SG.key", "a/b", "AKID"].contains { text.contains($0) }, "\(text)")
        }
    }

    @Test(arguments: [
        "postmark://@", "postmark://hidden", "mailgun://key@", "mailgun://key@Bad Domain", "ses://hidden@eu-west-1", "ses://key:hidden@",
        "sendgrid://hidden@?region=mars", "sendgrid://hidden@?colour=red", "sendgrid://key@?endpoint=ftp://x", "smtp://user:password@host",
        "sendgrid://ke%0Ay@",
    ])
    func `an address that makes no sense is refused without its key`(url: String) {
        let error = #expect(throws: MailTransportError.self) { try HTTPRelay(url: url) }
        #expect(error.map { !"\($0)".contains("hidden") } == true)
    }

    @Test(arguments: ["endpoint=http://169.254.169.254", "%65ndpoint=http://127.0.0.1:1"])
    func `an account's administrator sends no mail into the network around`(option: String) {
        #expect(throws: MailTransportError.self) { try HTTPRelay(url: "sendgrid://key@?\(option)", takesEndpoint: false) }
        #expect(throws: Never.self) { try HTTPRelay(url: "sendgrid://key@?\(option)") }
    }

    enum Word: Sendable { case accepted, temporary, permanent, stopped, uncertain }

    @Test(arguments: [
        (0, 200, #"{"MessageID":"x"}"#, "", Word.accepted), (1, 200, #"{"id":"<a@b>"}"#, "", .accepted), (2, 202, "", "", .accepted),
        (0, 429, "{}", "", .temporary), (1, 500, "oops", "", .temporary), (2, 503, "{}", "", .temporary), (1, 502, "", "", .uncertain),
        (2, 504, "", "", .uncertain),
        (1, 404, #"{"message":"Domain not found"}"#, "", .stopped), (0, 301, "", "", .stopped),
        (3, 400, "{}", "TooManyRequestsException:http://internal", .temporary), (0, 401, "{}", "", .stopped), (2, 403, "{}", "", .stopped),
        (0, 422, #"{"ErrorCode":405,"Message":"Not allowed to send"}"#, "", .stopped),
        (0, 422, #"{"ErrorCode":406,"Message":"Inactive recipient"}"#, "", .permanent), (3, 400, "{}", "SendingPausedException", .stopped),
        (3, 400, #"{"message":"Email address is not verified."}"#, "MessageRejected", .permanent), (1, 400, "no JSON", "", .permanent),
        (2, 413, #"{"errors":[{"message":"too large"}]}"#, "", .permanent),
    ])
    func `each answer means one thing`(of: Int, status: Int, body: String, error: String, word: Word) throws {
        let relay = try HTTPRelay(url: Self.urls[of])
        let outcome = relay.outcome(WebAnswer(status: status, headers: [("x-amzn-errortype", error)], body: Array(body.utf8)))
        let found: Word =
            switch outcome {
            case .accepted: .accepted
            case .temporary: .temporary
            case .permanent: .permanent
            case .relayFault: .stopped
            case .uncertain: .uncertain
            }
        #expect(found == word, "\(outcome)")
    }

    /// That it is the right one is checked end to end, by a signature computed apart.
    @Test func `Amazon's signature depends on all that it should`() {
        var request = WebRequest(
            address: WebAddress(host: "email.eu-west-1.amazonaws.com"), path: "/v2/email/outbound-emails",
            headers: [("Content-Type", "application/json")], body: Array("{}".utf8))
        let time = Date(timeIntervalSince1970: 1_440_938_160)
        func signature(_ region: String = "eu-west-1", secret: String = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY") -> String {
            SignAWS.headers(
                request, host: request.address.host, AWSCredentials(id: "AKIDEXAMPLE", secret: secret), region: region, service: "ses",
                at: time
            ).first { $0.name == "Authorization" }?.value ?? ""
        }
        let first = signature()
        #expect(first.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/ses/aws4_request, SignedHeaders="))
        var others = [signature("eu-west-2"), signature(secret: "another")]
        request.body = Array("{ }".utf8)
        others.append(signature())
        #expect(Set(others + [first]).count == 4)
    }
}
