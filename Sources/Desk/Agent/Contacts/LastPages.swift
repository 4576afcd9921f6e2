import Conversations
import Store

/// The pages of the website on which a contact was last.
public struct LastPages: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The newest first.
    public func list(of number: Int64, by agent: Agent) async throws -> [VisitorPage] {
        try await desk.database.read { tx in try tx.pages(of: tx.contact(number, of: agent).id, limit: NotePage.mostPages) }
    }
}

extension JSON {
    public static func visitorPage(_ page: VisitorPage) -> JSON {
        .object([("url", .string(page.url)), ("title", .string(page.title)), ("seen_at", .integer(page.seenAt.seconds))])
    }
}
