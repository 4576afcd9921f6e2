import Conversations
import Store

/// Loads what the shapes show: a fixed number of queries, however many rows.
extension Connection {
    public func views(of messages: [Message], displayID: @Sendable (ID<Conversation>) -> Int64) throws -> [MessageView] {
        guard !messages.isEmpty else { return [] }
        let contacts = Dictionary(
            try contacts(Array(Set(messages.filter { $0.senderKind == .contact }.compactMap { $0.senderID.map { ID<Contact>($0) } })))
                .map { ($0.id.value, $0) }, uniquingKeysWith: { $1 })
        let agents = Dictionary(
            try agents(Array(Set(messages.filter { $0.senderKind == .agent }.compactMap { $0.senderID.map { ID<Agent>($0) } })))
                .map { ($0.id.value, $0) }, uniquingKeysWith: { $1 })
        let mails = Dictionary(
            try mails(messages.compactMap(\.inboundMailID)).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let files = try attachments(of: messages.map(\.id))
        return messages.map { message in
            MessageView(
                message: message, displayID: displayID(message.conversationID),
                senderContact: message.senderKind == .contact ? message.senderID.flatMap { contacts[$0] } : nil,
                senderAgent: message.senderKind == .agent ? message.senderID.flatMap { agents[$0] } : nil,
                attachments: files[message.id] ?? [], mail: message.inboundMailID.flatMap { mails[$0] })
        }
    }

    public func view(of message: Message, in conversation: Conversation) throws -> MessageView {
        let display = conversation.displayID
        let found = try views(of: [message]) { _ in display }
        return found.first
            ?? MessageView(message: message, displayID: display, senderContact: nil, senderAgent: nil, attachments: [], mail: nil)
    }

    /// Rows of the agents' list, in the given order.
    ///
    /// - Parameter now: presence that a silent node left behind counts no more.
    public func views(of conversations: [Conversation], now: Instant) throws -> [ConversationView] {
        guard !conversations.isEmpty else { return [] }
        let contacts = Dictionary(
            try contacts(Array(Set(conversations.map(\.contactID)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let agents = Dictionary(
            try agents(Array(Set(conversations.compactMap(\.assigneeID)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let teams = Dictionary(
            try teams(Array(Set(conversations.compactMap(\.teamID)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let inboxes = Dictionary(
            try inboxes(of: conversations[0].accountID).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let displayIDs = Dictionary(conversations.map { ($0.id, $0.displayID) }, uniquingKeysWith: { $1 })
        let last = try lastMessages(of: conversations.map(\.id))
        let troubles = try troubles(of: conversations.map(\.id))
        let pages = try presence(of: Array(contacts.keys)).mapValues { PagePresence(rows: $0, now: now).chatwootStatus }
        let lastViews = Dictionary(
            try views(of: Array(last.values)) { displayIDs[$0] ?? 0 }.map { ($0.message.conversationID, $0) }, uniquingKeysWith: { $1 })
        return conversations.compactMap { conversation in
            guard let contact = contacts[conversation.contactID], let inbox = inboxes[conversation.inboxID] else { return nil }
            return ConversationView(
                conversation: conversation, contact: contact, inbox: inbox, assignee: conversation.assigneeID.flatMap { agents[$0] },
                team: conversation.teamID.flatMap { teams[$0] },
                lastMessage: lastViews[conversation.id], messages: [], continuity: nil, trouble: troubles[conversation.id] ?? .init(),
                availability: pages[contact.id] ?? "offline")
        }
    }
}
