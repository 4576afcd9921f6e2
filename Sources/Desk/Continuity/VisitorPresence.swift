import Continuity
import Conversations
import Store

/// What the store knows of a visitor's pages, over all nodes.
struct PagePresence {
    /// How long a node may be silent before its word counts no more. Nodes beat every 10 s.
    static let nodeSilence = Duration.seconds(30)

    var isOpen: Bool
    var isLooking: Bool
    /// When it changed last; nil when nothing is known, which counts as away.
    var changedAt: Instant?

    /// A dead node's streams closed when it was last alive.
    init(rows: [PresenceRow], now: Instant) {
        isOpen = false
        isLooking = false
        for row in rows {
            let alive = row.nodeSeenAt.map { $0 + Self.nodeSilence > now } ?? false
            let open = alive && row.streams > 0
            isOpen = isOpen || open
            isLooking = isLooking || (open && row.widgetOpen && row.documentVisible)
            let changed = alive || row.streams == 0 ? row.changedAt : max(row.changedAt, row.nodeSeenAt ?? row.changedAt)
            changedAt = changedAt.map { max($0, changed) } ?? changed
        }
    }

    /// As the rules know it.
    var forRules: VisitorPresence {
        if isOpen { return .connected }
        return changedAt.map { .disconnected(at: $0) } ?? .unknown
    }

    var view: ContinuityView.Presence { isLooking ? .looking : isOpen ? .open : .gone }

    /// Chatwoot's words.
    var chatwootStatus: String { isLooking ? "online" : isOpen ? "busy" : "offline" }
}

extension Desk {
    func visitorPresence(of conversation: Conversation, _ tx: any Connection) throws -> PagePresence {
        PagePresence(rows: try tx.presence(of: tx.visitorContact(of: conversation), inbox: conversation.inboxID), now: now())
    }
}

extension Connection {
    /// Whose pages and event streams show a conversation: those of the session that began it, which may be of a contact that was joined with
    /// the conversation's since.
    func visitorContact(of conversation: Conversation) throws -> ID<Contact> {
        try conversation.sessionID.flatMap { try visitorSession($0)?.contactID } ?? conversation.contactID
    }
}
