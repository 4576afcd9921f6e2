import Conversations
import MailTransport
import NIOCore
import Store

/// A mail that the server does not give out, however often it is asked: it stands on the mail desk with what is known of it, and the rest of the
/// folder goes on. There it can be asked for once more.
extension FetchMailbox {
    /// Asks for a mail; where the connection ends over it, that counts against the mail.
    func counted<Answer>(_ mailbox: StoredIMAPMailbox, _ ask: () async throws -> Answer) async throws -> Answer {
        do {
            return try await ask()
        } catch {
            // Not where we ended it ourselves.
            if error is IMAPFailure, !Task.isCancelled { try await desk.database.write { try $0.countIMAPRefusal(of: mailbox) } }
            throw error
        }
    }

    /// So long after a mail's last try it is looked whether others can be had: at once, lest a server recovers in between.
    static let beforeLook = Duration.seconds(1)
    /// A larger mail is fetched as proof of nothing, in bytes.
    static let largestProof = 10_000_000

    /// After a failure: whether the next connection is to find out if the mail is at fault, or the server. A server that did not give out another one
    /// either, or could not be reached, is at fault: then the mail is tried on, with the usual pauses.
    /// - Parameter before: as the mailbox stood when the connection that failed was begun.
    func looksAtOthers(_ before: StoredIMAPMailbox) async throws -> Bool {
        try await desk.database.write { tx in
            guard let now = try tx.imapMailbox(of: before.inboxID), now.revision == before.revision, now.refusals >= Self.mostRefusals
            else {
                return false
            }
            guard now.lastUID == before.lastUID, now.refusals == before.refusals else { return true }
            try tx.pardonIMAPRefusals(of: now, to: Self.mostRefusals - 1)
            return false
        }
    }

    /// - Parameter ahead: set to the mail that proved the server to work.
    /// - Throws: where no other mail can be had.
    func putAside(_ mail: IMAPListedMail, _ ahead: inout MailAhead?, _ mailbox: StoredIMAPMailbox, _ connection: IMAPConnection)
        async throws
    {
        var head: [UInt8] = []
        // Asking for its header may end the connection too: so that is done once.
        if mailbox.refusals == Self.mostRefusals,
            case .mail(let bytes) = try await counted(mailbox, { try await connection.fetch(mail.uid, headOnly: true) })
        {
            head = Array(bytes.readableBytesView.prefix(MailHead.longest))
        }
        ahead = try await another(than: mail.uid, hasHead: !head.isEmpty, connection)
        let reason =
            "The mailbox does not give out this mail of \(mail.size) bytes (number \(mail.uid) there). "
            + (mailbox.reason.map { "\($0.prefix(400)) " } ?? "") + "It is still in the mailbox; replay asks for it once more."
        try await AcceptMail(desk: desk).recordFailed(mail.uid, size: mail.size, from: mailbox, reason, head: MailHead(head))
    }

    /// Fetches another mail, as proof that the server gives mails out: one that comes later, or where there is none, one from before.
    /// - Returns: nil where there is no other one, and the mail's own header had to do.
    private func another(than uid: UInt32, hasHead: Bool, _ connection: IMAPConnection) async throws -> MailAhead? {
        func others(_ from: UInt32, _ through: UInt32?) async throws -> [IMAPListedMail] {
            try await connection.list(from: from, through: through).filter { $0.uid != uid && $0.size <= Self.largestProof }
        }
        var found = uid < .max ? try await others(uid + 1, nil) : []
        if found.isEmpty, uid > 1 { found = try await others(uid > Self.window ? uid - Self.window : 1, uid - 1) }
        // By chance: the first may be one that cannot be had either.
        guard let other = found.isEmpty ? nil : found[Int(desk.random(1).first ?? 0) % found.count] else {
            guard hasHead else { throw IMAPFailure(.lost, "it does not give out its only mail (number \(uid))") }
            return nil
        }
        let answer = try await connection.fetch(other.uid)
        guard case .mail = answer else { throw IMAPFailure(.lost, "it does not give out mails (numbers \(uid) and \(other.uid))") }
        return MailAhead(uid: other.uid, mail: answer)
    }

    /// Mails that were put aside, and that somebody wants to have asked for once more. Each is asked for once, whatever comes of it.
    func fetchWanted(_ mailbox: StoredIMAPMailbox, _ connection: IMAPConnection) async throws {
        while let wanted = try await takeWanted(mailbox) {
            guard wanted.uid > 0 else { continue }
            do {
                try await fetchWanted(wanted.mail, wanted.uid, connection)
            } catch  where Task.isCancelled {
                // It was we who stopped: whoever reads the mailbox next asks for it.
                let desk = self.desk
                try await uncancelled {
                    try await desk.database.write { tx in
                        guard var mail = try tx.mail(wanted.mail), mail.isWantable else { return }
                        try tx.wantFetchedStill(mail.id)
                        try desk.conclude(&mail, .failed, DealWithMail.isAsked, tx)
                    }
                }
                throw error
            }
        }
    }

    /// The next mail that is wanted; its UID is 0 where it is not to be asked for after all. nil: no more.
    private func takeWanted(_ mailbox: StoredIMAPMailbox) async throws -> (mail: ID<InboundMail>, uid: UInt32)? {
        let desk = self.desk
        return try await desk.database.write { tx in
            guard let wanted = try tx.takeWanted(from: mailbox) else { return nil }
            // Gone, or dealt with meanwhile: the next one.
            guard var mail = try tx.mail(wanted.mail), mail.isWantable else { return (wanted.mail, 0) }
            // Stands unless it comes now.
            try desk.conclude(&mail, .failed, "The mailbox was asked for this mail once more and did not give it out.", tx)
            return wanted
        }
    }

    private func fetchWanted(_ id: ID<InboundMail>, _ uid: UInt32, _ connection: IMAPConnection) async throws {
        let desk = self.desk
        switch try await connection.fetch(uid) {
        case .mail(let bytes):
            let raw = Array(bytes.readableBytesView)
            try await desk.database.write { tx in
                guard var mail = try tx.mail(id), mail.isWantable else { return }
                try tx.keepRaw(of: mail.id, SealedMail(envelope: [mail.envelopeFrom] + mail.recipients, raw: raw).sealed(by: desk.secrets))
                try desk.readAgain(&mail, tx)
            }
        case .gone: try await stillFailed(id, "It is no longer in the mailbox.")
        case .tooLarge(let size):
            try await stillFailed(id, "It has \(size) bytes, and \(desk.options.maxMessageBytes) are taken at most.")
        case .refused(let words): try await stillFailed(id, "The mailbox does not give it out: \(words.prefix(300))")
        }
    }

    private func stillFailed(_ id: ID<InboundMail>, _ reason: String) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            guard var mail = try tx.mail(id), mail.isWantable else { return }
            try desk.conclude(&mail, .failed, reason, tx)
        }
    }
}

extension StoredMail {
    /// It failed, is no message, and no agent has discarded it.
    fileprivate var isWantable: Bool { outcome == .failed && deskMessageID == nil && settledAt == nil }
}

/// A mail that was fetched before its turn.
struct MailAhead {
    var uid: UInt32
    var mail: IMAPFetchedMail
}

/// Sender and subject of a mail of which only the header could be had, as they stand there. This is no reader of mail: what comes from outside
/// is read in a child process; here two lines are copied for people to see.
struct MailHead {
    /// Bytes that are looked through.
    static let longest = 65_536
    private static let longestValue = 300

    var from: String?
    var subject: String?

    init(_ bytes: [UInt8]) {
        var field: (name: String, value: String)?
        for line in bytes.prefix(Self.longest).split(separator: 0x0A) {
            let text = String(decoding: line.prefix(1_000).filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }, as: UTF8.self)
            if text.first == " " || text.first == "\t" {
                field?.value += " " + text.trimmingWhitespace
            } else {
                take(field)
                let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                field = parts.count == 2 ? (parts[0].lowercased(), String(parts[1])) : nil
            }
        }
        take(field)
    }

    private mutating func take(_ field: (name: String, value: String)?) {
        guard let field else { return }
        let value = String(field.value.trimmingWhitespace.prefix(Self.longestValue))
        switch field.name {
        case "from" where from == nil:
            let inBrackets = value.split(separator: "<").last.flatMap { $0.split(separator: ">").first }
            from = String(inBrackets ?? Substring(value))
        case "subject" where subject == nil: subject = value
        default: break
        }
    }
}
