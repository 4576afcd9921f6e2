import Conversations
import Store

/// An agent has a conversation on screen, or leaves it: colleagues see who is there before they answer the same thing twice.
public struct NoteAgentViewing: Sendable {
    /// A page that says nothing more counts as gone after this long; it says so again every minute.
    static let countsFor = Duration.seconds(90)
    /// What is said again sooner changes nothing.
    static let notAgainFor = Duration.seconds(20)

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, isOn: Bool, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.onConversation(number, by: agent) { conversation, tx in
            let now = desk.now()
            try tx.forgetViewers(in: agent.accountID, before: now)
            guard isOn else {
                if try tx.endViewing(conversation.id, by: agent.id) {
                    try desk.journal(tx).viewing(of: conversation, by: agent, until: nil)
                }
                return
            }
            let until = now + Self.countsFor
            if let known = try tx.viewing(conversation.id, by: agent.id), known + Self.notAgainFor > until { return }
            try tx.keepViewing(conversation, by: agent.id, until: until)
            try desk.journal(tx).viewing(of: conversation, by: agent, until: until)
        }
    }

    /// Everybody of the account who looks at a conversation just now.
    public func list(by agent: Agent) async throws -> JSON {
        let desk = self.desk
        return try await desk.database.read { tx in
            let viewers = try tx.viewers(in: agent.accountID, at: desk.now())
            let agents = Dictionary(
                try tx.agents(Array(Set(viewers.map(\.agent)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            return .array(
                viewers.compactMap { viewer in
                    agents[viewer.agent].map { .viewing(conversation: viewer.displayID, by: $0, until: viewer.until) }
                })
        }
    }
}

extension JSON {
    /// Who looks at which conversation; `until` is null for somebody who has left.
    static func viewing(conversation: Int64, by agent: Agent, until: Instant?) -> JSON {
        .object([
            ("conversation", .object([("id", .integer(conversation))])), ("user", .agent(agent)), ("until", JSON(until?.seconds)),
        ])
    }
}

extension Journal {
    func viewing(of conversation: Conversation, by agent: Agent, until: Instant?) throws {
        let payload = JSON.viewing(conversation: conversation.displayID, by: agent, until: until)
        try tx.append(.conversationViewing, account: conversation.accountID, payload: payload.text, at: desk.now())
    }
}
