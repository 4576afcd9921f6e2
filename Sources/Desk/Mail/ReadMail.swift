import Continuity
import Foundation
import MailFormat
import MailTrust
import ReplyExtraction

/// What a mail says, read in a child process: everything that the parent needs, so that raw bytes are never parsed there.
public struct ReadMail: Sendable, Codable {
    public var mail: ParsedMail
    public var kind: String
    public var kindReason: String
    /// The new text.
    public var reply: String
    public var quoted: String
    public var signature: String?
    /// What it says of its own authenticity; nothing of it is checked.
    public var trust: TrustClaims
    /// nil where the mail has no HTML.
    public var html: ReadHTML?
    /// SHA-256 in hex of what makes two copies of a mail the same: author, recipients, date, subject, id and body, not its trace lines.
    public var contentHash: String

    public var mailKind: MailKind { MailKind(rawValue: kind) ?? .human }
}

/// What the envelope adds to a mail.
public struct MailEnvelope: Sendable, Codable {
    /// Empty for the null return path; nil where no envelope is known.
    public var sender: String?
    public var recipients: [String]
    /// This installation's random name: a mail that carries it is our own coming back.
    public var installation: String?

    public init(sender: String?, recipients: [String], installation: String? = nil) {
        self.sender = sender
        self.recipients = recipients
        self.installation = installation
    }
}

extension ReadMail {
    /// Reads a mail: its parts, its kind, its new text. Total: any bytes give an answer. `production` and `mail inspect` run this same code.
    public static func read(_ raw: [UInt8], envelope: MailEnvelope) -> ReadMail {
        let understood = UnderstoodMail(raw, envelope: envelope)
        let (mail, extracted) = (understood.mail, understood.extracted)
        let isCut = !extracted.quoted.isEmpty || extracted.signature != nil
        return ReadMail(
            mail: mail, kind: understood.verdict.kind.rawValue, kindReason: understood.verdict.reason, reply: extracted.reply,
            quoted: extracted.quoted, signature: extracted.signature, trust: TrustClaims(raw),
            html: mail.html.map { ReadHTML($0, newText: isCut ? extracted.reply : nil) }, contentHash: contentHash(of: raw, mail))
    }

    private static func contentHash(of raw: [UInt8], _ mail: ParsedMail) -> String {
        var bytes: [UInt8] = []
        for name in ["from", "to", "cc", "date", "subject", "message-id"] {
            bytes += "\(name):\(mail.header(named: name) ?? "")\n".utf8
        }
        bytes += body(of: raw)
        return Secrets.sha256(bytes)
    }

    /// All behind the first empty line.
    private static func body(of raw: [UInt8]) -> ArraySlice<UInt8> {
        var index = 0
        let newline = UInt8(ascii: "\n")
        while index < raw.count {
            guard let end = raw[index...].firstIndex(of: newline) else { return [] }
            let next = end + 1
            if next < raw.count, raw[next] == newline { return raw[(next + 1)...] }
            if next + 1 < raw.count, raw[next] == UInt8(ascii: "\r"), raw[next + 1] == newline { return raw[(next + 2)...] }
            index = next
        }
        return []
    }
}

extension MailFacts {
    /// What the rules look at in a mail.
    public init(_ mail: ParsedMail, envelope: MailEnvelope) {
        let report: MailFacts.Report? = mail.report.map {
            switch $0.kind {
            case .delivery: .delivery(actions: $0.recipients.compactMap(\.action))
            case .feedback: .feedback
            case .disposition: .disposition
            case .returned: .returned
            }
        }
        self.init(
            envelopeSender: envelope.sender, envelopeRecipients: envelope.recipients,
            fields: mail.headers.map { MailFacts.Field($0.name, $0.value) }, from: mail.from?.address, fromName: mail.from?.name,
            subject: mail.subject, inReplyTo: mail.inReplyTo, references: mail.references, report: report,
            text: String(decoding: mail.text.utf8.prefix(3_000), as: UTF8.self))
    }
}
