import Conversations
import Store

/// A visitor has seen the conversation up to a message, or all of it. What waited to be mailed and was seen in time stays here.
public struct MarkSeenByVisitor: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter message: the last one seen; nil means everything.
    public func run(_ credentials: VisitorCredentials, upTo message: Int64?) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            guard let conversation = try conversation(of: visitor, with: message, tx) else { return }
            let watermark = try message.flatMap { try tx.message(ID($0))?.createdAt } ?? desk.now()
            guard conversation.contactLastSeenAt.map({ $0 < watermark }) ?? true else { return }
            try tx.markSeenByVisitor(conversation.id, at: watermark, now: desk.now())
            guard let seen = try tx.conversation(conversation.id) else { return }
            try desk.reconsiderMail(of: seen, tx)
            try desk.journal(tx).conversation(.conversationRead, seen)
        }
    }

    private func conversation(of visitor: Visitor, with message: Int64?, _ tx: any Connection) throws -> Conversation? {
        guard let message else { return try desk.currentConversation(of: visitor, tx) }
        guard let found = try tx.message(ID(message)), found.visibleToVisitor, let conversation = try tx.conversation(found.conversationID),
            visitor.owns(conversation)
        else { throw DeskError.notFound("There is no message \(message) in this conversation.") }
        return conversation
    }
}
