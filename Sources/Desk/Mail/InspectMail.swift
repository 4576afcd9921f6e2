import Continuity
import Foundation
import MailFormat
import ReplyExtraction

/// `mail inspect`: one mail explained in one JSON line, by the code that production runs.
public enum InspectMail {
    /// - Parameter file: the name given on the command line; nil for standard input.
    public static func line(_ raw: [UInt8], file: String?) -> String {
        let read = ReadMail.read(raw, envelope: MailEnvelope(sender: nil, recipients: []))
        let mail = read.mail
        let facts = MailFacts(mail, envelope: MailEnvelope(sender: nil, recipients: []))
        let tokens = MailEvidence.candidates(facts).filter { $0.kind == .replyToken }
        return JSON.object([
            ("message_id", JSON(mail.messageID)), ("date", JSON(mail.date?.ISO8601Format())), ("subject", JSON(mail.subject)),
            ("from", mail.from.map { address($0) } ?? .null), ("reply_to", .array(mail.replyTo.map(address))),
            ("to", .array(mail.to.map(address))), ("cc", .array(mail.cc.map(address))),
            ("in_reply_to", .array(mail.inReplyTo.map { .string($0) })), ("references", .array(mail.references.map { .string($0) })),
            ("kind", .string(read.kind)), ("kind_reason", .string(read.kindReason)), ("bounce", bounce(read)),
            ("text", .string(mail.text)), ("html", JSON(mail.html)), ("safe_html", JSON(mail.html.map { SafeHTML().clean($0) })),
            ("reply", .string(read.reply)), ("quoted", .string(read.quoted)), ("signature", JSON(read.signature)),
            ("attachments", .array(mail.attachments.map(attachment))), ("forwarded", forwarded(mail)),
            ("tokens", .array(tokens.map { .string("\($0.value) in \($0.place)") })),
            ("defects", .array(mail.defects.map { .string($0) })), ("file", JSON(file)),
        ]).text
    }

    private static func address(_ address: MailAddress) -> JSON {
        .object([("name", JSON(address.name)), ("address", .string(address.address))])
    }

    private static func attachment(_ file: MailAttachment) -> JSON {
        .object([
            ("filename", JSON(file.filename)), ("content_type", .string(file.contentType)), ("size", .integer(Int64(file.size))),
            ("inline", .bool(file.inline)), ("content_id", JSON(file.contentID)), ("sha256", .string(file.sha256)),
        ])
    }

    private static func bounce(_ read: ReadMail) -> JSON {
        guard read.mailKind == .bounce else { return .null }
        guard let failure = read.mail.report?.failures.first else {
            return .object([
                ("recipient", .null), ("status", .null), ("permanent", .bool(true)), ("diagnostic", .null),
                ("sentence", .string("A mail could not be delivered.")),
            ])
        }
        return .object([
            ("recipient", JSON(failure.recipient)), ("status", JSON(failure.status)), ("permanent", .bool(failure.isPermanent)),
            ("diagnostic", JSON(failure.diagnostic)), ("sentence", .string(failure.sentence)),
        ])
    }

    private static func forwarded(_ mail: ParsedMail) -> JSON {
        guard let forwarded = ForwardedMailReader.read(text: mail.text, html: mail.html, subject: mail.subject) else { return .null }
        return .object([
            (
                "from",
                forwarded.from.map { .object([("name", JSON($0.name)), ("address", JSON($0.address))]) } ?? .null
            ),
            ("subject", JSON(forwarded.subject)), ("date", JSON(forwarded.date)), ("text", .string(forwarded.text)),
            ("note", .string(forwarded.note)),
        ])
    }
}
