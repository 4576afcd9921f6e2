import Conversations
import Store

/// The ways out of the mail desk, as its buttons name them.
public enum MailWayOutOfDesk: String, Sendable, CaseIterable {
    case release, replay, discard
    /// Of held mail, on its message (`DecideHeldMail`).
    case samePerson = "same_person"
    case participant, separate, agent

    /// Those that make sense for a mail.
    /// - Parameter fromAgent: whether it names an agent's address.
    static func all(for mail: StoredMail, originalKept: Bool, fromAgent: Bool) -> [MailWayOutOfDesk] {
        let isOpen = mail.settledAt == nil
        switch mail.outcome {
        case .held: return isOpen ? (fromAgent ? [.agent] : []) + [.samePerson, .participant, .separate, .discard] : []
        case .quarantined where mail.deskMessageID == nil: return (originalKept ? [.release] : []) + (isOpen ? [.discard] : [])
        // What was fetched may still be in the mailbox.
        case .failed: return (originalKept || mail.isFetched ? [.replay] : []) + (isOpen ? [.discard] : [])
        case .quarantined, .refused: return isOpen ? [.discard] : []
        case .threaded, .newConversation, .recorded, nil: return []
        }
    }
}

/// An agent deals with a mail on the mail desk.
public struct DealWithMail: Sendable {
    public enum Way: String, Sendable {
        /// Out of quarantine: it goes where its evidence says.
        case release
        /// Read again, with the code that runs now.
        case replay
        /// Dealt with, without a message.
        case discard
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ way: Way, _ number: Int64, by agent: Agent) async throws -> ListMails.MailView {
        let desk = self.desk
        let held = try await desk.database.write { tx -> (message: Int64, conversation: Int64)? in
            var mail = try tx.mail(number, of: agent)
            if way == .discard, mail.outcome == .held { return try Self.heldMessage(of: mail, tx) }
            switch way {
            case .release:
                guard mail.outcome == .quarantined else { throw DeskError.invalid("This mail is not in quarantine.") }
                try Self.requireOriginal(of: mail, tx)
                try tx.releaseMail(mail.id, by: agent.id)
                try desk.readAgain(&mail, tx)
            case .replay:
                guard mail.outcome != nil else { throw DeskError.invalid("This mail is being read just now.") }
                if try mail.isFetched && mail.outcome == .failed && !tx.keptOriginals(of: [mail.id]).contains(mail.id) {
                    return try Self.askMailbox(for: &mail, desk, tx)
                }
                try Self.requireOriginal(of: mail, tx)
                try desk.readAgain(&mail, tx)
            case .discard:
                guard let outcome = mail.outcome, MailOutcome.forTheDesk.contains(outcome) else {
                    throw DeskError.invalid("This mail is a message or was recorded. There is nothing to discard.")
                }
                try tx.settleMail(mail.id, at: desk.now())
                try tx.wantFetchedNoLonger(mail.id)
                if let mail = try tx.mail(mail.id) { try desk.journal(tx).mail(mail) }
            }
            return nil
        }
        if let held {
            _ = try await DecideHeldMail(desk: desk).run(.discard, message: held.message, in: held.conversation, by: agent)
        }
        return try await ListMails(desk: desk).one(number, by: agent)
    }

    private static func askMailbox(for mail: inout StoredMail, _ desk: Desk, _ tx: any Connection) throws -> (Int64, Int64)? {
        guard try tx.wantFetched(mail.id) else {
            throw DeskError.invalid("The mailbox that this mail came from is not connected any more, or has numbered its mails anew.")
        }
        try tx.settleMail(mail.id, at: nil)
        mail.settledAt = nil
        try desk.conclude(&mail, .failed, isAsked, tx)
        return nil
    }

    static let isAsked = "The mailbox is asked for this mail once more."

    /// What became a message is left alone, and what is not kept cannot be read again.
    private static func requireOriginal(of mail: StoredMail, _ tx: any Connection) throws {
        guard mail.deskMessageID == nil else { throw DeskError.invalid("This mail is a message already. There is nothing to replay.") }
        guard try tx.keptOriginals(of: [mail.id]).contains(mail.id) else {
            throw DeskError.invalid("The original of this mail is no longer kept, so it cannot be read again.")
        }
    }

    private static func heldMessage(of mail: StoredMail, _ tx: any Connection) throws -> (message: Int64, conversation: Int64) {
        guard let message = mail.deskMessageID, let id = mail.conversationID, let conversation = try tx.conversation(id) else {
            throw DeskError.invalid("The message of this mail is gone.")
        }
        return (message.value, conversation.displayID)
    }
}
