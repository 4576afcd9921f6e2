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
        let known = try known(contact: contact, participant: remembered?.address)
        let verdict = judgeSender(
            from: from, known: known, dmarc: mail.dmarcResult, addressState: try state(of: from, contact, known, in: found),
            answersMailToContact: answers, kind: kind)
        mail.standing = verdict.standing.rawValue
        mail.conversationID = found.id
        if verdict.handling == .quarantine && !isReleased { return try end(.quarantined, verdict.reason) }
        if kind != .human { return try recordAutomatic(in: found, verdict.reason) }

        var conversation = found
        if verdict.standing == .agent, verdict.handling == .accept, let agent = try tx.agent(withEmail: from, in: mail.accountID) {
            return try write(from: agent, in: &conversation, verdict.reason)
        }
        switch verdict.handling {
        case .hold, .quarantine:
            try addMessage(to: &conversation, senderID: nil, held: true, visible: false)
            try end(.held, verdict.reason)
        case .accept:
            let thanks = try desk.isThanksAfterTheEnd(
                read.reply, files: read.mail.attachments.count, of: found, contact: contact, tx)
            if verdict.standing == .contact {
                try welcomeBack(contact, answersOwnMail: answers, proves: verdict.provesAddress, in: &conversation)
            }
            // Welcoming may have joined the contact with another one.
            let contact = try tx.contact(conversation.contactID) ?? contact
            let sender = verdict.standing == .contact ? contact.id : try contactOfParticipant(remembered)
            if !thanks, let inbox = try tx.inbox(found.inboxID), FollowUp.isDue(after: found, in: inbox, now: desk.now()) {
                return try followUp(conversation, contact, sender, inbox, visible: verdict.visibleToVisitor)
            }
            if !thanks { try reopen(&conversation, by: contact) }
            try rememberCopied(in: conversation, known)
            try addMessage(to: &conversation, senderID: sender.value, held: false, visible: verdict.visibleToVisitor, thanks: thanks)
            try end(.threaded, thanks ? "\(verdict.reason) It only says thanks, so the conversation stays as it was." : verdict.reason)
        }
    }

    /// Whether the mail names an id that only a mail to the contact's address carried.
    private func answersMail(to contact: Contact, in conversation: Conversation) throws -> Bool {
        let from = read.mail.from?.key ?? ""
        return try answers { $0.isOurs && $0.conversationID == conversation.id && $0.toAddress == from }
    }

    /// Whether any of the ids that the mail names is such a one.
    private func answers(_ isSuch: (KnownMailID) -> Bool) throws -> Bool {
        try answeredIDs.contains { try tx.known(mailID: $0, in: mail.accountID).contains(where: isSuch) }
    }

    /// What is known of the very address that this mail came from. Somebody who only stood in To or Cc of an earlier mail has proven nothing:
    /// what they write is shown where it answers a mail of this conversation, so that no service can be made to write into a widget.
    private func state(of address: String, _ contact: Contact, _ known: KnownAddresses, in conversation: Conversation) throws
        -> AddressState?
    {
        guard senderStanding(from: address, known: known, dmarc: .notChecked) != .participant else {
            // Any mail of the conversation will do.
            return try answers { $0.conversationID == conversation.id } ? .proven : .claimed
        }
        return try tx.addresses(of: contact.id).first { $0.address == address }?.state ?? contact.emailState
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

    /// The customer wrote by mail: mail mode, answered mails, perhaps a proven address.
    private func welcomeBack(_ contact: Contact, answersOwnMail: Bool, proves: Bool, in conversation: inout Conversation) throws {
        var contact = contact
        let now = desk.now()
        if proves, let from = read.mail.from?.key {
            if contact.email == from { contact.emailState = .proven }
            try tx.addAddress(from, state: .proven, to: contact, at: now)
        }
        contact.lastActivityAt = now
        try tx.updateContact(contact, at: now)
        if proves {
            try desk.journal(tx).contact(.contactUpdated, contact)
            try joinWithWhoeverHas(read.mail.from?.key ?? "", &contact, &conversation)
        }

        let before = conversation
        conversation.mode = .email
        if answersOwnMail { conversation.unprovenMails = 0 }
        try tx.updateConversation(conversation, from: before)
        // A mail that others got too is answered like any, though that proves nobody's address.
        if try answers({ $0.isOurs && $0.conversationID == conversation.id }) { try markAnswered(in: conversation) }
    }

    /// The address is proven now, and somebody else has proven it before: they are one person (behaviour §7). The agents see it said.
    private func joinWithWhoeverHas(_ address: String, _ contact: inout Contact, _ conversation: inout Conversation) throws {
        guard let known = try tx.contactWithProven(address, in: contact.accountID, otherThan: contact.id) else { return }
        contact = try desk.join(contact, into: known, tx)
        guard let moved = try tx.conversation(conversation.id) else { return }
        conversation = moved
        try desk.writeActivity(
            .joined(address, with: contact.name.isEmpty ? address : contact.name, number: contact.id.value),
            in: &conversation, tx)
    }

    /// The mails whose own id this answer names have arrived, whatever the relay said of them; so has what was mailed before. Nothing is
    /// known of others: a mail that is uncertain or waits for its next try stays so.
    private func markAnswered(in conversation: Conversation) throws {
        var arrived = try tx.outgoing(in: conversation.id, states: [.emailed], limit: 50)
        // A copy is another's: what the customer has got says nothing about it.
        for var mail in try tx.outboxMails(withMessageIDs: answeredIDs, in: conversation.id) where mail.purpose != .copy {
            arrived += try tx.messages(inOutboxMail: mail.id).filter { $0.delivery?.name != .emailed }
            try desk.settleAsArrived(&mail, tx)
        }
        for var message in arrived {
            let state = DeliveryState(.answered, at: desk.now(), to: message.delivery?.to)
            try desk.setDelivery(state, of: &message, in: conversation, tx)
        }
    }

    /// A human answer reopens (behaviour §6).
    func reopen(_ conversation: inout Conversation, by contact: Contact) throws {
        guard conversation.status == .resolved || conversation.status == .snoozed else { return }
        try desk.setStatus(.open, because: .reopenedByMail(from: contact.name), of: &conversation, tx)
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
}
