import Conversations
import Store

/// The mail, its message and where they stand, while the decision is carried out.
struct HeldMail {
    let desk: Desk
    let tx: any Connection
    let agent: Agent
    var conversation: Conversation
    var message: Message
    var mail: StoredMail

    /// Decided is dealt with.
    func leaveDesk() throws {
        try tx.settleMail(mail.id, at: desk.now())
        if let mail = try tx.mail(mail.id) { try desk.journal(tx).mail(mail) }
    }

    var from: String { mail.fromAddress?.lowercased() ?? "" }

    mutating func acceptAsContact() throws {
        guard var contact = try tx.contact(conversation.contactID) else { throw DeskError.notFound("This contact is gone.") }
        // Nothing has vouched for the address but the agent: it is claimed until it answers one of our mails.
        if !from.isEmpty, try !tx.addresses(of: contact.id).contains(where: { $0.address == from }) {
            try tx.addAddress(from, state: .claimed, to: contact, at: desk.now())
            if contact.email == nil || contact.emailState == .unreachable {
                contact.email = from
                contact.emailState = .claimed
            }
        }
        contact.lastActivityAt = desk.now()
        try tx.updateContact(contact, at: desk.now())
        try desk.journal(tx).contact(.contactUpdated, contact)
        try accept(sender: contact, standing: "contact", mode: .email, "\(agent.name) said that it is the customer.")
    }

    mutating func acceptAsParticipant() throws {
        let contact = try contactOfSender()
        try remember(.participant, contact.id)
        try accept(
            sender: contact, standing: "participant", mode: conversation.mode, "\(agent.name) let this sender into the conversation.")
    }

    /// The message becomes a normal one; the visitor may see what an agent has accepted.
    private mutating func accept(sender: Contact, standing: String, mode: Message.Channel, _ reason: String) throws {
        mail.outcome = .threaded
        mail.standing = standing
        mail.reason = reason
        try tx.updateMail(mail)
        if let id = mail.messageID, try !tx.isKnownMessageID(id, besides: mail) {
            try tx.rememberMailID(id, account: mail.accountID, conversation: conversation.id, message: message.id, ours: false, to: nil)
        }
        let before = conversation
        conversation.mode = mode
        conversation.waitingSince = conversation.waitingSince ?? message.createdAt
        conversation.updatedAt = desk.now()
        try tx.updateConversation(conversation, from: before)
        if conversation.status == .resolved || conversation.status == .snoozed {
            try desk.setStatus(.open, because: .reopenedByMail(from: sender.name), of: &conversation, tx)
        }
        message.isHeld = false
        message.visibleToVisitor = true
        (message.senderKind, message.senderID) = (.contact, sender.id.value)
        message.updatedAt = desk.now()
        try tx.updateMessage(message)
        // To the visitor it is new; colleagues replace what they have.
        try desk.journal(tx).message(.messageCreated, message, in: conversation)
        try desk.reconsiderMail(of: conversation, tx)
    }

    /// The mail begins a conversation of its own; where it stood, a line says where it went.
    mutating func moveOut() throws {
        guard let inbox = try tx.inbox(conversation.inboxID) else { throw DeskError.notFound("This inbox is gone.") }
        let contact = try contactOfSender()
        try remember(.separate, contact.id)
        var new = try tx.createConversation(
            desk.emptyConversation(in: inbox, with: contact.id, mode: .email, subject: mail.subject ?? conversation.subject),
            linkedTo: conversation.id)
        try desk.journal(tx).conversation(.conversationCreated, new)
        mail.conversationID = new.id
        mail.outcome = .newConversation
        mail.standing = "contact"
        mail.reason = "\(agent.name) gave it a conversation of its own."
        try tx.updateMail(mail)
        var draft = MessageDraft(.incoming, content: message.content)
        draft.channel = .email
        draft.contentType = message.contentType
        draft.contentAttributes = message.contentAttributes
        (draft.senderKind, draft.senderID) = (.contact, contact.id.value)
        draft.sourceID = message.sourceID
        draft.inboundMailID = mail.id
        draft.files = try files()
        let moved = try desk.write(draft, in: &new, tx)
        mail.deskMessageID = moved.id
        try tx.updateMail(mail)
        if let id = mail.messageID, try !tx.isKnownMessageID(id, besides: mail) {
            try tx.rememberMailID(id, account: mail.accountID, conversation: new.id, message: moved.id, ours: false, to: nil)
        }
        try desk.writeActivity(.takenOut(of: conversation.displayID, by: agent.name), in: &new, tx)
        try leavePlace(.movedOut(to: new.displayID))
    }

    mutating func discard() throws {
        try remember(.discarded, nil)
        mail.outcome = .quarantined
        mail.reason = "\(agent.name) discarded it."
        try tx.updateMail(mail)
        try leavePlace(.discarded(by: agent.name))
    }

    mutating func leavePlace(_ line: ActivityLine) throws {
        let before = conversation
        conversation.unreadCount = max(0, conversation.unreadCount - 1)
        conversation.updatedAt = desk.now()
        try tx.updateConversation(conversation, from: before)
        message.isHeld = false
        try desk.empty(&message, because: line, in: conversation, tx)
        try desk.journal(tx).conversation(.conversationUpdated, conversation)
    }

    func files() throws -> [IncomingFile] {
        try (tx.attachments(of: [message.id])[message.id] ?? []).map { file in
            IncomingFile(
                filename: file.filename, contentType: file.contentType, bytes: try tx.blob(file.sha256) ?? [], isInline: file.isInline,
                contentID: file.contentID)
        }
    }

    private func remember(_ standing: Participant.Standing, _ contact: ID<Contact>?) throws {
        guard !from.isEmpty else { return }
        try tx.remember(
            Participant(address: from, contactID: contact, name: mail.fromName ?? from, standing: standing), in: conversation.id,
            at: desk.now())
    }

    /// Whoever owns the address, else a new contact with it.
    private func contactOfSender() throws -> Contact {
        if !from.isEmpty, let known = try tx.contact(owning: from, in: conversation.accountID) { return known }
        let name = mail.fromName.flatMap { $0.isEmpty ? nil : $0 } ?? from.split(separator: "@").first.map(String.init) ?? "Unknown sender"
        let contact = try tx.createContact(
            Contact(
                id: ID(0), accountID: conversation.accountID, name: String(name.prefix(200)), email: from.isEmpty ? nil : from,
                emailState: from.isEmpty ? nil : .claimed, phoneNumber: nil, identifier: nil, blocked: false, additionalAttributes: "{}",
                customAttributes: "{}", lastActivityAt: desk.now(), createdAt: desk.now()))
        try desk.journal(tx).contact(.contactCreated, contact)
        return contact
    }
}
