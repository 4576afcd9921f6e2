import Conversations
import Store

/// Who of the team looks after a conversation.
public struct AssignConversation: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter assignee: nil takes it from whoever has it.
    /// - Returns: who has it now.
    public func run(_ number: Int64, to assignee: Int64?, by agent: Agent) async throws -> Agent? {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let colleague = try assignee.map { try tx.colleague($0, of: agent) }
            guard conversation.assigneeID != colleague?.id else { return colleague }
            let before = conversation
            conversation.assigneeID = colleague?.id
            conversation.updatedAt = desk.now()
            try tx.updateConversation(conversation, from: before)
            let line: ActivityLine =
                switch colleague {
                case nil: .unassigned(by: agent.name)
                case .some(let colleague) where colleague.id == agent.id: .selfAssigned(by: agent.name)
                case .some(let colleague): .assigned(to: colleague.name, by: agent.name)
                }
            try desk.writeActivity(line, in: &conversation, tx)
            try desk.journal(tx).conversation(.assigneeChanged, conversation)
            if let colleague { try desk.tellAssigned(colleague, conversation, by: agent, tx) }
            return colleague
        }
    }
}
