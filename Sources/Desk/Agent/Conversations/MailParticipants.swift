import Conversations
import Store

/// Whose mail is let into a conversation beside its contact's, as an agent decides. Nobody gets mail by standing here.
public struct MailParticipants: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter standing: nil forgets the address.
    public func run(
        _ number: Int64, address text: String, standing: Participant.Standing?, by agent: Agent
    ) async throws -> [Participant] {
        let address = try Desk.mailAddress(text)
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            if let standing {
                let known = try tx.participant(address, in: conversation.id)
                try tx.remember(
                    Participant(address: address, contactID: known?.contactID, name: known?.name ?? address, standing: standing),
                    in: conversation.id, at: desk.now())
            } else {
                try tx.forgetParticipant(address, in: conversation.id)
            }
            try desk.journal(tx).conversation(.conversationUpdated, conversation)
            return try tx.participants(in: conversation.id)
        }
    }
}
