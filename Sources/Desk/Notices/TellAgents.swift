import Conversations
import Store

// Who is told of what in the dashboard, in the transaction in which it happens.
extension Desk {
    /// How long a notice is kept.
    static let keepNoticesFor = Duration.seconds(90 * 86_400)
    /// So many are kept for each agent, which bounds what counting them costs.
    static let mostNotices = 1000

    /// A customer wrote to a conversation that somebody has.
    func tellAssignee(of message: Message, in conversation: Conversation, _ tx: any Connection) throws {
        guard let assignee = conversation.assigneeID else { return }
        try tell(.newMessage, { $0.id == assignee }, of: conversation, message, tx)
    }

    /// A colleague gave somebody a conversation.
    func tellAssigned(_ colleague: Agent, _ conversation: Conversation, by agent: Agent, _ tx: any Connection) throws {
        guard colleague.id != agent.id else { return }
        try tell(.assignment, { $0.id == colleague.id }, of: conversation, nil, tx)
    }

    /// Colleagues were called by name in a note.
    func tellCalled(_ called: [Agent], by note: Message, in conversation: Conversation, _ tx: any Connection) throws {
        let ids = Set(called.map(\.id))
        try tell(.mention, { ids.contains($0.id) }, of: conversation, note, tx)
    }

    /// A customer began a conversation: whoever wants to know of every one.
    func tellOfNew(_ conversation: Conversation, _ tx: any Connection) throws {
        try tell(.creation, { _ in true }, of: conversation, nil, tx)
    }

    private func tell(
        _ kind: Notice.Kind, _ isMeant: (Agent) -> Bool, of conversation: Conversation, _ message: Message?, _ tx: any Connection
    ) throws {
        let flags = try tx.notificationFlags(of: conversation.accountID)
        let agents = try tx.agents(of: conversation.accountID).filter { agent in
            isMeant(agent) && NotificationFlags(stored: flags[agent.id] ?? "{}").push.contains(kind)
        }
        for agent in agents {
            guard let notice = try tx.addNotice(kind, to: agent, in: conversation.id, message: message?.id, at: now()) else { continue }
            try tx.forgetNotices(of: agent.id, before: now() - Self.keepNoticesFor, keep: Self.mostNotices)
            try journal(tx).notice(notice)
        }
    }

    /// An agent looked at a conversation: what they were told of it is read.
    func readNotices(of agent: Agent, in conversation: ID<Conversation>?, _ tx: any Connection) throws {
        guard try tx.readNotices(of: agent.id, in: conversation, at: now()) > 0 else { return }
        try journal(tx).noticesRead(by: agent)
    }
}

extension Journal {
    /// An agent is told of something. Every agent of the account may see the conversation; whose notice it is says `user_id`.
    func notice(_ notice: Notice) throws {
        guard let view = try tx.views(of: [notice]).first else { return }
        let counts = try tx.noticeCounts(of: notice.agentID)
        try tx.append(
            .notificationCreated, account: notice.accountID,
            payload: JSON.object([
                ("user_id", .integer(notice.agentID.value)), ("notification", .notice(view)), ("unread_count", .integer(counts.unread)),
                ("count", .integer(counts.all)),
            ]).text, at: desk.now())
    }

    /// Other windows of the agent show them as read too.
    func noticesRead(by agent: Agent) throws {
        let counts = try tx.noticeCounts(of: agent.id)
        try tx.append(
            .notificationUpdated, account: agent.accountID,
            payload: JSON.object([
                ("user_id", .integer(agent.id.value)), ("unread_count", .integer(counts.unread)), ("count", .integer(counts.all)),
            ]).text, at: desk.now())
    }
}
