import Continuity
import Conversations
import Store

extension PlaceMail {
    /// No conversation is this mail's, so it begins one: in the inbox of its address, or of the conversation that it once belonged to.
    mutating func begin(linkedTo linked: ID<Conversation>?, _ evidence: EvidenceCandidate?, _ reason: ConversationChoice.NewReason) throws {
        mail.evidence = evidence?.kind.rawValue ?? "address"
        guard let inbox = try inbox(linkedTo: linked) else {
            return try end(.failed, "None of its recipients is an inbox any more.")
        }
        mail.evidenceDetail = evidence?.sentence ?? "It was sent to \(inbox.address ?? inbox.name) and names no mail of ours."
        if kind != .human { return try end(.recorded, "\(read.kindReason) Automatic mail begins no conversation.") }
        let known = try known(contact: nil)
        if known.isOwn(read.mail.from?.key ?? ""), !isReleased {
            mail.standing = SenderStanding.ownAddress.rawValue
            return try end(.quarantined, "It comes from one of our own addresses: a loop.")
        }
        if mail.dmarcResult == .failReject, !isReleased {
            return try end(
                .quarantined, "The sender's domain says that this mail is not from it and asks to reject such mail (DMARC).")
        }
        let contact = try contactOfSender()
        if contact.blocked && !isReleased { return try end(.quarantined, "This contact is blocked.") }
        mail.standing = SenderStanding.contact.rawValue

        if linked == nil, inbox.lockToSingleConversation,
            let open = try tx.conversations(of: contact.id, inbox: inbox.id, limit: 5).first(where: { $0.status != .resolved })
        {
            mail.evidence = "open_conversation"
            mail.evidenceDetail = "This inbox keeps one open conversation for each customer."
            return try thread(into: open)
        }
        let old = try linked.flatMap { try tx.conversation($0) }
        var conversation = try tx.createConversation(draft(inbox: inbox, contact: contact), linkedTo: old?.id)
        try desk.journal(tx).conversation(.conversationCreated, conversation)
        try desk.tellOfNew(conversation, tx)
        try rememberCopied(in: conversation, try self.known(contact: contact))
        try addMessage(to: &conversation, senderID: contact.id.value, held: false, visible: false)
        if let number = try old?.displayID ?? linked.flatMap({ try tx.deletedConversation($0)?.displayID }) {
            try desk.writeActivity(because(reason, number, isGone: old == nil), in: &conversation, tx)
        }
        try end(.newConversation, linked == nil ? "A first mail to this inbox." : "It belongs with an older conversation, but not into it.")
    }

    private func because(_ reason: ConversationChoice.NewReason, _ old: Int64, isGone: Bool) -> ActivityLine {
        if isGone { return .linkedDeleted(old) }
        return switch reason {
        case .retiredToken: .linkedRetired(old)
        case .senderNotInConversation: .linkedStranger(old)
        case .noEvidence, .followUp: .linked(with: old)
        }
    }

    private func inbox(linkedTo linked: ID<Conversation>?) throws -> Inbox? {
        if let inbox = try tx.inboxFetched(mail.id) { return inbox }
        let routes = RouteRecipient(desk: desk)
        for recipient in mail.recipients {
            if let inbox = try routes.inbox(for: recipient, tx), inbox.accountID == mail.accountID { return inbox }
        }
        guard let linked else { return nil }
        return try (tx.conversation(linked)?.inboxID ?? tx.deletedConversation(linked)?.inboxID).flatMap { try tx.inbox($0) }
    }

    /// Whoever owns the address; a new contact, whose address is only claimed, where nobody does.
    func contactOfSender() throws -> Contact {
        let address = read.mail.from?.key ?? ""
        if !address.isEmpty, let contact = try tx.contact(owning: address, in: mail.accountID) { return contact }
        let localPart = address.split(separator: "@").first.map(String.init) ?? "Unknown sender"
        let name = read.mail.from?.name.flatMap { $0.isEmpty ? nil : $0 } ?? localPart
        let contact = try tx.createContact(
            Contact(
                id: ID(0), accountID: mail.accountID, name: String(name.prefix(200)), email: address.isEmpty ? nil : address,
                emailState: address.isEmpty ? nil : addressState(ofNewSenderWith: mail.dmarcResult), phoneNumber: nil, identifier: nil,
                blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: desk.now(), createdAt: desk.now()))
        try desk.journal(tx).contact(.contactCreated, contact)
        return contact
    }

    private func draft(inbox: Inbox, contact: Contact) -> Conversation {
        let now = desk.now()
        let subject = ConversationSubject.base(read.mail.subject ?? "")
        return Conversation(
            id: ID(0), accountID: mail.accountID, displayID: 0, uuid: desk.randomUUID(), inboxID: inbox.id, contactID: contact.id,
            sessionID: nil, status: .open, priority: nil, assigneeID: nil, teamID: nil, snoozedUntil: nil,
            subject: subject.isEmpty
                ? ConversationSubject.fromFirstWords(read.reply, fallback: "(no subject)") : String(subject.prefix(300)),
            mode: .email, muted: false, loopStopped: false, contactLastSeenAt: nil, agentLastSeenAt: nil, agentTypingAt: nil,
            visitorTypingAt: nil, waitingSince: now, firstReplyAt: nil, lastMailAt: nil, unprovenMails: 0, unreadCount: 0, labels: [],
            additionalAttributes: "{\"source\":\"email\"}", customAttributes: "{}", lastActivityAt: now, createdAt: now, updatedAt: now)
    }
}
