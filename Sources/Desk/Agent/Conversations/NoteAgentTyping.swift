import Conversations
import Store

/// An agent writes or stops. In the reply field it holds a waiting mail back for `quiet_for` (behaviour §3); a note's typing is for
/// colleagues alone and holds nothing back.
public struct NoteAgentTyping: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, isOn: Bool, isPrivate: Bool, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.onConversation(number, by: agent) { conversation, tx in
            if isOn && !isPrivate {
                let before = conversation
                conversation.agentTypingAt = desk.now()
                try tx.updateConversation(conversation, from: before)
                try desk.reconsiderMail(of: conversation, tx)
            }
            try desk.journal(tx).typing(
                isOn ? .conversationTypingOn : .conversationTypingOff, by: JSON.agent(agent), forVisitor: JSON.agentForVisitor(agent),
                isPrivate: isPrivate, in: conversation)
        }
    }
}
