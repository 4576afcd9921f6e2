import Continuity
import Conversations
import Foundation
import MailTrust
import Store

/// Who vouches for a mail's sender (behaviour §5.2): asked after the mail was read and before it is placed, so that nobody who sends mail waits
/// for it, and no transaction does.
public struct CheckSender: Sendable {
    /// For one mail. What DNS does not answer by then stays unchecked.
    static let patience = Duration.seconds(8)

    private let dns: any DNS
    private let receiver: String

    /// - Parameter receiver: our host name, which a domain's explanation may name.
    public init(dns: any DNS, receiver: String) {
        self.dns = dns
        self.receiver = receiver
    }

    /// The mail with what was found about its sender.
    func run(_ mail: StoredMail, _ read: ReadMail, forwarders: [TrustedForwarder]) async -> StoredMail {
        let clock = ContinuousClock()
        let bounded = BoundedDNS(dns, deadline: clock.now + Self.patience, now: { clock.now })
        let report = await CheckTrust(dns: bounded, receiver: receiver).run(
            read.trust, authors: read.mail.authorDomains,
            envelope: TrustEnvelope(
                client: mail.remoteAddress.flatMap { IPAddress($0) }, helo: mail.helo ?? "", sender: mail.envelopeFrom),
            forwarders: forwarders, receivedAt: Date(timeIntervalSince1970: TimeInterval(mail.receivedAt.seconds)),
            sample: Int(read.contentHash.prefix(6), radix: 16).map { $0 % 100 } ?? 0)
        var mail = mail
        guard report.outcome != .notChecked || !report.dkim.isEmpty else { return mail }
        mail.dmarc = report.outcome.rawValue
        mail.senderCheck =
            JSON.object(
                [("result", .string(report.outcome.rawValue)), ("words", .string(report.sentence))] + report.members
            ).text
        return mail
    }
}

extension StoredMail {
    /// What the rules go by. A mail that an agent let out of quarantine has nobody who vouches for it.
    var dmarcResult: DMARCResult { releasedBy == nil ? dmarc.flatMap { DMARCResult(rawValue: $0) } ?? .notChecked : .notChecked }

    /// What was found, for agents.
    var senderCheckJSON: JSON {
        if let senderCheck { return .object(JSON.members(of: senderCheck)) }
        let report = TrustReport.notChecked
        return .object(
            [("result", .string(report.outcome.rawValue)), ("words", .string(report.sentence))] + report.members)
    }
}

/// The servers that an inbox believes when they say that they checked the sender: `trusted_forwarders`, one a line.
enum TrustedForwarders {
    static let setting = "trusted_forwarders"

    static func check(_ text: String) -> Bool {
        lines(text).allSatisfy { TrustedForwarder(line: $0) != nil } && lines(text).count <= 50
    }

    /// Those of the inboxes that a mail went to, by its address or by a reply address.
    static func of(_ mail: StoredMail, _ desk: Desk, _ tx: any Connection) throws -> [TrustedForwarder] {
        var inboxes: [ID<Inbox>: Inbox] = [:]
        for recipient in mail.recipients.prefix(20) {
            guard let inbox = try RouteRecipient(desk: desk).inboxBehind(recipient, tx), inbox.accountID == mail.accountID else { continue }
            inboxes[inbox.id] = inbox
        }
        return inboxes.values.flatMap { inbox -> [TrustedForwarder] in
            guard case .string(let text) = InboxSettings.value(setting, of: inbox) else { return [] }
            return lines(text).compactMap { TrustedForwarder(line: $0) }
        }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

extension RouteRecipient {
    /// The inbox whose address it is, or whose conversation a reply address belongs to.
    func inboxBehind(_ address: String, _ tx: any Connection) throws -> Inbox? {
        if let inbox = try inbox(for: address, tx) { return inbox }
        for candidate in MailEvidence.candidates(MailFacts(envelopeRecipients: [address])) where candidate.kind == .replyToken {
            guard let token = try tx.replyToken(hash: Secrets.hash(candidate.value)),
                let conversation = try tx.conversation(token.conversationID)
            else { continue }
            return try tx.inbox(conversation.inboxID)
        }
        return nil
    }
}
