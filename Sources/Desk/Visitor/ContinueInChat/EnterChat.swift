import Conversations
import Store

/// The widget comes with the ticket that the tap gave: it is let into that conversation, or sent to type a code first.
public struct EnterChat: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public enum Answer: Sendable {
        /// The session that may now see the conversation: the browser's own, or a new one.
        case entered(authToken: String, streamToken: String, conversation: Int64)
        /// The page where the code is typed.
        case codeNeeded(location: String)
    }

    /// - Parameter credentials: the website, and the browser's session if it has one.
    public func run(_ credentials: VisitorCredentials, ticket: String) async throws -> Answer {
        let desk = self.desk
        return try await desk.database.write { tx in
            let inbox = try desk.websiteInbox(credentials.websiteToken, tx)
            var (found, opened) = try desk.chatTicket(ticket, tx)
            guard opened.inbox.id == inbox.id, opened.link.browserHash.map({ $0 == found.browserHash }) ?? true else { throw Desk.overLink }
            let visitor = try desk.session(credentials.authToken, of: inbox, tx).map { try desk.visitor($0, of: inbox, tx) }
            let own = visitor.flatMap { $0.owns(opened.conversation) ? $0 : nil }
            guard own != nil || found.isKnown else {
                try desk.mailCode(for: &found, opened, tx)
                return .codeNeeded(location: desk.codePage(ticket))
            }
            return try enter(opened, &found, own, tx)
        }
    }

    private func enter(
        _ opened: OpenedLink, _ ticket: inout ChatTicket, _ own: Visitor?, _ tx: any Connection
    ) throws -> Answer {
        let now = desk.now()
        ticket.usedAt = now
        try tx.updateChatTicket(ticket)
        var link = opened.link
        let isFirst = link.redeemedAt == nil
        link.redeemedAt = link.redeemedAt ?? now
        link.browserHash = ticket.browserHash
        try tx.updateChatLink(link)

        let session = try own?.session ?? desk.openSession(with: opened.inbox, for: opened.contact.id, hmacVerified: false, tx)
        try tx.grant(opened.conversation.id, to: session.id, madeSession: own == nil, at: now)
        if isFirst {
            var conversation = opened.conversation
            try desk.writeActivity(.chatOpened(by: opened.contact.name.nonEmpty), in: &conversation, tx)
        }
        let described = try desk.describe(session, inbox: opened.inbox, contact: opened.contact, isNew: own == nil, tx)
        return .entered(
            authToken: described.authToken, streamToken: described.streamToken, conversation: opened.conversation.displayID)
    }
}
