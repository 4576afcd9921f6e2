import Conversations
import Store

extension Desk {
    /// *Try again*: what waits for its next try is tried at once; what failed or came back is written anew, with all else that was in the same
    /// mail. The agent has decided that it can work now: an address that was unreachable and a stopped loop no longer stand in the way.
    func tryAgain(_ message: Message, in conversation: inout Conversation, _ tx: any Connection) throws {
        switch message.delivery?.name {
        case .waiting, .queued, .emailed, .answered: return
        case .seen: throw DeskError.invalid("The customer has seen this message already.")
        case .deferred: try tryNow(message, tx)
        case .uncertain:
            // Once more with the same Message-ID; after the second time only as a new mail, which an agent may want.
            if try tryNow(message, tx) { return }
            try sendAnew(message, in: &conversation, tx)
        case .failed, .bounced, .notSent, nil:
            guard !message.isDeleted else { throw DeskError.invalid("This message was deleted.") }
            try sendAnew(message, in: &conversation, tx)
        }
    }

    /// - Returns: false where the mail has had its tries.
    @discardableResult
    private func tryNow(_ message: Message, _ tx: any Connection) throws -> Bool {
        guard var mail = try tx.outboxMail(carrying: message.id), mail.doubts < 2 else { return false }
        switch mail.state {
        case .attempting, .dataSent: return true
        case .stopped:
            throw DeskError.invalid(
                "No mail leaves at present: \(mail.reason ?? "the mail server refuses us.") An administrator resumes it when that is mended."
            )
        default: break
        }
        mail.nextAttemptAt = nil
        try tx.updateOutboxMail(mail)
        try tx.enqueue(mail, due: now())
        return true
    }

    /// The messages of the mail are decided anew, and leave at once.
    func sendAnew(_ message: Message, in conversation: inout Conversation, _ tx: any Connection) throws {
        var together = [message]
        if let mail = try tx.outboxMail(carrying: message.id), let state = message.delivery?.name, state != .notSent {
            together = try tx.messages(inOutboxMail: mail.id).filter { $0.delivery?.name == state && !$0.isDeleted }
        }
        try resumeMail(of: &conversation, tx)
        if var contact = try tx.contact(conversation.contactID), contact.emailState == .unreachable {
            contact.emailState = .claimed
            try tx.updateContact(contact, at: now())
            try journal(tx).contact(.contactUpdated, contact)
        }
        try releaseFromMail(together, tx)
        for var message in try tx.messages(together.map(\.id)) {
            message.choice = .emailNow
            message.updatedAt = now()
            try tx.updateMessage(message)
        }
        try reconsiderMail(of: conversation, tx)
    }
}
