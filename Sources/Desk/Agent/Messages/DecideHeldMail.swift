import Conversations
import Store

/// A stranger's mail stands in the thread; an agent says whose it is, and that is remembered (behaviour §5.2).
public struct DecideHeldMail: Sendable {
    public enum Choice: String, Sendable, CaseIterable {
        /// The customer, from another address: the address is theirs from now on.
        case samePerson = "same_person"
        /// Somebody else who belongs into this conversation.
        case participant
        /// Somebody else's matter: a conversation of its own.
        case separate
        /// The agent whose address it names: it becomes that agent's message.
        case agent
        case discard
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ choice: Choice, message number: Int64, in conversationNumber: Int64, by agent: Agent) async throws -> MessageView {
        let desk = self.desk
        return try await desk.onConversation(conversationNumber, by: agent) { conversation, tx in
            let message = try tx.message(number, in: conversation)
            guard message.isHeld else { throw DeskError.invalid("This message is not held: it has been decided already.") }
            guard let mail = try message.inboundMailID.flatMap({ try tx.mail($0) }) else {
                throw DeskError.invalid("The mail of this message is gone.")
            }
            var held = HeldMail(desk: desk, tx: tx, agent: agent, conversation: conversation, message: message, mail: mail)
            switch choice {
            case .samePerson: try held.acceptAsContact()
            case .participant: try held.acceptAsParticipant()
            case .separate: try held.moveOut()
            case .agent: try held.acceptAsAgent()
            case .discard: try held.discard()
            }
            try held.leaveDesk()
            return try tx.view(of: tx.message(message.id) ?? message, in: held.conversation)
        }
    }
}
