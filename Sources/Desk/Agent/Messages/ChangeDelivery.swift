import Conversations
import Store

/// The buttons of the delivery line: *Send now*, *Chat only*, *Try again*.
public struct ChangeDelivery: Sendable {
    public enum Action: String, Sendable, CaseIterable {
        case sendNow = "send_now"
        case chatOnly = "chat_only"
        case tryAgain = "try_again"
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ action: Action, message number: Int64, in conversationNumber: Int64, by agent: Agent) async throws -> MessageView {
        let desk = self.desk
        return try await desk.onConversation(conversationNumber, by: agent) { conversation, tx in
            var message = try tx.message(number, in: conversation)
            guard message.kind == .outgoing && !message.isPrivate || message.contentType == "input_csat" else {
                throw DeskError.invalid("Only messages to the customer leave as mail.")
            }
            switch action {
            case .sendNow:
                try Self.refuseLeft(message)
                message.choice = .emailNow
            case .chatOnly:
                try Self.refuseLeft(message)
                message.choice = .chatOnly
            case .tryAgain:
                try desk.clearTheWay(for: message, in: &conversation, tx)
                message.delivery = nil
                message.choice = .emailNow
            }
            message.updatedAt = desk.now()
            try tx.updateMessage(message)
            try desk.reconsiderMail(of: conversation, tx)
            return try tx.view(of: tx.message(message.id) ?? message, in: conversation)
        }
    }

    private static func refuseLeft(_ message: Message) throws {
        switch message.delivery?.name {
        case nil, .waiting, .notSent: return
        // A queued mail may still be withdrawn; the rules do it.
        case .queued: return
        case .seen: throw DeskError.invalid("The customer has seen this message already.")
        default: throw DeskError.invalid("This message has left by email already.")
        }
    }
}

extension Desk {
    /// An agent who tries again has decided that it can work now: the bounce and the stopped loop no longer stand in the way.
    fileprivate func clearTheWay(for message: Message, in conversation: inout Conversation, _ tx: any Connection) throws {
        switch message.delivery?.name {
        case .failed, .bounced, .uncertain, .notSent, nil: break
        case .waiting, .queued, .deferred: throw DeskError.invalid("This message is still on its way.")
        case .seen: throw DeskError.invalid("The customer has seen this message already.")
        case .emailed, .answered: throw DeskError.invalid("This message has arrived by email already.")
        }
        if conversation.loopStopped {
            let before = conversation
            conversation.loopStopped = false
            try tx.updateConversation(conversation, from: before)
        }
        if var contact = try tx.contact(conversation.contactID), contact.emailState == .unreachable {
            contact.emailState = .claimed
            try tx.updateContact(contact, at: now())
            try journal(tx).contact(.contactUpdated, contact)
        }
    }
}
