import Conversations
import Store

/// A page of the agents' list with the numbers of its tabs; a fixed number of queries, however many rows.
public struct ListConversations: Sendable {
    public static let pageSize = 25
    /// Nobody turns further: an offset costs as much as the rows that it skips.
    static let lastPage = 400

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Page: Sendable {
        public let counts: ConversationCounts
        public let rows: [ConversationView]
    }

    /// - Parameters:
    ///   - words: only conversations that have them, with the place where they stand; nil: all.
    ///   - page: from 1.
    public func run(_ filter: ConversationFilter, words: SearchWords? = nil, page: Int, by agent: Agent) async throws -> Page {
        let desk = self.desk
        let offset = (min(max(page, 1), Self.lastPage) - 1) * Self.pageSize
        return try await desk.database.read { tx in
            var filter = filter
            filter.found = try words.map { try tx.find($0, in: agent.accountID) }
            let rows = try tx.conversations(in: agent.accountID, matching: filter, limit: Self.pageSize, offset: offset)
            var views = try tx.views(of: rows, now: desk.now())
            if let found = filter.found {
                let hits = try tx.hits(of: found, in: rows.map(\.id))
                for index in views.indices { views[index].hit = hits[views[index].conversation.id] }
            }
            return Page(counts: try tx.conversationCounts(in: agent.accountID, matching: filter, mine: agent.id), rows: views)
        }
    }

    /// The numbers of the tabs alone.
    public func counts(_ filter: ConversationFilter, words: SearchWords? = nil, by agent: Agent) async throws -> ConversationCounts {
        try await desk.database.read { tx in
            var filter = filter
            filter.found = try words.map { try tx.find($0, in: agent.accountID) }
            return try tx.conversationCounts(in: agent.accountID, matching: filter, mine: agent.id)
        }
    }
}
