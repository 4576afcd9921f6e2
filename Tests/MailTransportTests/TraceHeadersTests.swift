import Foundation
import Testing

@testable import MailTransport

@Suite struct TraceHeadersTests {
    private func envelope(_ change: (inout InboundEnvelope) -> Void = { _ in }) -> InboundEnvelope {
        var envelope = InboundEnvelope(
            sender: "a@x.test", recipients: ["b@y.test"], remoteAddress: "192.0.2.1", helo: "c.test",
            receivedAt: Date(timeIntervalSince1970: 1_700_000_000), id: "ID")
        change(&envelope)
        return envelope
    }

    @Test func oneRecipient() {
        #expect(
            traceHeaders(for: envelope(), hostname: "mail.test", with: "ESMTP")
                == "Return-Path: <a@x.test>\r\nReceived: from c.test ([192.0.2.1])\r\n\tby mail.test with ESMTP id ID\r\n\tfor <b@y.test>;\r\n\tTue, 14 Nov 2023 22:13:20 +0000\r\n"
        )
    }

    @Test func severalRecipientsAreNotTold() {
        let text = traceHeaders(for: envelope { $0.recipients.append("c@y.test") }, hostname: "mail.test", with: "ESMTP")
        #expect(!text.contains("y.test"))
    }

    @Test(arguments: [
        ("SMTP", nil, false, "SMTP"), ("ESMTP", nil, false, "ESMTP"), ("ESMTP", "TLSv1.3", false, "ESMTPS"),
        ("ESMTP", nil, true, "UTF8SMTP"), ("ESMTP", "TLSv1.3", true, "UTF8SMTPS"), ("SMTP", "TLSv1.3", false, "ESMTPS"),
        ("LMTP", nil, false, "LMTP"), ("LMTP", nil, true, "UTF8LMTP"),
    ])
    func protocolNames(base: String, tls: String?, utf8: Bool, name: String) {
        let envelope = envelope {
            $0.tls = tls
            $0.smtpUTF8 = utf8
        }
        #expect(traceHeaders(for: envelope, hostname: "mail.test", with: base).contains(" with \(name) id "))
    }

    @Test func nullPathAndIPv6() {
        let text = traceHeaders(
            for: envelope {
                $0.sender = nil
                $0.remoteAddress = "2001:db8::1"
            }, hostname: "mail.test", with: "ESMTP")
        #expect(text.hasPrefix("Return-Path: <>\r\n"))
        #expect(text.contains("([IPv6:2001:db8::1])"))
    }

    @Test func aHostileNameAddsNoHeader() {
        let text = traceHeaders(for: envelope { $0.helo = "x)\r\nX-Evil: (ü" }, hostname: "mail.test", with: "ESMTP")
        #expect(text.contains("from x???X-Evil:???? ("))
    }

    @Test(arguments: [
        (0.0, "Thu, 01 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
    ])
    func dates(seconds: Double, text: String) {
        #expect(rfc5322Date(Date(timeIntervalSince1970: seconds)) == text)
    }
}
