import Conversations

/// What a Message-ID is known to belong to.
public struct KnownMailID: Sendable {
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    public var messageID: ID<Message>?
    /// One that we gave out (or the relay for us), not one that a customer's program made.
    public var isOurs: Bool
    /// The only address that a mail with this id went to; nil for theirs.
    public var toAddress: String?
}

/// A reply token as stored: its hash finds it, its nonce lets the mail be written again.
public struct ReplyToken: Sendable {
    public var id: Int64
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    public var contactID: ID<Contact>
    /// Empty where the token belonged to something that was merged: it is good, but cannot be derived again.
    public var nonce: String
    public var revokedAt: Instant?
    /// The agent whose own reply address this is; nil for a customer's.
    public var agentID: ID<Agent>?
    public var hasMarker: Bool
}

extension Connection {
    /// Remembers a Message-ID without angle brackets.
    public func rememberMailID(
        _ mailID: String, account: ID<Account>, conversation: ID<Conversation>, message: ID<Message>?, ours: Bool, to address: String?
    ) throws {
        try run(
            "INSERT INTO mail_ids (account_id, mail_id, conversation_id, message_id, ours, to_address) VALUES (?, ?, ?, ?, ?, ?)",
            [account, mailID, conversation, message, ours, address])
    }

    /// What an account knows under a Message-ID, the oldest first.
    public func known(mailID: String, in account: ID<Account>) throws -> [KnownMailID] {
        try rows(
            """
            SELECT account_id, conversation_id, message_id, ours, to_address FROM mail_ids WHERE mail_id = ? AND account_id = ? ORDER BY id LIMIT 10
            """,
            [mailID, account]
        ).map {
            var row = $0.reader()
            return KnownMailID(
                accountID: try row.id(), conversationID: try row.id(), messageID: try row.optionalID(), isOurs: try row.bool(),
                toAddress: try row.optionalText())
        }
    }

    /// The ids of a conversation's mails for `References`, oldest first.
    public func mailIDs(of conversation: ID<Conversation>, limit: Int) throws -> [String] {
        try rows("SELECT mail_id FROM mail_ids WHERE conversation_id = ? ORDER BY id DESC LIMIT ?", [conversation, limit]).map {
            var row = $0.reader()
            return try row.text()
        }.reversed()
    }

    private var replyTokenColumns: String {
        "id, account_id, conversation_id, contact_id, nonce, revoked_at, agent_id, marker_hash IS NOT NULL"
    }

    private func replyToken(_ row: Row) throws -> ReplyToken {
        var row = row.reader()
        return ReplyToken(
            id: try row.integer(), accountID: try row.id(), conversationID: try row.id(), contactID: try row.id(),
            nonce: try row.text(), revokedAt: try row.optionalInstant(), agentID: try row.optionalID(), hasMarker: try row.bool())
    }

    /// - Parameters:
    ///   - markerHash: of the hidden mark that stands in the same mails; an agent's notification has none.
    ///   - agent: whose own reply address it is; nil for a customer's.
    public func createReplyToken(
        account: ID<Account>, conversation: ID<Conversation>, contact: ID<Contact>, agent: ID<Agent>? = nil, nonce: String, hash: String,
        markerHash: String? = nil, at now: Instant
    ) throws {
        try run(
            """
            INSERT INTO reply_tokens (account_id, conversation_id, contact_id, agent_id, nonce, token_hash, marker_hash, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [account, conversation, contact, agent, nonce, hash, markerHash, now])
    }

    /// The token that a conversation's mails to one contact carry.
    public func liveReplyToken(conversation: ID<Conversation>, contact: ID<Contact>) throws -> ReplyToken? {
        try rows(
            """
            SELECT \(replyTokenColumns) FROM reply_tokens
            WHERE conversation_id = ? AND contact_id = ? AND agent_id IS NULL AND nonce <> '' AND revoked_at IS NULL ORDER BY id DESC LIMIT 1
            """, [conversation, contact]
        ).first.map(replyToken)
    }

    /// The token of an agent's own reply address in a conversation.
    public func liveReplyToken(conversation: ID<Conversation>, agent: ID<Agent>) throws -> ReplyToken? {
        try rows(
            """
            SELECT \(replyTokenColumns) FROM reply_tokens
            WHERE conversation_id = ? AND agent_id = ? AND nonce <> '' AND revoked_at IS NULL ORDER BY id DESC LIMIT 1
            """, [conversation, agent]
        ).first.map(replyToken)
    }

    public func setMarker(hash: String, ofReplyToken id: Int64) throws {
        try run("UPDATE reply_tokens SET marker_hash = ? WHERE id = ?", [hash, id])
    }

    public func replyToken(hash: String) throws -> ReplyToken? {
        try rows("SELECT \(replyTokenColumns) FROM reply_tokens WHERE token_hash = ?", [hash]).first.map(replyToken)
    }

    /// The token whose mails carry this hidden mark.
    public func replyToken(markerHash hash: String) throws -> ReplyToken? {
        try rows("SELECT \(replyTokenColumns) FROM reply_tokens WHERE marker_hash = ? LIMIT 1", [hash]).first.map(replyToken)
    }

    public func revokeReplyTokens(of conversation: ID<Conversation>, at now: Instant) throws {
        try run("UPDATE reply_tokens SET revoked_at = ? WHERE conversation_id = ? AND revoked_at IS NULL", [now, conversation])
    }
}
