import Conversations
import Store

/// Appends what happened to the one event table, in the transaction in which it happened, with the shapes that agents and the
/// visitor may see.
struct Journal {
    let desk: Desk
    let tx: any Connection

    var links: AttachmentLinks { AttachmentLinks(publicURL: desk.options.publicURL, secrets: desk.secrets) }

    /// A message came or changed. The visitor learns of it only where the widget may show it.
    func message(_ name: EventName, _ message: Message, in conversation: Conversation) throws {
        let view = try tx.view(of: message, in: conversation)
        guard case .object(var members) = JSON.message(view, links: links) else { return }
        members.append(("conversation", summary(conversation)))
        // The visitor is told of what the visitor sees: a delivery line that changed is none of it.
        let visitor = message.visibleToVisitor ? JSON.messageForVisitor(view, links: links).text : nil
        try tx.append(
            name, account: conversation.accountID, inbox: conversation.inboxID, contact: try tx.visitorContact(of: conversation),
            payload: JSON.object(members).text, visitorPayload: visitor, at: desk.now())
    }

    /// Only the delivery of a message changed: agents see it, visitors never.
    func delivery(of message: Message, in conversation: Conversation) throws {
        var hidden = message
        hidden.visibleToVisitor = false
        try self.message(.messageUpdated, hidden, in: conversation)
    }

    /// The conversation itself came or changed.
    func conversation(_ name: EventName, _ conversation: Conversation) throws {
        guard var view = try tx.views(of: [conversation], now: desk.now()).first else { return }
        view.continuity = try desk.continuityView(of: conversation, contact: view.contact, inbox: view.inbox, tx)
        let forVisitor = name == .conversationCreated || name == .conversationStatusChanged
        try tx.append(
            name, account: conversation.accountID, inbox: conversation.inboxID, contact: try tx.visitorContact(of: conversation),
            payload: JSON.conversation(view, links: links).text,
            visitorPayload: forVisitor ? JSON.conversationForVisitor(conversation).text : nil, at: desk.now())
    }

    /// Somebody writes or stops. A private note's typing is for agents alone; the visitor's own typing is not sent back.
    func typing(_ name: EventName, by author: JSON, forVisitor: JSON?, isPrivate: Bool, in conversation: Conversation) throws {
        func payload(_ author: JSON) -> String {
            JSON.object([
                ("conversation", .object([("id", .integer(conversation.displayID))])), ("user", author), ("is_private", .bool(isPrivate)),
            ]).text
        }
        try tx.append(
            name, account: conversation.accountID, inbox: conversation.inboxID, contact: try tx.visitorContact(of: conversation),
            payload: payload(author), visitorPayload: isPrivate ? nil : forVisitor.map(payload), at: desk.now())
    }

    func contact(_ name: EventName, _ contact: Contact) throws {
        try tx.append(name, account: contact.accountID, payload: JSON.contact(contact).text, at: desk.now())
    }

    /// A contact came to another page. Agents alone are told.
    func page(_ page: VisitorPage, of contact: Contact) throws {
        let payload = JSON.object([("contact_id", .integer(contact.id.value)), ("page", .visitorPage(page))])
        try tx.append(.contactPage, account: contact.accountID, payload: payload.text, at: desk.now())
    }

    /// A conversation is no more: merged into another, or deleted.
    func gone(_ conversation: Conversation, into base: Conversation?) throws {
        let payload = JSON.object([("id", .integer(conversation.displayID)), ("into", JSON(base?.displayID))])
        try tx.append(.conversationGone, account: conversation.accountID, payload: payload.text, at: desk.now())
    }

    /// A mail came to the mail desk or left it.
    func mail(_ mail: StoredMail) throws {
        let payload = JSON.object([
            ("mail", .mailRow(try tx.view(of: mail))), ("counts", .mailDeskCounts(try tx.mailDeskCounts(of: mail.accountID))),
        ])
        try tx.append(.mailUpdated, account: mail.accountID, payload: payload.text, at: desk.now())
    }

    /// The contact's streams must show their tokens again.
    func sessionsRevoked(in conversation: Conversation) throws {
        try tx.append(
            .sessionsRevoked, account: conversation.accountID, inbox: conversation.inboxID, contact: conversation.contactID, payload: "{}",
            at: desk.now())
    }

    /// Who works here has changed: `agentUpdated` or `agentRemoved`.
    func agent(_ name: EventName, _ agent: Agent) throws {
        try tx.append(name, account: agent.accountID, payload: JSON.object([("id", .integer(agent.id.value))]).text, at: desk.now())
    }

    /// Who is there: contacts and agents by number, `online`, `busy` or `offline`.
    func presence(account: ID<Account>, contacts: [(ID<Contact>, String)], agents: [(ID<Agent>, String)]) throws {
        let payload = JSON.object([
            ("contacts", .object(contacts.map { (String($0.0.value), .string($0.1)) })),
            ("users", .object(agents.map { (String($0.0.value), .string($0.1)) })),
        ])
        try tx.append(.presenceUpdate, account: account, payload: payload.text, at: desk.now())
    }

    private func summary(_ conversation: Conversation) -> JSON {
        .object([
            ("id", .integer(conversation.displayID)), ("status", .string(conversation.status.rawValue)),
            ("assignee_id", JSON(conversation.assigneeID?.value)), ("unread_count", .integer(Int64(conversation.unreadCount))),
            ("last_activity_at", .integer(conversation.lastActivityAt.seconds)), ("mode", .string(conversation.mode.rawValue)),
            ("contact_inbox", .object([("source_id", .null)])),
        ])
    }
}

extension Desk {
    func journal(_ tx: any Connection) -> Journal { Journal(desk: self, tx: tx) }

    public var attachmentLinks: AttachmentLinks { AttachmentLinks(publicURL: options.publicURL, secrets: secrets) }
}
