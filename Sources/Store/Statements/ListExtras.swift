import Conversations

/// What a row of the agents' list shows beside the conversation itself: one query for a whole page.
public struct ConversationTrouble: Sendable, Hashable {
    /// Strangers' mails that wait for a decision.
    public var held = 0
    /// Messages that did not arrive, or are late by so much that a person should look, and that the customer has not seen in chat since.
    public var undelivered = 0
    /// Messages of which nobody knows whether they arrived.
    public var uncertain = 0

    public init() {}
}

extension Connection {
    public func troubles(of conversations: [ID<Conversation>]) throws -> [ID<Conversation>: ConversationTrouble] {
        guard !conversations.isEmpty else { return [:] }
        let found = try rows(
            """
            SELECT conversation_id, held, created_at > COALESCE(
                (SELECT contact_last_seen_at FROM conversations c WHERE c.id = messages.conversation_id), 0), delivery_state = 'uncertain'
            FROM messages WHERE conversation_id IN (\(placeholders(conversations.count)))
            AND (held = 1 OR delivery_state IN ('failed', 'bounced', 'deferred', 'uncertain'))
            AND (held = 1 OR delivery_state <> 'deferred' OR updated_at >= delivery_at + ?)
            ORDER BY conversation_id LIMIT 1000
            """, conversations + [DeliveryState.warnAfter.wholeMilliseconds])
        var troubles: [ID<Conversation>: ConversationTrouble] = [:]
        for row in found {
            var row = row.reader()
            let id: ID<Conversation> = try row.id()
            let (held, unseen, uncertain) = (try row.bool(), try row.bool(), try row.optionalInteger() == 1)
            switch (held, unseen, uncertain) {
            case (true, _, _): troubles[id, default: .init()].held += 1
            case (false, true, true): troubles[id, default: .init()].uncertain += 1
            case (false, true, false): troubles[id, default: .init()].undelivered += 1
            case (false, false, _): break
            }
        }
        return troubles
    }

    /// What is known of several contacts' pages, in all their inboxes.
    public func presence(of contacts: [ID<Contact>]) throws -> [ID<Contact>: [PresenceRow]] {
        guard !contacts.isEmpty else { return [:] }
        let found = try rows(
            """
            SELECT s.contact_id, p.streams, p.widget_open, p.document_visible, p.changed_at, n.seen_at FROM presence p
            JOIN visitor_sessions s ON s.id = p.subject_id LEFT JOIN nodes n ON n.id = p.node
            WHERE p.subject_kind = 'visitor' AND p.streams > 0 AND p.subject_id IN (
                SELECT id FROM visitor_sessions WHERE contact_id IN (\(placeholders(contacts.count)))) LIMIT 1000
            """, contacts)
        var presence: [ID<Contact>: [PresenceRow]] = [:]
        for row in found {
            var row = row.reader()
            let contact: ID<Contact> = try row.id()
            presence[contact, default: []].append(
                PresenceRow(
                    streams: Int(try row.integer()), widgetOpen: try row.bool(), documentVisible: try row.bool(),
                    changedAt: try row.instant(), nodeSeenAt: try row.optionalInstant()))
        }
        return presence
    }

    /// The numbers that the API shows for conversations.
    public func displayIDs(of conversations: [ID<Conversation>]) throws -> [ID<Conversation>: Int64] {
        guard !conversations.isEmpty else { return [:] }
        let found = try rows(
            "SELECT id, display_id FROM conversations WHERE id IN (\(placeholders(conversations.count)))", conversations)
        return Dictionary(
            try found.map {
                var row = $0.reader()
                return (try row.id(), try row.integer())
            }, uniquingKeysWith: { $1 })
    }

    /// The newest message that the customer wrote.
    public func lastCustomerMessage(in conversation: ID<Conversation>) throws -> (id: ID<Message>, createdAt: Instant)? {
        guard
            var row = try rows(
                "SELECT id, created_at FROM messages WHERE conversation_id = ? AND kind = 0 ORDER BY id DESC LIMIT 1", [conversation]
            ).first?.reader()
        else { return nil }
        return (try row.id(), try row.instant())
    }

    /// The sessions of several contacts with website inboxes, the newest of each inbox last.
    public func visitorSessions(of contacts: [ID<Contact>]) throws -> [ID<Contact>: [(inbox: ID<Inbox>, sourceID: String)]] {
        guard !contacts.isEmpty else { return [:] }
        let found = try rows(
            """
            SELECT contact_id, inbox_id, source_id FROM visitor_sessions WHERE contact_id IN (\(placeholders(contacts.count)))
            ORDER BY id LIMIT 1000
            """, contacts)
        var sessions: [ID<Contact>: [(inbox: ID<Inbox>, sourceID: String)]] = [:]
        for row in found {
            var row = row.reader()
            sessions[try row.id(), default: []].append((try row.id(), try row.text()))
        }
        return sessions
    }
}

/// A conversation that another one is linked with.
public struct LinkedConversation: Sendable {
    public var displayID: Int64
    public var subject: String
    public var status: Conversation.Status
    /// It came before: the other one follows it.
    public var isEarlier: Bool
}

extension Connection {
    /// The conversation that this one follows, and those that follow it, oldest first.
    public func linkedConversations(of conversation: ID<Conversation>) throws -> [LinkedConversation] {
        try rows(
            """
            SELECT display_id, subject, status, 1 FROM conversations
            WHERE id = (SELECT linked_conversation_id FROM conversations WHERE id = ?)
            UNION ALL SELECT display_id, subject, status, 0 FROM conversations WHERE linked_conversation_id = ? LIMIT 50
            """, [conversation, conversation]
        ).map {
            var row = $0.reader()
            return LinkedConversation(
                displayID: try row.integer(), subject: try row.text(), status: try row.word(), isEarlier: try row.bool())
        }.sorted { $0.displayID < $1.displayID }
    }
}
