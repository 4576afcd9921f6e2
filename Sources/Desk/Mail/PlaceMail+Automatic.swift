import Continuity
import Conversations
import MailFormat
import Store

extension PlaceMail {
    /// A mail to the bounce address of one of our mails. Without that token a bounce changes nothing: it may be forged (behaviour §5.3).
    /// - Returns: whether this was the mail's end.
    mutating func recordBounce() throws -> Bool {
        let tokens = MailEvidence.bounceTokens(facts)
        guard
            let sent = try tokens.lazy.compactMap({ try tx.outboxMail(bounceHash: Secrets.hash($0)) }).first(where: {
                $0.accountID == mail.accountID
            })
        else {
            guard read.mailKind == .bounce else { return false }
            try end(.recorded, "A bounce without the token of one of our mails. It changes nothing.")
            return true
        }
        mail.conversationID = sent.conversationID
        mail.evidence = "bounce_token"
        mail.evidenceDetail = "It came to the return address of one mail of ours."
        guard read.mailKind == .bounce else {
            // A person who answers to the return address of our mail: no bounce, and no evidence that puts it into the conversation.
            if read.mailKind == .human {
                returnedTo = sent.conversationID
                return false
            }
            guard let conversation = try tx.conversation(sent.conversationID) else { return false }
            try arrived(sent, in: conversation)
            try recordAutomatic(in: conversation, read.kindReason)
            return true
        }
        try bounce(sent)
        return true
    }

    private mutating func bounce(_ sent: OutboxMail) throws {
        guard let conversation = try tx.conversation(sent.conversationID) else { return try end(.recorded, "The conversation is gone.") }
        if try isAboutAnotherMail(than: sent) {
            let words = "It came to the return address of one mail and reports another: it may be forged and changes nothing."
            return try end(.recorded, words)
        }
        let recipient = read.mail.report?.recipients.first { $0.action?.lowercased() == "failed" } ?? read.mail.report?.recipients.first
        let words = String((recipient?.diagnostic ?? recipient?.status ?? read.mail.subject ?? "the mail came back").prefix(500))
        guard recipient?.action?.lowercased() != "delayed" else {
            // Some server has it and goes on trying: not lost, and not to be sent again.
            try arrived(sent, in: conversation)
            return try end(.recorded, "The mail is delayed and still on its way: \(words)")
        }
        // The class of the status (RFC 3463 §2) tells; a report without one is about a mail that nobody tries any more.
        let permanent = !(recipient?.status ?? "5").hasPrefix("4")
        var outbox = sent
        try tx.settle(&outbox, as: .bounced, words)
        var wasAnswered = false
        for var message in try tx.messages(inOutboxMail: sent.id) {
            let state = DeliveryState(.bounced, at: desk.now(), to: sent.toAddress, reason: words)
            if try !desk.setDelivery(state, of: &message, in: conversation, tx) { wasAnswered = true }
        }
        try desk.copyFailed(sent, words, tx)
        // Whoever has answered the mail can be reached, whatever some server on a second way says.
        if permanent, !wasAnswered, var contact = try tx.contact(conversation.contactID), contact.email == sent.toAddress,
            contact.emailState != .unreachable
        {
            contact.emailState = .unreachable
            try tx.updateContact(contact, at: desk.now())
            try desk.journal(tx).contact(.contactUpdated, contact)
        }
        try end(.recorded, permanent ? "Our mail came back for good: \(words)" : "Our mail came back for now: \(words)")
        try desk.reconsiderMail(of: conversation, tx)
        try brake(conversation)
    }

    /// Whether the report names another of our mails than the one whose return address it came to. Relays may write Message-IDs anew, so an
    /// id that is none of ours says nothing.
    private func isAboutAnotherMail(than sent: OutboxMail) throws -> Bool {
        guard let id = read.mail.report?.originalMessageID, id != sent.messageID else { return false }
        return try tx.known(mailID: id, in: mail.accountID).contains { $0.isOurs }
    }

    /// What came to the return address proves that the relay had taken the mail: it is no longer uncertain.
    private func arrived(_ sent: OutboxMail, in conversation: Conversation) throws {
        guard sent.state == .uncertain || sent.state == .dataSent else { return }
        var outbox = sent
        try desk.settleAsArrived(&outbox, tx)
        for var message in try tx.messages(inOutboxMail: sent.id) {
            let state = DeliveryState(.emailed, at: desk.now(), to: sent.toAddress)
            try desk.setDelivery(state, of: &message, in: conversation, tx)
        }
    }

    /// Automatic mail stands in the thread for agents, folded; it reopens nothing and causes no mail. Too many stop the loop.
    mutating func recordAutomatic(in found: Conversation, _ reason: String) throws {
        var conversation = found
        try addMessage(to: &conversation, senderID: nil, held: false, visible: false, automatic: true)
        try end(.recorded, "\(read.kindReason) It is recorded and changes nothing.")
        try brake(conversation)
    }

    /// Too many automatic mails in a short time are a loop: nothing more leaves until an agent resumes (behaviour §5.3).
    private func brake(_ found: Conversation) throws {
        guard var conversation = try tx.conversation(found.id), !conversation.loopStopped else { return }
        let arrivals = try tx.automaticMails(in: conversation.id, since: desk.now() - .seconds(600))
        if stopsAsLoop(automaticMailsAt: arrivals, now: desk.now()) { try desk.stopLoop(of: &conversation, tx) }
    }
}
