import Continuity
import Conversations
import Foundation
import MailTrust
import Store
import Synchronization

/// Who vouches for a mail's sender (behaviour §5.2): asked after the mail was read and before it is placed, so that nobody who sends mail waits
/// for it, and no transaction does.
///
/// Mails behind one whose sender's DNS is slow do not wait for it either: what is not answered soon goes on being asked while the mail goes back
/// into the queue, and the resolver's cache has the answer when the mail's turn comes again.
public final class CheckSender: Sendable {
    /// How long a mail's check may take before the mail goes back into the queue; see `SenderPatience`.
    public static let patience = Duration.milliseconds(500)
    /// When a mail that went back is looked at again, by how often it did; after the last it is placed without an answer.
    static let waits: [Duration] = [.seconds(1), .seconds(3), .seconds(5)]

    enum Answer: Sendable {
        /// The mail with what was found about its sender.
        case checked(StoredMail)
        /// DNS has not answered yet. The mail says so, if it has to be placed all the same.
        case late(StoredMail)

        var mail: StoredMail {
            switch self {
            case .checked(let mail), .late(let mail): mail
            }
        }
    }

    private let dns: any DNS
    private let receiver: String
    private let patience: Mutex<SenderPatience>

    /// - Parameter receiver: our host name, which a domain's explanation may name.
    public init(dns: any DNS, receiver: String, patience: Duration = CheckSender.patience) {
        self.patience = Mutex(SenderPatience(patience))
        self.dns = dns
        self.receiver = receiver
    }

    /// - Parameter isFirst: false where the mail was late before.
    func run(_ mail: StoredMail, _ read: ReadMail, forwarders: [TrustedForwarder], isFirst: Bool = true) async -> Answer {
        let source = SenderPatience.source(of: mail, authors: read.mail.authorDomains)
        let patience = self.patience.withLock { $0.time(for: source) }
        let (report, isLate) = await inTime(patience) { dns in
            await CheckTrust(dns: dns, receiver: self.receiver).run(
                read.trust, authors: read.mail.authorDomains,
                envelope: TrustEnvelope(
                    client: mail.remoteAddress.flatMap { IPAddress($0) }, helo: mail.helo ?? "", sender: mail.envelopeFrom),
                forwarders: forwarders, receivedAt: Date(timeIntervalSince1970: TimeInterval(mail.receivedAt.seconds)),
                sample: Int(read.contentHash.prefix(6), radix: 16).map { $0 % 100 } ?? 0)
        }
        if isFirst { self.patience.withLock { $0.note(source, isLate: isLate) } }
        var mail = mail
        // Where nobody knows which server sent the mail, a missing signature proves nothing: its address may have been a good one.
        if mail.isFetched, report.outcome != .pass {
            let words = "The mailbox does not tell which server sent this mail, and no signature vouches for its sender."
            mail.dmarc = DMARCOutcome.notChecked.rawValue
            mail.senderCheck =
                JSON.object([("result", .string(DMARCOutcome.notChecked.rawValue)), ("words", .string(words))] + report.members).text
            return isLate ? .late(mail) : .checked(mail)
        }
        if report.outcome != .notChecked || !report.dkim.isEmpty {
            mail.dmarc = report.outcome.rawValue
            mail.senderCheck =
                JSON.object(
                    [("result", .string(report.outcome.rawValue)), ("words", .string(report.sentence))] + report.members
                ).text
        }
        return isLate ? .late(mail) : .checked(mail)
    }

    /// Runs a check; when the time is over, every question that it still has is answered as failed.
    private func inTime(
        _ patience: Duration, _ check: @escaping @Sendable (any DNS) async -> TrustReport
    ) async -> (report: TrustReport, isLate: Bool) {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        let bounded = BoundedDNS(dns, deadline: deadline, now: { clock.now })
        return await withTaskGroup(of: TrustReport?.self) { group in
            group.addTask { await check(bounded) }
            group.addTask {
                try? await clock.sleep(until: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            let report = if let first { first } else { await group.next().flatMap { $0 } ?? .notChecked }
            // What was cut short, by the end of the program too, says nothing.
            return (report, bounded.ranOut || Task.isCancelled)
        }
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
            let hash = Secrets.hash(candidate.value)
            if let check = try tx.check(tokenHash: hash) { return try tx.inbox(check.inboxID) }
            guard let token = try tx.replyToken(hash: hash),
                let conversation = try tx.conversation(token.conversationID)
            else { continue }
            return try tx.inbox(conversation.inboxID)
        }
        return nil
    }
}
