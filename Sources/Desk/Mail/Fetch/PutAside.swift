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

    func putAside(_ mail: IMAPListedMail, _ mailbox: StoredIMAPMailbox, _ connection: IMAPConnection) async throws {
        var head: [UInt8] = []
        // Asking for its header may end the connection too: so that is done once.
        if mailbox.refusals == Self.mostRefusals,
            case .mail(let bytes) = try await counted(mailbox, { try await connection.fetch(mail.uid, headOnly: true) })
        {
            head = Array(bytes.readableBytesView.prefix(MailHead.longest))
        }
        let reason =
            "The mailbox does not give out this mail of \(mail.size) bytes (number \(mail.uid) there). "
            + (mailbox.reason.map { "\($0.prefix(400)) " } ?? "") + "It is still in the mailbox; replay asks for it once more."
        try await AcceptMail(desk: desk).recordFailed(mail.uid, size: mail.size, from: mailbox, reason, head: MailHead(head))
    }

    /// Mails that were put aside, and that somebody wants to have asked for once more. Each is asked for once, whatever comes of it.
    func fetchWanted(_ mailbox: StoredIMAPMailbox, _ connection: IMAPConnection) async throws {
        let desk = self.desk
        while true {
            let wanted = try await desk.database.write { tx -> (mail: ID<InboundMail>, uid: UInt32)? in
                guard let wanted = try tx.takeWanted(from: mailbox), var mail = try tx.mail(wanted.mail) else { return nil }
                // Stands unless it comes now.
                try desk.conclude(&mail, .failed, "The mailbox was asked for this mail once more and did not give it out.", tx)
                return wanted
            }
            guard let wanted else { return }
            guard wanted.uid > 0 else { continue }
            switch try await connection.fetch(wanted.uid) {
            case .mail(let bytes):
                let raw = Array(bytes.readableBytesView)
                try await desk.database.write { tx in
                    guard var mail = try tx.mail(wanted.mail), mail.outcome == .failed, mail.deskMessageID == nil else { return }
                    try tx.keepRaw(
                        of: mail.id, SealedMail(envelope: [mail.envelopeFrom] + mail.recipients, raw: raw).sealed(by: desk.secrets))
                    try desk.readAgain(&mail, tx)
                }
            case .gone: try await stillFailed(wanted.mail, "It is no longer in the mailbox.")
            case .tooLarge(let size):
                try await stillFailed(wanted.mail, "It has \(size) bytes, and \(desk.options.maxMessageBytes) are taken at most.")
            case .refused(let words): try await stillFailed(wanted.mail, "The mailbox does not give it out: \(words.prefix(300))")
            }
        }
    }

    private func stillFailed(_ id: ID<InboundMail>, _ reason: String) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            guard var mail = try tx.mail(id) else { return }
            try desk.conclude(&mail, .failed, reason, tx)
        }
    }
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
