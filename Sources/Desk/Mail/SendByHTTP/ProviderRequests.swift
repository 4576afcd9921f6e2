import Continuity
import Conversations
import Foundation
import MailFormat
import MailTransport

/// A mail as each provider's interface takes it. The bytes go as they are where it takes bytes (Mailgun, Amazon SES); to the others go the
/// parts of the same bytes, with Message-ID, References and Reply-To as they stand.
extension HTTPRelay {
    func request(_ raw: [UInt8], _ envelope: OutboundEnvelope, at now: Instant) -> WebRequest {
        switch service {
        case .postmark(let token, let stream):
            return json("/email", [("X-Postmark-Server-Token", token)], Self.postmark(MailReader().read(raw), envelope, stream: stream))
        case .sendgrid(let key):
            return json("/v3/mail/send", [("Authorization", "Bearer \(key)")], Self.sendGrid(MailReader().read(raw), envelope))
        case .mailgun(let key, let domain):
            let (type, body) = Self.mailgunForm(raw, envelope)
            return WebRequest(
                address: address, path: "/v3/\(domain)/messages.mime",
                headers: [("Authorization", "Basic \(Data("api:\(key)".utf8).base64EncodedString())"), ("Content-Type", type)], body: body)
        case .ses(let credentials, let region):
            var request = json("/v2/email/outbound-emails", [], Self.ses(raw, envelope))
            request.headers += SignAWS.headers(
                request, host: address.port == 443 ? address.host : "\(address.host):\(address.port)", credentials, region: region,
                service: "ses",
                at: now.date)
            return request
        }
    }

    private func json(_ path: String, _ headers: [(name: String, value: String)], _ json: JSON) -> WebRequest {
        WebRequest(
            address: address, path: path, headers: headers + [("Content-Type", "application/json"), ("Accept", "application/json")],
            body: json.bytes)
    }

    private static func ses(_ raw: [UInt8], _ envelope: OutboundEnvelope) -> JSON {
        var members: [(String, JSON)] = [
            ("Content", .object([("Raw", .object([("Data", .string(Data(raw).base64EncodedString()))]))])),
            ("Destination", .object([("ToAddresses", .array(envelope.recipients.map { .string($0) }))])),
        ]
        if let sender = envelope.sender { members.append(("FeedbackForwardingEmailAddress", .string(sender))) }
        return .object(members)
    }

    private static func mailgunForm(_ raw: [UInt8], _ envelope: OutboundEnvelope) -> (type: String, body: [UInt8]) {
        let boundary = "throughline-\(Secrets.sha256(raw).prefix(40))"
        var body: [UInt8] = []
        let fields =
            envelope.recipients.map { ("to", $0) } + [("o:tracking", "no")]
            + (bounceToken(envelope).map { [("v:\(ProviderBounce.field)", $0)] } ?? [])
        for (name, value) in fields {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"message\"; filename=\"message.mime\"\r\n".utf8
        body += "Content-Type: message/rfc822\r\n\r\n".utf8
        body += raw
        body += "\r\n--\(boundary)--\r\n".utf8
        return ("multipart/form-data; boundary=\(boundary)", body)
    }

    private static func postmark(_ mail: ParsedMail, _ envelope: OutboundEnvelope, stream: String) -> JSON {
        var members: [(String, JSON)] = [
            ("From", .string(mail.from.map(written) ?? "")), ("To", .string(envelope.recipients.joined(separator: ","))),
            ("Subject", .string(mail.subject ?? "")), ("MessageStream", .string(stream)), ("TrackOpens", .bool(false)),
            ("TrackLinks", .string("None")), ("TextBody", .string(mail.text)),
        ]
        if let token = bounceToken(envelope) { members.append(("Metadata", .object([(ProviderBounce.field, .string(token))]))) }
        if let html = mail.html { members.append(("HtmlBody", .string(html))) }
        if !mail.replyTo.isEmpty { members.append(("ReplyTo", .string(mail.replyTo.map(written).joined(separator: ", ")))) }
        // Without X-PM-KeepID Postmark would give the mail a Message-ID of its own.
        let headers = further(mail) + [MailHeader(name: "X-PM-KeepID", value: "true")]
        members.append(
            ("Headers", .array(headers.map { .object([("Name", .string($0.name)), ("Value", .string($0.value))]) })))
        if !mail.attachments.isEmpty {
            members.append(
                (
                    "Attachments",
                    .array(
                        mail.attachments.map {
                            .object([
                                ("Name", .string($0.filename ?? "file")), ("Content", .string($0.bytes.base64EncodedString())),
                                ("ContentType", .string($0.contentType)), ("ContentID", JSON($0.contentID.map { "cid:\($0)" })),
                            ])
                        })
                ))
        }
        return .object(members)
    }

    private static func sendGrid(_ mail: ParsedMail, _ envelope: OutboundEnvelope) -> JSON {
        func person(_ address: MailAddress) -> JSON {
            .object([("email", .string(address.address))] + (address.name.map { [("name", .string($0))] } ?? []))
        }
        var content: [JSON] = [.object([("type", .string("text/plain")), ("value", .string(mail.text))])]
        if let html = mail.html { content.append(.object([("type", .string("text/html")), ("value", .string(html))])) }
        let off = JSON.object([("enable", .bool(false))])
        var members: [(String, JSON)] = [
            (
                "personalizations",
                .array([.object([("to", .array(envelope.recipients.map { .object([("email", .string($0))]) }))])])
            ),
            ("from", mail.from.map(person) ?? .null), ("subject", .string(mail.subject ?? "")), ("content", .array(content)),
            ("headers", .object(further(mail).map { ($0.name, .string($0.value)) })),
            (
                "tracking_settings",
                .object([("click_tracking", off), ("open_tracking", off), ("subscription_tracking", off)])
            ),
        ]
        if let token = bounceToken(envelope) { members.append(("custom_args", .object([(ProviderBounce.field, .string(token))]))) }
        if let reply = mail.replyTo.first { members.append(("reply_to", person(reply))) }
        if !mail.attachments.isEmpty {
            members.append(
                (
                    "attachments",
                    .array(
                        mail.attachments.map {
                            .object(
                                [
                                    ("content", .string($0.bytes.base64EncodedString())), ("filename", .string($0.filename ?? "file")),
                                    ("type", .string($0.contentType)),
                                    ("disposition", .string($0.contentID == nil ? "attachment" : "inline")),
                                ] + ($0.contentID.map { [("content_id", .string($0))] } ?? []))
                        })
                ))
        }
        return .object(members)
    }

    /// What stands behind the + of our envelope sender, which a provider puts its own in the place of: it comes back with its word of a bounce.
    private static func bounceToken(_ envelope: OutboundEnvelope) -> String? {
        MailEvidence.bounceTokens(MailFacts(envelopeRecipients: [envelope.sender].compactMap { $0 })).first
    }

    /// The headers that have no field of their own.
    private static func further(_ mail: ParsedMail) -> [MailHeader] {
        let own: Set = [
            "from", "to", "cc", "bcc", "subject", "reply-to", "date", "mime-version", "content-type", "content-transfer-encoding",
            "content-disposition", "dkim-signature", "return-path", "received",
        ]
        return mail.headers.filter { !own.contains($0.name.lowercased()) }.map {
            MailHeader(name: $0.name, value: $0.value.split(whereSeparator: \.isNewline).joined(separator: " "))
        }
    }

    private static func written(_ address: MailAddress) -> String {
        guard let name = address.name, !name.isEmpty else { return address.address }
        return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\" <\(address.address)>"
    }
}
