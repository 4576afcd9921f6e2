import Conversations

/// A link in a mail that opens its conversation in chat. The store keeps only the hash of what stands in the mail.
public struct ChatLink: Sendable {
    public var id: ID<ChatLink>
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    /// The only address that a mail with it went to.
    public var toAddress: String
    public var expiresAt: Instant
    /// The browser in which it was redeemed, and in which alone it works from then on.
    public var browserHash: String?
    public var redeemedAt: Instant?
    public var revokedAt: Instant?
    public var codesSent: Int
    public var codeSentAt: Instant?
}

/// The way from a tap to the widget: good once, for some minutes.
public struct ChatTicket: Sendable {
    public var id: ID<ChatTicket>
    public var linkID: ID<ChatLink>
    public var browserHash: String
    public var expiresAt: Instant
    /// This browser was in the conversation before, or has typed the code.
    public var isKnown: Bool
    public var usedAt: Instant?
    /// Keyed hash of the six digits.
    public var codeHash: String?
    public var codeExpiresAt: Instant?
    public var tries: Int
}

extension Connection {
    public func createChatLink(
        to address: String, into conversation: Conversation, hash: String, expiresAt: Instant
    ) throws {
        try run(
            "INSERT INTO chat_links (account_id, conversation_id, to_address, token_hash, expires_at) VALUES (?, ?, ?, ?, ?)",
            [conversation.accountID, conversation.id, address, hash, expiresAt])
    }

    private var linkColumns: String {
        "id, account_id, conversation_id, to_address, expires_at, browser_hash, redeemed_at, revoked_at, codes_sent, code_sent_at"
    }

    private func chatLink(_ row: Row) throws -> ChatLink {
        var row = row.reader()
        return ChatLink(
            id: try row.id(), accountID: try row.id(), conversationID: try row.id(), toAddress: try row.text(),
            expiresAt: try row.instant(), browserHash: try row.optionalText(), redeemedAt: try row.optionalInstant(),
            revokedAt: try row.optionalInstant(), codesSent: Int(try row.integer()), codeSentAt: try row.optionalInstant())
    }

    public func chatLink(hash: String) throws -> ChatLink? {
        try rows("SELECT \(linkColumns) FROM chat_links WHERE token_hash = ?", [hash]).first.map(chatLink)
    }

    public func chatLink(_ id: ID<ChatLink>) throws -> ChatLink? {
        try rows("SELECT \(linkColumns) FROM chat_links WHERE id = ?", [id]).first.map(chatLink)
    }

    /// Writes all that may change of a link.
    public func updateChatLink(_ link: ChatLink) throws {
        try run(
            "UPDATE chat_links SET browser_hash = ?, redeemed_at = ?, codes_sent = ?, code_sent_at = ? WHERE id = ?",
            [link.browserHash, link.redeemedAt, link.codesSent, link.codeSentAt, link.id])
    }

    /// Whether a link into this conversation was redeemed in this browser and still holds.
    public func isKnown(browserHash: String, in conversation: ID<Conversation>) throws -> Bool {
        try !rows(
            """
            SELECT 1 FROM chat_links WHERE conversation_id = ? AND browser_hash = ? AND redeemed_at IS NOT NULL AND revoked_at IS NULL LIMIT 1
            """, [conversation, browserHash]
        ).isEmpty
    }

    /// Ends every link into a conversation; answers how many were still good.
    public func revokeChatLinks(of conversation: ID<Conversation>, at now: Instant) throws -> Int {
        try run(
            "UPDATE chat_links SET revoked_at = ? WHERE conversation_id = ? AND revoked_at IS NULL AND expires_at > ?",
            [now, conversation, now])
    }

    private var ticketColumns: String {
        "id, link_id, browser_hash, expires_at, is_known, used_at, code_hash, code_expires_at, tries"
    }

    public func createChatTicket(for link: ID<ChatLink>, hash: String, browserHash: String, isKnown: Bool, expiresAt: Instant) throws {
        try run(
            "INSERT INTO chat_tickets (link_id, token_hash, browser_hash, expires_at, is_known) VALUES (?, ?, ?, ?, ?)",
            [link, hash, browserHash, expiresAt, isKnown])
    }

    public func chatTicket(hash: String) throws -> ChatTicket? {
        guard var row = try rows("SELECT \(ticketColumns) FROM chat_tickets WHERE token_hash = ?", [hash]).first?.reader() else {
            return nil
        }
        return ChatTicket(
            id: try row.id(), linkID: try row.id(), browserHash: try row.text(), expiresAt: try row.instant(), isKnown: try row.bool(),
            usedAt: try row.optionalInstant(), codeHash: try row.optionalText(), codeExpiresAt: try row.optionalInstant(),
            tries: Int(try row.integer()))
    }

    /// Writes all that may change of a ticket.
    public func updateChatTicket(_ ticket: ChatTicket) throws {
        try run(
            "UPDATE chat_tickets SET used_at = ?, code_hash = ?, code_expires_at = ?, tries = ? WHERE id = ?",
            [ticket.usedAt, ticket.codeHash, ticket.codeExpiresAt, ticket.tries, ticket.id])
    }

    public func forgetChatTickets(before: Instant, atMost limit: Int) throws -> Int {
        try run(
            "DELETE FROM chat_tickets WHERE id IN (SELECT id FROM chat_tickets WHERE expires_at < ? ORDER BY expires_at LIMIT ?)",
            [before, limit])
    }
}
