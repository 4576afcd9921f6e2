import Conversations
import Logging
import MailTransport
import NIOCore
import Store

extension StoredMail {
    /// The way in of mail that was fetched from a mailbox.
    static let fetched = "imap"

    var isFetched: Bool { ingress == Self.fetched }

    /// Empty for the null return path; nil where nobody knows the envelope: then the mail's own `Return-Path` is read.
    var envelopeSender: String? { isFetched ? nil : envelopeFrom }
}

/// The settings of a mailbox are other ones by now, or another worker was quicker: nothing was stored.
struct MailboxMovedOn: Error {}

extension AcceptMail {
    /// Keeps a mail that was fetched, and moves the mailbox's watermark to it in the same transaction: whatever is killed when, the mail is
    /// fetched again or it is here, and never both.
    /// - Throws: `MailboxMovedOn`.
    func run(_ raw: [UInt8], fetched uid: UInt32, from mailbox: StoredIMAPMailbox) async throws {
        try await desk.database.write { tx in
            let envelope = try envelope(uid, Int64(raw.count), mailbox, tx)
            try tx.rememberFetched(desk.keep(envelope, raw: raw, tx), uid: uid, from: mailbox)
        }
    }

    /// A mail that cannot be had: it is said to have failed, and the next ones go on.
    /// - Throws: `MailboxMovedOn`.
    func recordFailed(
        _ uid: UInt32, size: Int, from mailbox: StoredIMAPMailbox, _ reason: String, head: MailHead = MailHead([])
    ) async throws {
        try await desk.database.write { tx in
            var mail = try envelope(uid, Int64(size), mailbox, tx)
            mail.id = try tx.recordMail(mail)
            try tx.rememberFetched(mail.id, uid: uid, from: mailbox)
            (mail.fromAddress, mail.subject) = (head.from, head.subject)
            try desk.conclude(&mail, .failed, reason, tx)
        }
    }

    private func envelope(_ uid: UInt32, _ size: Int64, _ mailbox: StoredIMAPMailbox, _ tx: any Connection) throws -> StoredMail {
        let now = desk.now()
        guard try tx.moveIMAPWatermark(of: mailbox, to: uid, mailAt: now), let inbox = try tx.inbox(mailbox.inboxID) else {
            throw MailboxMovedOn()
        }
        return StoredMail(
            accountID: mailbox.accountID, receivedAt: now, ingress: StoredMail.fetched, remoteAddress: nil, helo: nil, envelopeFrom: "",
            recipients: [inbox.address ?? mailbox.user], size: size)
    }
}
