import Conversations

/// Who a stream shows to be there.
public enum PresenceSubject: Sendable, Hashable {
    case visitor(ID<VisitorSession>)
    case agent(ID<Agent>)

    var kind: String {
        switch self {
        case .visitor: "visitor"
        case .agent: "agent"
        }
    }

    var number: Int64 {
        switch self {
        case .visitor(let id): id.value
        case .agent(let id): id.value
        }
    }
}

/// What is known of one subject on one node.
public struct PresenceRow: Sendable {
    /// Open event streams.
    public var streams: Int
    public var widgetOpen: Bool
    public var documentVisible: Bool
    /// When it changed last: with no stream left, when the last one closed.
    public var changedAt: Instant
    /// When its node was last alive; nil when the node is unknown.
    public var nodeSeenAt: Instant?
}

extension Connection {
    /// One stream more (+1) or less (-1) on a node.
    public func countStream(_ subject: PresenceSubject, node: String, by change: Int, at now: Instant) throws {
        try run(
            """
            INSERT INTO presence (node, subject_kind, subject_id, streams, widget_open, document_visible, changed_at)
            VALUES (?, ?, ?, ?, 0, 0, ?)
            ON CONFLICT (subject_kind, subject_id, node) DO UPDATE SET
                streams = CASE WHEN presence.streams + ? < 0 THEN 0 ELSE presence.streams + ? END, changed_at = excluded.changed_at,
                widget_open = CASE WHEN presence.streams + ? <= 0 THEN 0 ELSE presence.widget_open END
            """,
            [node, subject.kind, subject.number, max(change, 0), now, change, change, change])
    }

    /// What the visitor's page says of itself.
    public func notePage(_ subject: PresenceSubject, node: String, widgetOpen: Bool, documentVisible: Bool, at now: Instant) throws {
        try run(
            """
            INSERT INTO presence (node, subject_kind, subject_id, streams, widget_open, document_visible, changed_at)
            VALUES (?, ?, ?, 0, ?, ?, ?)
            ON CONFLICT (subject_kind, subject_id, node) DO UPDATE SET widget_open = excluded.widget_open,
                document_visible = excluded.document_visible, changed_at = excluded.changed_at
            """,
            [node, subject.kind, subject.number, widgetOpen, documentVisible, now])
    }

    private func presence(_ row: Row) throws -> PresenceRow {
        var row = row.reader()
        return PresenceRow(
            streams: Int(try row.integer()), widgetOpen: try row.bool(), documentVisible: try row.bool(), changedAt: try row.instant(),
            nodeSeenAt: try row.optionalInstant())
    }

    /// All that is known of a contact's pages in one inbox.
    public func presence(of contact: ID<Contact>, inbox: ID<Inbox>) throws -> [PresenceRow] {
        try rows(
            """
            SELECT p.streams, p.widget_open, p.document_visible, p.changed_at, n.seen_at FROM presence p LEFT JOIN nodes n ON n.id = p.node
            WHERE p.subject_kind = 'visitor' AND p.subject_id IN (SELECT id FROM visitor_sessions WHERE contact_id = ? AND inbox_id = ?)
            ORDER BY p.changed_at DESC LIMIT 50
            """,
            [contact, inbox]
        ).map(presence)
    }

    /// A node says that it lives.
    public func beat(node: String, at now: Instant) throws {
        try run("INSERT INTO nodes (id, seen_at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at", [node, now])
    }

    /// Forgets nodes that have not been alive since `limit` with all that they said, and pages that closed before it.
    public func forgetPresence(before limit: Instant) throws {
        try run("DELETE FROM presence WHERE node IN (SELECT id FROM nodes WHERE seen_at < ?)", [limit])
        try run("DELETE FROM presence WHERE streams = 0 AND changed_at < ?", [limit])
        try run("DELETE FROM nodes WHERE seen_at < ?", [limit])
    }
}
