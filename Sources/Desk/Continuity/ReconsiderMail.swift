import Continuity
import Conversations
import Store

extension Desk {
    /// Asks the rules again after anything changed that they look at, in the same transaction: sets the conversation's timer,
    /// takes back mail that must not leave any more, and writes down where every message stands.
    func reconsiderMail(of conversation: Conversation, _ tx: any Connection) throws {
        guard let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID) else { return }
        var conversation = conversation
        let settings = timing(of: inbox)
        try withdrawMail(of: &conversation, contact: contact, inbox: inbox, settings, tx)
        let snapshot = try snapshot(of: conversation, contact: contact, inbox: inbox, tx)
        let now = self.now()
        switch decide(snapshot, settings, now: now) {
        case .wait(let until): try tx.enqueue(.continuity, conversation.id.value, due: until)
        case .email: try tx.enqueue(.continuity, conversation.id.value, due: now)
        case .nothing: try tx.dequeue(.continuity, conversation.id.value)
        }
        try writeDeliveryStates(snapshot, settings, of: conversation, tx)
    }

    /// The contact's address is another one now. How many mails it may still get while nobody has proven it counts for each address alone: a
    /// typing error that was mended does not use them up, and going back to it does not renew them.
    func reconsiderMail(of found: Conversation, withNewAddressOf contact: Contact, _ tx: any Connection) throws {
        var conversation = found
        conversation.unprovenMails = try contact.email.map { try tx.mails(of: found.id, to: $0) } ?? 0
        if conversation != found { try tx.updateConversation(conversation, from: found) }
        try reconsiderMail(of: conversation, tx)
    }

    /// Where each message stands, by the same rules; tells the agents of what changed.
    func writeDeliveryStates(
        _ snapshot: ContinuitySnapshot, _ settings: ContinuitySettings, of conversation: Conversation, _ tx: any Connection
    ) throws {
        let states = deliveryStates(snapshot, settings, now: now())
        guard !states.isEmpty else { return }
        var seenInTime: [Message] = []
        for var message in try tx.messages(states.keys.sorted()) {
            guard let state = states[message.id] else { continue }
            // Nothing stands there where its mail was just taken back.
            if state.name == .seen, message.delivery == nil || message.delivery?.name == .waiting { seenInTime.append(message) }
            try setDelivery(state, of: &message, in: conversation, tx)
        }
        try recordAvoidedMail(of: seenInTime, in: conversation, tx)
    }

    /// A mail that is certainly not out, queued or waiting for its next try, is withdrawn when it is no longer wanted (behaviour §3, "seen in
    /// time"): its messages are decided anew.
    private func withdrawMail(
        of conversation: inout Conversation, contact: Contact, inbox: Inbox, _ settings: ContinuitySettings, _ tx: any Connection
    ) throws {
        // A transcript or a code leaves because somebody asked for it, whatever was seen meanwhile.
        let queued = try tx.mailsNotOut(of: conversation.id).filter { $0.purpose == .conversation }
        guard !queued.isEmpty else { return }
        for var mail in queued {
            let messages = try tx.messages(inOutboxMail: mail.id)
            let snapshot = try snapshot(of: conversation, contact: contact, inbox: inbox, adding: messages, tx)
            guard snapshot.withdraws(queued: messages.map(\.id), to: mail.toAddress, settings) else { continue }
            mail.state = .withdrawn
            mail.reason = "seen or no longer wanted before it left"
            try tx.updateOutboxMail(mail)
            try tx.dequeue(.outbox, mail.id.value)
            try releaseFromMail(messages, tx)
            let before = conversation
            conversation.lastMailAt = nil
            if contact.emailState != .proven { conversation.unprovenMails = max(0, conversation.unprovenMails - 1) }
            try tx.updateConversation(conversation, from: before)
        }
    }

    /// What the rules look at, read in this transaction.
    func snapshot(
        of conversation: Conversation, contact: Contact, inbox: Inbox, adding: [Message] = [], _ tx: any Connection
    ) throws -> ContinuitySnapshot {
        var messages = try tx.openForDelivery(in: conversation.id, limit: 200)
        if let newest = try tx.lastAgentMessage(in: conversation.id), !messages.contains(where: { $0.id == newest.id }) {
            messages.append(newest)
        }
        for message in adding where !messages.contains(where: { $0.id == message.id }) { messages.append(message) }
        messages.sort { $0.id < $1.id }
        var snapshot = ContinuitySnapshot(
            conversation: conversation, contact: contact, inbox: inbox, messages: messages,
            presence: try visitorPresence(of: conversation, tx).forRules, visitorTypedAt: conversation.visitorTypingAt,
            mailConfigured: isMailConfigured(for: inbox))
        for (index, message) in messages.enumerated() { snapshot.messages[index].copies = message.copies }
        return snapshot
    }

    /// Whether mail of this inbox has a From address, and answers to it a way back.
    func isMailConfigured(for inbox: Inbox) -> Bool { senderAddress(of: inbox) != nil && returnAddresses(of: inbox) != nil }

    func senderAddress(of inbox: Inbox) -> String? { inbox.address ?? options.mailFrom }

    func replyDomain(of inbox: Inbox) -> String? { inbox.replyDomain ?? options.replyDomain }

    /// How a conversation can go on, as agents see it.
    func continuityView(of conversation: Conversation, contact: Contact, inbox: Inbox, _ tx: any Connection) throws -> ContinuityView {
        let presence = try visitorPresence(of: conversation, tx)
        let snapshot = ContinuitySnapshot(
            conversation: conversation, contact: contact, inbox: inbox, messages: [], presence: presence.forRules,
            visitorTypedAt: nil, mailConfigured: isMailConfigured(for: inbox))
        return ContinuityView(
            mode: conversation.mode, hasChat: inbox.kind == .website, address: contact.email, addressState: contact.emailState,
            hindrance: snapshot.obstacle(timing(of: inbox)), presence: presence.view, presenceAt: presence.changedAt)
    }
}
