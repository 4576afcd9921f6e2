import Conversations
import Store

/// All that one conversation holds for the account's people, as one JSON document: the conversation, its contact, and its messages, oldest first.
public struct ExportConversation: Sendable {
    /// What stands in one document at most; `complete` says whether that was all.
    static let most = 5000
    private static let atOnce = 200

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> JSON {
        let desk = self.desk
        let conversation = try await desk.database.read { try $0.conversation(number, of: agent) }
        var messages: [JSON] = []
        var last: Int64 = 0
        var isComplete = false
        // Some at a time, so that nobody waits for the reading of a long one.
        while messages.count < Self.most, !isComplete {
            let after = last
            let page = try await desk.database.read { tx in
                try tx.views(of: tx.messages(in: conversation.id, after: after, limit: Self.atOnce)) { _ in conversation.displayID }
            }
            messages += page.map { JSON.raw(JSON.message($0, links: desk.attachmentLinks).text) }
            last = page.last?.message.id.value ?? last
            isComplete = page.count < Self.atOnce
        }
        let view = try await desk.database.read { try desk.view(of: conversation, $0) }
        return .object([
            ("exported_at", .integer(desk.now().seconds)), ("complete", .bool(isComplete)),
            ("conversation", .conversation(view, links: desk.attachmentLinks)), ("messages", .array(messages)),
        ])
    }
}
