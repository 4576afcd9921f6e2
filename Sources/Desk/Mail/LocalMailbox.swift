import Foundation
import Logging
import MailFormat
import MailTransport
import NIOCore
import Store

/// The demo's mail client: answers a kept mail as any mail program would, by SMTP to our own receiver.
public struct LocalMailbox: Sendable {
    private let desk: Desk
    private let receiver: (host: String, port: Int)?
    private let logger: Logger

    public init(desk: Desk, receiver: (host: String, port: Int)?, logger: Logger) {
        self.desk = desk
        self.receiver = receiver
        self.logger = logger
    }

    /// - Throws: `DeskError.invalid` with the receiver's words where it does not take the answer.
    public func reply(to id: Int64, text: String) async throws {
        guard let receiver else { throw DeskError.invalid("smtp.listen is off, so an answer has nowhere to go.") }
        let desk = self.desk
        let (entry, raw) = try await desk.database.read { tx in
            guard let entry = try tx.mailboxEntry(id), let raw = try desk.outgoing(entry.outboxID, tx)?.raw else {
                throw DeskError.notFound("There is no such mail in the local mailbox.")
            }
            return (entry, raw)
        }
        let mail = MailReader().read(raw)
        guard let to = mail.replyTo.first ?? mail.from else { throw DeskError.invalid("This mail names nobody to answer.") }
        let answer = try MailWriter.write(
            Self.answer(mail, from: entry.toAddress, to: to, text: text, id: desk.randomHex(12), now: desk.now().date))

        var settings = SMTPClientSettings(hostname: "localhost")
        settings.maxConnections = 1
        let sender = try SMTPSender(
            relay: SMTPRelay(host: receiver.host, port: receiver.port, encryption: .none), settings: settings, logger: logger)
        defer { sender.closeIdleConnections() }
        let outcome = await sender.send(
            ByteBuffer(bytes: answer), envelope: OutboundEnvelope(sender: entry.toAddress, recipients: [to.address]))
        guard case .accepted = outcome else { throw DeskError.invalid(outcome.sentence(server: "\(receiver.host):\(receiver.port)")) }
        try await desk.database.write { try $0.markMailboxEntryAnswered(id, at: desk.now()) }
    }

    /// An answer as mail programs write it: the new text above, the old mail quoted below.
    private static func answer(_ mail: ParsedMail, from: String, to: MailAddress, text: String, id: String, now: Date) -> OutgoingMail {
        let quoted = mail.text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> \($0)" }
        let author = mail.from?.name ?? mail.from?.address ?? "they"
        let when = (mail.date ?? now).formatted(
            .dateTime.weekday(.abbreviated).day().month(.abbreviated).year().hour().minute().locale(Locale(identifier: "en_US")))
        let subject = mail.subject ?? ""
        return OutgoingMail(
            from: MailAddress(address: from), to: [to], subject: subject.lowercased().hasPrefix("re:") ? subject : "Re: \(subject)",
            date: now,
            messageID: "\(id)@mailbox.example.test", text: "\(text)\n\nOn \(when), \(author) wrote:\n\n\(quoted.joined(separator: "\n"))\n",
            inReplyTo: [mail.messageID].compactMap { $0 }, references: mail.references + [mail.messageID].compactMap { $0 })
    }
}
