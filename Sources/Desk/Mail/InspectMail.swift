import Continuity
import Foundation
import MailFormat
import ReplyExtraction

/// `mail inspect`: one mail explained in one JSON line, by the code that production runs.
public enum InspectMail {
    /// - Parameter file: the name given on the command line; nil for standard input.
    /// - Returns: UTF-8 without a line end.
    public static func line(_ raw: [UInt8], file: String?) -> [UInt8] {
        let understood = UnderstoodMail(raw, envelope: MailEnvelope(sender: nil, recipients: []))
        let (mail, verdict, extracted) = (understood.mail, understood.verdict, understood.extracted)
        let tokens = MailEvidence.candidates(understood.facts).filter { $0.kind == .replyToken }
        return JSON.object([
            ("message_id", JSON(mail.messageID)), ("date", JSON(mail.date?.ISO8601Format())), ("subject", JSON(mail.subject)),
            ("from", mail.from.map { address($0) } ?? .null), ("reply_to", .array(mail.replyTo.map(address))),
            ("to", .array(mail.to.map(address))), ("cc", .array(mail.cc.map(address))),
            ("in_reply_to", .array(mail.inReplyTo.map { .string($0) })), ("references", .array(mail.references.map { .string($0) })),
            ("kind", .string(verdict.kind.rawValue)), ("kind_reason", .string(verdict.reason)),
            ("bounce", verdict.kind == .bounce ? bounce(mail) : .null),
            ("text", .string(mail.text)), ("html", JSON(mail.html)), ("safe_html", JSON(mail.html.map { SafeHTML().clean($0) })),
            ("reply", .string(extracted.reply)), ("quoted", .string(extracted.quoted)), ("signature", JSON(extracted.signature)),
            ("attachments", .array(mail.attachments.map(attachment))), ("forwarded", forwarded(mail)),
            ("tokens", .array(tokens.map { .string("\($0.value) in \($0.place)") })),
            ("defects", .array(mail.defects.map { .string($0) })), ("file", JSON(file)),
        ]).bytes
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

    private static func bounce(_ mail: ParsedMail) -> JSON {
        guard let failure = mail.report?.failures.first else {
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
