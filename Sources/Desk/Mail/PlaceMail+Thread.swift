import Continuity
import Conversations
import Store

extension PlaceMail {
    /// The conversation is found; now whose mail is it? Two questions, two answers (behaviour §5.2).
    mutating func thread(into found: Conversation) throws {
        guard let contact = try tx.contact(found.contactID) else { return try end(.failed, "The conversation's contact is gone.") }
        let from = read.mail.from?.key ?? ""
        let remembered = try tx.participant(from, in: found.id)
        switch remembered?.standing {
        case .separate: return try begin(linkedTo: found.id, nil, .senderNotInConversation)
        case .discarded where isReleased: break
        case .discarded: return try end(.quarantined, "An agent chose to keep this sender out of the conversation.")
        case .participant, nil: break
        }
        if contact.blocked && !isReleased { return try end(.quarantined, "This contact is blocked.") }

        let answers = try answersMail(to: contact, in: found)
        let verdict = judgeSender(
            from: from, known: try known(contact: contact, participant: remembered?.address), dmarc: .notChecked,
            addressState: try state(of: from, contact), answersMailToContact: answers, kind: kind)
        mail.standing = verdict.standing.rawValue
        mail.conversationID = found.id
        if verdict.handling == .quarantine && !isReleased { return try end(.quarantined, verdict.reason) }
        if kind != .human { return try recordAutomatic(in: found, verdict.reason) }

        var conversation = found
        switch verdict.handling {
        case .hold, .quarantine:
            try addMessage(to: &conversation, senderID: nil, held: true, visible: false)
            try end(.held, verdict.reason)
        case .accept:
            if verdict.standing == .contact {
                try welcomeBack(contact, answered: answers, proves: verdict.provesAddress, in: &conversation)
            }
            try reopen(&conversation, by: contact)
            let sender = verdict.standing == .contact ? contact.id : try contactOfParticipant(remembered)
            try addMessage(to: &conversation, senderID: sender.value, held: false, visible: verdict.visibleToVisitor)
            try end(.threaded, verdict.reason)
        }
    }

    /// Whether the mail names an id that only a mail to the contact's address carried.
    private func answersMail(to contact: Contact, in conversation: Conversation) throws -> Bool {
        let from = read.mail.from?.key ?? ""
        for id in answeredIDs {
            let known = try tx.known(mailID: id, in: mail.accountID)
            if known.contains(where: { $0.isOurs && $0.conversationID == conversation.id && $0.toAddress == from }) { return true }
        }
        return false
    }

    /// What is known of the very address that this mail came from.
    private func state(of address: String, _ contact: Contact) throws -> AddressState? {
        try tx.addresses(of: contact.id).first { $0.address == address }?.state ?? contact.emailState
    }

    func known(contact: Contact?, participant: String? = nil) throws -> KnownAddresses {
        let inboxes = try tx.inboxes(of: mail.accountID)
        let addresses = try contact.map { try tx.addresses(of: $0.id).map(\.address) } ?? []
        return KnownAddresses(
            contact: Set(addresses), participants: Set([participant].compactMap { $0 }),
            agents: Set(try tx.agents(of: mail.accountID).map(\.email)),
            own: Set(inboxes.compactMap(\.address) + [desk.options.mailFrom].compactMap { $0 }),
            ownDomains: Set(inboxes.compactMap(\.replyDomain) + [desk.options.replyDomain].compactMap { $0 }))
    }

    /// The customer wrote by mail: mail mode, an answered mail, perhaps a proven address.
    private func welcomeBack(_ contact: Contact, answered: Bool, proves: Bool, in conversation: inout Conversation) throws {
        var contact = contact
        let now = desk.now()
        if proves, let from = read.mail.from?.key {
            if contact.email == from { contact.emailState = .proven }
            try tx.addAddress(from, state: .proven, to: contact, at: now)
        }
        contact.lastActivityAt = now
        try tx.updateContact(contact, at: now)
        if proves { try desk.journal(tx).contact(.contactUpdated, contact) }

        let before = conversation
        conversation.mode = .email
        if answered { conversation.unprovenMails = 0 }
        try tx.updateConversation(conversation, from: before)
        if answered { try markAnswered(in: conversation) }
    }

    /// The mails whose own id this answer names have arrived, whatever the relay said of them; so has what was mailed before. Nothing is
    /// known of others: a mail that is uncertain or waits for its next try stays so.
    private func markAnswered(in conversation: Conversation) throws {
        var arrived = try tx.outgoing(in: conversation.id, states: [.emailed], limit: 50)
        for var mail in try tx.outboxMails(withMessageIDs: answeredIDs, in: conversation.id) {
            arrived += try tx.messages(inOutboxMail: mail.id).filter { $0.delivery?.name != .emailed }
            if mail.state == .uncertain || mail.state == .deferred || mail.state == .dataSent {
                mail.state = .sent
                mail.reason = nil
                try tx.updateOutboxMail(mail)
                try tx.dequeue(.outbox, mail.id.value)
            }
        }
        for var message in arrived where message.delivery?.name != .answered {
            message.delivery = DeliveryState(.answered, at: desk.now(), to: message.delivery?.to)
            message.updatedAt = desk.now()
            try tx.updateMessage(message)
            try desk.journal(tx).delivery(of: message, in: conversation)
        }
    }

    /// A human answer reopens (behaviour §6).
    private func reopen(_ conversation: inout Conversation, by contact: Contact) throws {
        guard conversation.status == .resolved || conversation.status == .snoozed else { return }
        try desk.setStatus(.open, because: "Reopened by an email from \(contact.name)", of: &conversation, tx)
    }

    /// A participant's messages bear their own name.
    private func contactOfParticipant(_ participant: Participant?) throws -> ID<Contact> {
        if let id = participant?.contactID { return id }
        let contact = try contactOfSender()
        if var participant, let conversation = mail.conversationID {
            participant.contactID = contact.id
            try tx.remember(participant, in: conversation, at: desk.now())
        }
        return contact.id
    }

    /// Writes the mail's new text and files as a message.
    mutating func addMessage(to conversation: inout Conversation, senderID: Int64?, held: Bool, visible: Bool, automatic: Bool = false)
        throws
    {
        var draft = MessageDraft(.incoming, content: (read.reply.isEmpty ? read.mail.text : read.reply).withoutTokens)
        draft.channel = .email
        draft.contentType = "incoming_email"
        draft.contentAttributes = contentAttributes(automatic: automatic)
        draft.senderKind = senderID == nil ? nil : .contact
        draft.senderID = senderID
        draft.sourceID = mail.messageID
        draft.isHeld = held
        draft.isAutomatic = automatic
        draft.visibleToVisitor = visible
        draft.inboundMailID = mail.id
        draft.files = read.mail.attachments.map {
            IncomingFile(
                filename: $0.filename ?? "file", contentType: $0.contentType, bytes: [UInt8]($0.bytes), isInline: $0.inline,
                contentID: $0.contentID)
        }
        mail.conversationID = conversation.id
        // The event shows where the mail ended, so that is written first.
        mail.outcome = held ? .held : automatic ? .recorded : .threaded
        mail.htmlShape = read.html?.shape
        if let html = read.html?.html { try tx.keepHTML(html, of: mail.id) }
        try tx.updateMail(mail)
        let known = try tx.isKnownMessageID(mail.messageID ?? "", besides: mail)
        let message = try desk.write(draft, in: &conversation, tx)
        mail.deskMessageID = message.id
        if !held, let id = mail.messageID, !known {
            try tx.rememberMailID(id, account: mail.accountID, conversation: conversation.id, message: message.id, ours: false, to: nil)
        }
        if !held && !automatic { try desk.reconsiderMail(of: conversation, tx) }
    }

    private func contentAttributes(automatic: Bool) -> String {
        let parsed = read.mail
        func list(_ addresses: [String]) -> JSON { .array(addresses.prefix(100).map { .string($0.withoutTokens) }) }
        var email: [(String, JSON)] = [
            ("subject", JSON(parsed.subject)), ("from", list([parsed.from?.address].compactMap { $0 })),
            ("to", list(parsed.to.map(\.address))), ("cc", list(parsed.cc.map(\.address))), ("message_id", JSON(mail.messageID)),
            ("in_reply_to", JSON(parsed.inReplyTo.first)), ("references", list(parsed.references.suffix(20).map { $0 })),
            ("date", JSON(parsed.date?.ISO8601Format())), ("number_of_attachments", .integer(Int64(parsed.attachments.count))),
            ("content_type", JSON(parsed.header(named: "Content-Type").map { String($0.prefix(200)) })),
            (
                "text_content",
                .object([
                    ("reply", .string(read.reply.withoutTokens)), ("quoted", .string(String(read.quoted.prefix(100_000)).withoutTokens)),
                ])
            ),
        ]
        if automatic { email.append(("auto_reply", .bool(true))) }
        return JSON.object([("email", .object(email)), ("automatic", automatic ? .string(read.kind) : .null)]).text
    }
}
