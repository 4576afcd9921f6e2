import Conversations

extension Connection {
    private var conversationColumns: String {
        """
        id, account_id, display_id, uuid, inbox_id, contact_id, session_id, status, priority, assignee_id, team_id, snoozed_until, subject, mode,
        muted, loop_stopped, contact_last_seen_at, agent_last_seen_at, agent_typing_at, visitor_typing_at, waiting_since, first_reply_at, last_mail_at,
        unproven_mails, unread_count, labels, additional_attributes, custom_attributes, last_activity_at, created_at, updated_at
        """
    }

    private func conversation(_ row: Row) throws -> Conversation {
        var row = row.reader()
        return Conversation(
            id: try row.id(), accountID: try row.id(), displayID: try row.integer(), uuid: try row.text(), inboxID: try row.id(),
            contactID: try row.id(), sessionID: try row.optionalID(), status: try row.word(), priority: try row.optionalWord(),
            assigneeID: try row.optionalID(), teamID: try row.optionalInteger(), snoozedUntil: try row.optionalInstant(),
            subject: try row.text(), mode: try row.word(), muted: try row.bool(), loopStopped: try row.bool(),
            contactLastSeenAt: try row.optionalInstant(), agentLastSeenAt: try row.optionalInstant(),
            agentTypingAt: try row.optionalInstant(), visitorTypingAt: try row.optionalInstant(), waitingSince: try row.optionalInstant(),
            firstReplyAt: try row.optionalInstant(),
            lastMailAt: try row.optionalInstant(), unprovenMails: Int(try row.integer()), unreadCount: Int(try row.integer()),
            labels: try row.text().split(separator: ",").map(String.init), additionalAttributes: try row.text(),
            customAttributes: try row.text(), lastActivityAt: try row.instant(), createdAt: try row.instant(), updatedAt: try row.instant())
    }

    /// Stores a new conversation under the account's next number; its `id` and `displayID` are ignored and the stored ones given back.
    public func createConversation(_ draft: Conversation, linkedTo linked: ID<Conversation>? = nil) throws -> Conversation {
        var conversation = draft
        conversation.displayID = try nextDisplayID(in: draft.accountID)
        conversation.id = ID(
            try insert(
                """
                INSERT INTO conversations (account_id, display_id, uuid, inbox_id, contact_id, session_id, status, subject, mode,
                    waiting_since, linked_conversation_id, additional_attributes, custom_attributes, last_activity_at, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, conversation.displayID, draft.uuid, draft.inboxID, draft.contactID, draft.sessionID,
                    draft.status.rawValue, draft.subject, draft.mode.rawValue, draft.waitingSince, linked, draft.additionalAttributes,
                    draft.customAttributes, draft.lastActivityAt, draft.createdAt, draft.updatedAt,
                ]))
        try count(conversation, by: 1)
        return conversation
    }

    /// Writes all that may change of a conversation but its labels, and keeps the counts of the tabs right.
    public func updateConversation(_ changed: Conversation, from old: Conversation) throws {
        try run(
            """
            UPDATE conversations SET contact_id = ?, session_id = ?, status = ?, priority = ?, assignee_id = ?, team_id = ?, snoozed_until = ?,
                mode = ?, muted = ?, loop_stopped = ?, contact_last_seen_at = ?, agent_last_seen_at = ?, agent_typing_at = ?, visitor_typing_at = ?,
                waiting_since = ?, first_reply_at = ?, last_mail_at = ?, unproven_mails = ?, unread_count = ?, additional_attributes = ?,
                custom_attributes = ?, last_activity_at = ?, updated_at = ? WHERE id = ?
            """,
            [
                changed.contactID, changed.sessionID, changed.status.rawValue, changed.priority?.rawValue, changed.assigneeID,
                changed.teamID, changed.snoozedUntil, changed.mode.rawValue, changed.muted, changed.loopStopped,
                changed.contactLastSeenAt, changed.agentLastSeenAt, changed.agentTypingAt, changed.visitorTypingAt, changed.waitingSince,
                changed.firstReplyAt,
                changed.lastMailAt, changed.unprovenMails, changed.unreadCount, changed.additionalAttributes, changed.customAttributes,
                changed.lastActivityAt, changed.updatedAt, changed.id,
            ])
        if old.status != changed.status || old.assigneeID != changed.assigneeID {
            try count(old, by: -1)
            try count(changed, by: 1)
        }
    }

    func count(_ conversation: Conversation, by change: Int) throws {
        try run(
            """
            INSERT INTO conversation_counts (account_id, status, assignee_id, conversations) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id, status, assignee_id) DO UPDATE SET conversations = conversation_counts.conversations + excluded.conversations
            """,
            [conversation.accountID, conversation.status.rawValue, conversation.assigneeID?.value ?? 0, change])
    }

    public func setLabels(_ labels: [String], of conversation: Conversation) throws {
        try run("DELETE FROM conversation_labels WHERE conversation_id = ?", [conversation.id])
        for label in labels {
            try run(
                "INSERT INTO conversation_labels (account_id, label, conversation_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [conversation.accountID, label, conversation.id])
        }
        try run("UPDATE conversations SET labels = ? WHERE id = ?", [labels.joined(separator: ","), conversation.id])
    }

    /// A merged one's id gives the one that it went into.
    public func conversation(_ id: ID<Conversation>) throws -> Conversation? {
        if let row = try rows("SELECT \(conversationColumns) FROM conversations WHERE id = ?", [id]).first { return try conversation(row) }
        return try conversationMergedInto(id).flatMap { try self.conversation($0) }
    }

    /// Those of these conversations that are there.
    public func conversations(withIDs ids: [ID<Conversation>]) throws -> [Conversation] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(conversationColumns) FROM conversations WHERE id IN (\(placeholders(ids.count)))", ids).map(conversation)
    }

    /// By the number that the API shows; a merged one's number gives the one that it went into.
    public func conversation(displayID: Int64, in account: ID<Account>) throws -> Conversation? {
        if let row = try rows(
            "SELECT \(conversationColumns) FROM conversations WHERE account_id = ? AND display_id = ?", [account, displayID]
        ).first {
            return try conversation(row)
        }
        return try conversationMergedInto(displayID: displayID, in: account).flatMap { try self.conversation($0) }
    }

    /// A contact's conversations, newest first; in one inbox where it is named.
    public func conversations(of contact: ID<Contact>, inbox: ID<Inbox>?, limit: Int) throws -> [Conversation] {
        if let inbox {
            return try rows(
                "SELECT \(conversationColumns) FROM conversations WHERE contact_id = ? AND inbox_id = ? ORDER BY id DESC LIMIT ?",
                [contact, inbox, limit]
            ).map(conversation)
        }
        return try rows("SELECT \(conversationColumns) FROM conversations WHERE contact_id = ? ORDER BY id DESC LIMIT ?", [contact, limit])
            .map(conversation)
    }

    /// One page of the agents' list.
    public func conversations(in account: ID<Account>, matching filter: ConversationFilter, limit: Int, offset: Int) throws
        -> [Conversation]
    {
        let (condition, arguments) = filter.condition(account)
        return try rows(
            "SELECT \(conversationColumns) FROM conversations WHERE \(condition) ORDER BY \(filter.order) LIMIT ? OFFSET ?",
            arguments + [limit, offset]
        ).map(conversation)
    }

    /// How many conversations the tabs *mine*, *unassigned*, *assigned* and *all* hold. Without further filters the kept counts answer.
    public func conversationCounts(in account: ID<Account>, matching filter: ConversationFilter, mine: ID<Agent>) throws
        -> ConversationCounts
    {
        let rows: [Row]
        if filter.isStatusOnly {
            let condition = filter.status == nil ? "" : " AND status = ?"
            let arguments: [(any Bindable)?] = filter.status == nil ? [account] : [account, filter.status?.rawValue]
            rows = try self.rows(
                "SELECT assignee_id, SUM(conversations) FROM conversation_counts WHERE account_id = ?\(condition) GROUP BY assignee_id",
                arguments)
        } else {
            var all = filter
            all.assignee = .all
            let (condition, arguments) = all.condition(account)
            rows = try self.rows(
                "SELECT COALESCE(assignee_id, 0), COUNT(*) FROM conversations WHERE \(condition) GROUP BY COALESCE(assignee_id, 0)",
                arguments)
        }
        var counts = ConversationCounts()
        for row in rows {
            var row = row.reader()
            let assignee = try row.integer()
            let number = Int(try row.integer())
            counts.all += number
            if assignee == 0 { counts.unassigned += number } else { counts.assigned += number }
            if assignee == mine.value { counts.mine += number }
        }
        return counts
    }

    /// The conversations whose snooze is over.
    public func snoozedConversations(due now: Instant, limit: Int) throws -> [Conversation] {
        try rows(
            "SELECT \(conversationColumns) FROM conversations WHERE status = 'snoozed' AND snoozed_until <= ? ORDER BY snoozed_until LIMIT ?",
            [now, limit]
        ).map(conversation)
    }

    /// The conversations of an inbox in which a mail waits for its time.
    public func conversationsAwaitingMail(in inbox: ID<Inbox>, limit: Int) throws -> [Conversation] {
        try rows(
            """
            SELECT \(conversationColumns) FROM conversations WHERE id IN (SELECT subject_id FROM jobs WHERE queue = ?) AND inbox_id = ? LIMIT ?
            """, [QueueName.continuity.rawValue, inbox, limit]
        ).map(conversation)
    }

    public func markSeenByVisitor(_ id: ID<Conversation>, at watermark: Instant, now: Instant) throws {
        try run(
            """
            UPDATE conversations SET contact_last_seen_at = ?, updated_at = ? WHERE id = ?
            AND (contact_last_seen_at IS NULL OR contact_last_seen_at < ?)
            """, [watermark, now, id, watermark])
    }
}

public struct ConversationCounts: Sendable {
    public var mine = 0
    public var unassigned = 0
    public var assigned = 0
    public var all = 0
}
