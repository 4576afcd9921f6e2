import Conversations
import Crypto
import Foundation
import Logging
import Store

/// A mail as the store keeps it: its envelope and its bytes, sealed with a key that is derived from the installation's secret (AES-256-GCM).
///
/// Both hold reply and bounce tokens in plain. A copy of the database alone gives none away (behaviour §4): its columns have the addresses
/// without their tokens.
struct SealedMail: Equatable {
    /// The envelope sender first, empty for the null return path; then the recipients.
    var envelope: [String]
    var raw: [UInt8]

    /// What sealed bytes begin with. Mail that was kept before there was a seal begins with a header field.
    static let mark: [UInt8] = [0] + Array("TLmail1".utf8)
    private static let purpose = Data("kept mail".utf8)

    struct CannotOpen: Error, CustomStringConvertible {
        var description: String { "A kept mail cannot be opened: the installation's secret is not the one that it was sealed with." }
    }

    func sealed(by secrets: Secrets) throws -> [UInt8] {
        let head = Array(envelope.joined(separator: "\n").utf8)
        var plain = Data(capacity: 4 + head.count + raw.count)
        withUnsafeBytes(of: UInt32(clamping: head.count).bigEndian) { plain.append(contentsOf: $0) }
        plain.append(contentsOf: head)
        plain.append(contentsOf: raw)
        let box = try AES.GCM.seal(plain, using: Self.key(secrets), authenticating: Self.purpose)
        return Self.mark + box.nonce + box.ciphertext + box.tag
    }

    /// - Parameter envelope: what the columns say, for mail that was kept before there was a seal.
    /// - Throws: `CannotOpen`.
    init(opening bytes: [UInt8], by secrets: Secrets, envelope: [String]) throws {
        guard bytes.starts(with: Self.mark) else {
            (self.envelope, raw) = (envelope, bytes)
            return
        }
        guard let box = try? AES.GCM.SealedBox(combined: bytes[Self.mark.count...]),
            let plain = try? AES.GCM.open(box, using: Self.key(secrets), authenticating: Self.purpose), plain.count >= 4
        else { throw CannotOpen() }
        let length = plain.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard plain.count >= 4 + length else { throw CannotOpen() }
        let head = plain.dropFirst(4).prefix(length)
        self.envelope = String(decoding: head, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        raw = [UInt8](plain.dropFirst(4 + length))
    }

    init(envelope: [String], raw: [UInt8]) {
        self.envelope = envelope
        self.raw = raw
    }

    private static func key(_ secrets: Secrets) -> SymmetricKey { SymmetricKey(data: secrets.mac(.keptMail, "1")) }
}

extension Desk {
    /// Keeps a mail that came in, sealed; its columns show the addresses without their tokens.
    func keep(_ mail: StoredMail, raw: [UInt8], _ tx: any Connection) throws -> ID<InboundMail> {
        let sealed = try SealedMail(envelope: [mail.envelopeFrom] + mail.recipients, raw: raw).sealed(by: secrets)
        return try tx.acceptMail(mail.shown, raw: sealed)
    }

    /// A mail that came in as it came: with its own envelope, and its bytes; nil where these are no longer kept.
    func original(of mail: StoredMail, _ tx: any Connection) throws -> (mail: StoredMail, raw: [UInt8])? {
        guard let bytes = try tx.rawMail(mail.id) else { return nil }
        let opened = try SealedMail(opening: bytes, by: secrets, envelope: [mail.envelopeFrom] + mail.recipients)
        var mail = mail
        mail.envelopeFrom = opened.envelope.first ?? ""
        mail.recipients = Array(opened.envelope.dropFirst())
        return (mail, opened.raw)
    }

    /// Puts a mail with its bytes into the outbox, signed where that is on, sealed, and queues it.
    func addToOutbox(
        _ composed: ConversationMail.Composed, messages: [ID<Message>], due: Instant, _ tx: any Connection
    ) throws -> OutboxMail {
        var mail = composed.mail
        let raw = try signed(composed.raw, of: mail.inboxID, tx)
        let sealed = try SealedMail(envelope: [mail.envelopeSender], raw: raw).sealed(by: secrets)
        mail.envelopeSender = mail.envelopeSender.withoutTokens
        return try tx.addToOutbox(mail, raw: sealed, messages: messages, due: due)
    }

    /// The bytes of a mail that leaves, and its envelope sender.
    public func outgoing(_ id: ID<OutgoingMailRow>, _ tx: any Connection) throws -> (envelopeSender: String, raw: [UInt8])? {
        guard let bytes = try tx.outboxRaw(id), let mail = try tx.outboxMail(id) else { return nil }
        let opened = try SealedMail(opening: bytes, by: secrets, envelope: [mail.envelopeSender])
        return (opened.envelope.first ?? "", opened.raw)
    }

    /// Seals a few mails that were kept before there was a seal.
    /// - Returns: how many there were.
    func sealOldMail(_ tx: any Connection, atMost count: Int) throws -> Int {
        var sealed = 0
        for id in try tx.unsealedMails(limit: count) {
            guard let mail = try tx.mail(id), let (original, raw) = try original(of: mail, tx) else { continue }
            let envelope = [original.envelopeFrom] + original.recipients
            try tx.sealMail(original.shown, as: SealedMail(envelope: envelope, raw: raw).sealed(by: secrets))
            sealed += 1
        }
        for id in try tx.unsealedOutboxMails(limit: count - sealed) {
            guard let (sender, raw) = try outgoing(id, tx) else { continue }
            try tx.sealOutboxMail(
                id, sender: sender.withoutTokens, as: SealedMail(envelope: [sender], raw: raw).sealed(by: secrets))
            sealed += 1
        }
        return sealed
    }
}

extension StoredMail {
    /// As its columns have it.
    fileprivate var shown: StoredMail {
        var mail = self
        mail.envelopeFrom = envelopeFrom.withoutTokens
        mail.recipients = recipients.map(\.withoutTokens)
        return mail
    }
}
