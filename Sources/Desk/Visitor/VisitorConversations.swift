import Continuity
import Conversations
import Store

extension Desk {
    /// The message that this session has already sent under this name.
    func posted(_ echoID: String?, by visitor: Visitor, _ tx: any Connection) throws -> (Conversation, Message)? {
        guard let echoID else { return nil }
        for conversation in try conversations(of: visitor, tx) {
            if let message = try tx.message(echoID: echoID, in: conversation.id) { return (conversation, message) }
        }
        return nil
    }

    /// A new conversation; its subject comes from the customer's first words (behaviour §4).
    /// - Parameter earlier: the one that it follows, where the inbox wants a new one after so long.
    func begin(
        _ draft: VisitorDraft, by visitor: Visitor, contact: Contact, following earlier: Conversation? = nil, _ tx: any Connection
    ) throws -> Conversation {
        let now = now()
        let referer = cleaned(draft.refererURL).map { [("referer", JSON.string($0))] } ?? []
        let conversation = try tx.createConversation(
            Conversation(
                id: ID(0), accountID: visitor.inbox.accountID, displayID: 0, uuid: randomUUID(), inboxID: visitor.inbox.id,
                contactID: visitor.contactID, sessionID: visitor.session.id, status: .open, priority: nil, assigneeID: nil, teamID: nil,
                snoozedUntil: nil,
                subject: ConversationSubject.fromFirstWords(draft.content ?? "", fallback: "Your message to \(visitor.inbox.name)"),
                mode: .chat, muted: false, loopStopped: false, contactLastSeenAt: now, agentLastSeenAt: nil, agentTypingAt: nil,
                visitorTypingAt: nil, waitingSince: nil, firstReplyAt: nil, lastMailAt: nil, unprovenMails: 0, unreadCount: 0, labels: [],
                additionalAttributes: JSON.object(referer).text,
                customAttributes: try draft.customAttributes.map { try JSONObjects.checked($0.text) } ?? "{}", lastActivityAt: now,
                createdAt: now,
                updatedAt: now), linkedTo: earlier?.id)
        try journal(tx).conversation(.conversationCreated, conversation)
        try tellOfNew(conversation, tx)
        let known = Set(try tx.labels(in: visitor.inbox.accountID).map(\.title))
        let labels = draft.labels.filter(known.contains)
        if !labels.isEmpty { try tx.setLabels(labels, of: conversation) }
        return try tx.conversation(conversation.id) ?? conversation
    }

    /// A customer's word opens what was resolved or snoozed, and brings the conversation back to chat.
    /// - Parameter thanks: it is a thank-you alone, which opens nothing.
    func reopen(_ conversation: inout Conversation, for contact: Contact, thanks: Bool, _ tx: any Connection) throws {
        if !thanks, conversation.status == .resolved || conversation.status == .snoozed {
            try setStatus(.open, because: .wroteAgain(contact.name), of: &conversation, tx)
        }
        guard conversation.mode != .chat || conversation.visitorTypingAt != nil else { return }
        let before = conversation
        conversation.mode = .chat
        conversation.visitorTypingAt = nil
        try tx.updateConversation(conversation, from: before)
    }

    func incoming(_ draft: VisitorDraft, from contact: ID<Contact>, thanks: Bool) -> MessageDraft {
        var message = MessageDraft(.incoming, content: draft.content?.replacing("\0", with: ""))
        message.senderKind = .contact
        message.senderID = contact.value
        message.echoID = draft.echoID
        message.files = draft.files
        message.isGratitude = thanks
        if thanks { message.contentAttributes = #"{"gratitude":true}"# }
        return message
    }

    /// After the first message: the inbox's greeting, and the question for an address where there is none and mail can follow.
    func greet(_ conversation: inout Conversation, of visitor: Visitor, contact: Contact, _ tx: any Connection) throws {
        let settings = Dictionary(InboxSettings.values(of: visitor.inbox), uniquingKeysWith: { $1 })
        if settings["greeting_enabled"]?.isTrue == true, let words = settings["greeting_message"]?.stringValue, !words.isEmpty {
            let address = try promise(to: contact, in: conversation, inbox: visitor.inbox, tx).address
            let filled = TwoVersions.filled(words, email: address?.masked, company: company(of: visitor.inbox))
            if !filled.isEmpty { _ = try write(MessageDraft(.template, content: filled), in: &conversation, tx) }
        }
        let asks = try settings["enable_email_collect"]?.isTrue != false && mailProof(of: visitor.inbox, tx) == .given
        guard asks, contact.email == nil else { return }
        var question = MessageDraft(.template, content: "Where can we reach you if you leave?")
        question.contentType = "input_email"
        _ = try write(question, in: &conversation, tx)
    }

    /// What a visitor gets back for a message.
    func answer(
        _ conversation: Conversation, _ message: Message, _ contact: Contact, _ tx: any Connection
    ) throws -> (thread: VisitorThread, message: MessageView) {
        let number = conversation.displayID
        let messages = try tx.messages(in: conversation.id, visitorOnly: true, limit: ShowVisitorThread.page)
        return (
            VisitorThread(conversation: conversation, contact: contact, messages: try tx.views(of: messages) { _ in number }),
            try tx.view(of: message, in: conversation)
        )
    }
}

extension JSON {
    var isTrue: Bool {
        guard case .bool(true) = self else { return false }
        return true
    }
}
