import Conversations

extension Connection {
    private var messageColumns: String {
        """
        id, account_id, conversation_id, inbox_id, kind, private, channel, content, content_type, content_attributes, sender_kind, sender_id,
        echo_id, source_id, choice, delivery_state, delivery_until, delivery_at, delivery_to, delivery_reason, held, visible_to_visitor,
        inbound_mail_id, created_at, updated_at
        """
    }

    private func message(_ row: Row) throws -> Message {
        var row = row.reader()
        return Message(
            id: try row.id(), accountID: try row.id(), conversationID: try row.id(), inboxID: try row.id(),
            kind: Message.Kind(rawValue: Int(try row.integer())) ?? .activity, isPrivate: try row.bool(), channel: try row.word(),
            content: try row.optionalText(), contentType: try row.text(), contentAttributes: try row.text(),
            senderKind: try row.optionalWord(), senderID: try row.optionalInteger(), echoID: try row.optionalText(),
            sourceID: try row.optionalText(), choice: try row.word(), delivery: try delivery(&row), isHeld: try row.bool(),
            visibleToVisitor: try row.bool(), inboundMailID: try row.optionalID(), createdAt: try row.instant(),
            updatedAt: try row.instant())
    }

    private func delivery(_ row: inout RowReader) throws -> DeliveryState? {
        let name: DeliveryState.Name? = try row.optionalWord()
        let (until, at) = (try row.optionalInstant(), try row.optionalInstant())
        let (to, reason) = (try row.optionalText(), try row.optionalText())
        return name.map { DeliveryState($0, until: until, at: at, to: to, reason: reason) }
    }

    /// Stores a new message; its `id` is ignored and the stored one given back. `unread` counts it for the agents.
    public func createMessage(_ draft: Message) throws -> Message {
        var message = draft
        message.id = ID(
            try insert(
                """
                INSERT INTO messages (account_id, conversation_id, inbox_id, kind, private, channel, content, content_type, content_attributes,
                    sender_kind, sender_id, echo_id, source_id, choice, delivery_state, delivery_until, delivery_at, delivery_to,
                    delivery_reason, open_for_delivery, held, visible_to_visitor, inbound_mail_id, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, draft.conversationID, draft.inboxID, draft.kind.rawValue, draft.isPrivate, draft.channel.rawValue,
                    draft.content, draft.contentType, draft.contentAttributes, draft.senderKind?.rawValue, draft.senderID, draft.echoID,
                    draft.sourceID, draft.choice.rawValue, draft.delivery?.name.rawValue, draft.delivery?.until, draft.delivery?.at,
                    draft.delivery?.to, draft.delivery?.reason, draft.isOpenForDelivery, draft.isHeld, draft.visibleToVisitor,
                    draft.inboundMailID,
                    draft.createdAt, draft.updatedAt,
                ]))
        try countForReports(message)
        // What the list shows is what somebody said, not a system line and not our own question for an address.
        if draft.kind == .incoming || draft.kind == .outgoing {
            try run("UPDATE conversations SET last_message_id = ? WHERE id = ?", [message.id, draft.conversationID])
        }
        return message
    }

    /// Writes all that may change of a message.
    public func updateMessage(_ message: Message) throws {
        try run(
            """
            UPDATE messages SET conversation_id = ?, content = ?, content_type = ?, content_attributes = ?, sender_kind = ?, sender_id = ?,
                choice = ?, delivery_state = ?, delivery_until = ?, delivery_at = ?, delivery_to = ?, delivery_reason = ?, open_for_delivery = ?, held = ?,
                visible_to_visitor = ?, updated_at = ? WHERE id = ?
            """,
            [
                message.conversationID, message.content, message.contentType, message.contentAttributes, message.senderKind?.rawValue,
                message.senderID, message.choice.rawValue, message.delivery?.name.rawValue, message.delivery?.until, message.delivery?.at,
                message.delivery?.to, message.delivery?.reason, message.isOpenForDelivery, message.isHeld, message.visibleToVisitor,
                message.updatedAt, message.id,
            ])
    }

    public func message(_ id: ID<Message>) throws -> Message? {
        try rows("SELECT \(messageColumns) FROM messages WHERE id = ?", [id]).first.map(message)
    }

    public func messages(_ ids: [ID<Message>]) throws -> [Message] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(messageColumns) FROM messages WHERE id IN (\(placeholders(ids.count))) ORDER BY id", ids).map(message)
    }

    /// The message that a client has already sent under this name.
    public func message(echoID: String, in conversation: ID<Conversation>) throws -> Message? {
        try rows("SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND echo_id = ?", [conversation, echoID]).first.map(
            message)
    }

    /// A page of a thread in the order of writing: the newest `limit` before `before`, or the oldest `limit` after `after`.
    public func messages(
        in conversation: ID<Conversation>, before: Int64? = nil, after: Int64? = nil, visitorOnly: Bool = false, limit: Int
    ) throws -> [Message] {
        let visible = visitorOnly ? " AND visible_to_visitor = 1" : ""
        if let after {
            let upper = before.map { " AND id < \($0)" } ?? ""
            return try rows(
                "SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND id > ?\(upper)\(visible) ORDER BY id LIMIT ?",
                [conversation, after, limit]
            ).map(message)
        }
        return try rows(
            "SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND id < ?\(visible) ORDER BY id DESC LIMIT ?",
            [conversation, before ?? Int64.max, limit]
        ).map(message).reversed()
    }

    /// The newest message but system lines of each conversation, by conversation.
    public func lastMessages(of conversations: [ID<Conversation>]) throws -> [ID<Conversation>: Message] {
        guard !conversations.isEmpty else { return [:] }
        let found = try rows(
            """
            SELECT \(messageColumns) FROM messages WHERE id IN (
                SELECT last_message_id FROM conversations WHERE id IN (\(placeholders(conversations.count))))
            """, conversations
        ).map(message)
        return Dictionary(found.map { ($0.conversationID, $0) }, uniquingKeysWith: { $1 })
    }

    /// Messages to the customer that are not with the mail yet: nothing decided, waiting, or not sent for a reason that can pass.
    public func openForDelivery(in conversation: ID<Conversation>, limit: Int) throws -> [Message] {
        try rows(
            """
            SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND open_for_delivery = 1 ORDER BY id LIMIT ?
            """,
            [conversation, limit]
        ).map(message)
    }

    /// The agents' messages after which the customer is marked as having seen or answered.
    public func outgoing(in conversation: ID<Conversation>, states: [DeliveryState.Name], limit: Int) throws -> [Message] {
        try rows(
            """
            SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND kind IN (1, 3) AND delivery_state IN (\(placeholders(states.count)))
            ORDER BY id DESC LIMIT ?
            """,
            [conversation] + states.map { $0.rawValue as (any Bindable)? } + [limit]
        ).map(message)
    }

    /// When the agents wrote last to the customer.
    public func lastAgentMessage(in conversation: ID<Conversation>) throws -> Message? {
        try rows(
            "SELECT \(messageColumns) FROM messages WHERE conversation_id = ? AND kind = 1 AND private = 0 ORDER BY id DESC LIMIT 1",
            [conversation]
        ).first.map(message)
    }

    /// How many messages the customer wrote since the agents looked.
    public func unreadMessages(in conversation: ID<Conversation>, since: Instant?) throws -> Int {
        guard
            var row = try rows(
                "SELECT COUNT(*) FROM messages WHERE conversation_id = ? AND kind = 0 AND held = 0 AND created_at > ?",
                [conversation, since ?? Instant(milliseconds: 0)]
            ).first?.reader()
        else { return 0 }
        return Int(try row.integer())
    }
}

extension Message {
    /// Goes to the customer, and where it stands may still change without a mail server's word.
    var isOpenForDelivery: Bool {
        guard !isPrivate, kind == .outgoing || (kind == .template && contentType == "input_csat") else { return false }
        switch delivery?.name {
        case nil, .waiting, .notSent: return true
        default: return false
        }
    }
}
