import Continuity
import Conversations
import Store

/// An agent begins a conversation with a contact, with or without a first message.
public struct StartConversation: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Request: Sendable {
        /// The contact, by number or by the source id of one of its sessions.
        public var contactID: Int64?
        public var sourceID: String?
        /// Where; may be left out where the source id says it.
        public var inboxID: Int64?
        public var status = Conversation.Status.open
        public var snoozedUntil: Instant?
        public var assigneeID: Int64?
        public var teamID: Int64?
        /// JSON objects.
        public var additionalAttributes = "{}"
        public var customAttributes = "{}"
        public var message: OutgoingDraft?

        public init() {}
    }

    public func run(_ request: Request, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.database.write { tx in
            let session = try request.sourceID.flatMap { try tx.visitorSession(sourceID: $0) }
            guard let inboxID = request.inboxID ?? session?.inboxID.value else {
                throw DeskError.invalid("Say in which inbox: `inbox_id`.", attributes: ["inbox_id"])
            }
            guard let contactID = request.contactID ?? session?.contactID.value else {
                throw DeskError.invalid("Say with whom: `contact_id` or `source_id`.", attributes: ["contact_id"])
            }
            let inbox = try tx.inbox(inboxID, of: agent)
            let contact = try tx.contact(contactID, of: agent)
            if inbox.kind == .email && contact.email == nil {
                throw DeskError.invalid("This contact has no address. Add one, then write.", attributes: ["contact_id"])
            }
            let assignee = try request.assigneeID.map { try tx.colleague($0, of: agent) }
            let team = try request.teamID.map { try tx.team($0, of: agent) }
            let home = try tx.visitorSession(of: contact.id, inbox: inbox.id)
            var conversation = try tx.createConversation(
                desk.newConversation(
                    in: inbox, with: contact, session: inbox.kind == .website ? home?.id : nil, mode: inbox.kind == .email ? .email : .chat,
                    subject: subject(request, inbox), request))
            let before = conversation
            conversation.status = request.status
            conversation.snoozedUntil = request.status == .snoozed ? request.snoozedUntil : nil
            conversation.assigneeID = assignee?.id
            conversation.teamID = team?.id
            try tx.updateConversation(conversation, from: before)
            try desk.journal(tx).conversation(.conversationCreated, conversation)
            if let assignee { try desk.tellAssigned(assignee, conversation, by: agent, tx) }
            if let message = request.message { _ = try desk.send(message, by: agent, in: &conversation, tx) }
            return try desk.view(of: conversation, tx)
        }
    }

    /// The customer's mail is named after it: what the agent says it is about, else the first words.
    private func subject(_ request: Request, _ inbox: Inbox) -> String {
        if let said = (try? JSONObjects.read(request.additionalAttributes))?["mail_subject"]?.stringValue, !said.isEmpty {
            return String(ConversationSubject.base(said).prefix(255))
        }
        return ConversationSubject.fromFirstWords(request.message?.content ?? "", fallback: inbox.name)
    }
}

extension Desk {
    fileprivate func newConversation(
        in inbox: Inbox, with contact: Contact, session: ID<VisitorSession>?, mode: Message.Channel, subject: String,
        _ request: StartConversation.Request
    ) -> Conversation {
        var conversation = emptyConversation(in: inbox, with: contact.id, mode: mode, subject: subject)
        conversation.sessionID = session
        conversation.additionalAttributes = request.additionalAttributes
        conversation.customAttributes = request.customAttributes
        return conversation
    }

    /// A conversation in which nothing has happened yet.
    func emptyConversation(in inbox: Inbox, with contact: ID<Contact>, mode: Message.Channel, subject: String) -> Conversation {
        Conversation(
            id: ID(0), accountID: inbox.accountID, displayID: 0, uuid: randomUUID(), inboxID: inbox.id, contactID: contact,
            sessionID: nil, status: .open, priority: nil, assigneeID: nil, teamID: nil, snoozedUntil: nil, subject: subject, mode: mode,
            muted: false, loopStopped: false, contactLastSeenAt: nil, agentLastSeenAt: nil, agentTypingAt: nil, visitorTypingAt: nil,
            waitingSince: nil, firstReplyAt: nil, lastMailAt: nil, unprovenMails: 0, unreadCount: 0, labels: [],
            additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: now(), createdAt: now(), updatedAt: now())
    }
}
