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
            if read.mailKind == .human { return false }
            guard let conversation = try tx.conversation(sent.conversationID) else { return false }
            try recordAutomatic(in: conversation, read.kindReason)
            return true
        }
        try bounce(sent)
        return true
    }

    private mutating func bounce(_ sent: OutboxMail) throws {
        let recipient = read.mail.report?.recipients.first
        let status = recipient?.status ?? ""
        let words = recipient?.diagnostic ?? recipient?.status ?? read.mail.subject ?? "the mail came back"
        guard recipient?.action?.lowercased() != "delayed" else { return try end(.recorded, "The mail is delayed: \(words)") }
        let permanent = !status.hasPrefix("4")
        let now = desk.now()
        guard let conversation = try tx.conversation(sent.conversationID) else { return try end(.recorded, "The conversation is gone.") }
        var outbox = sent
        outbox.state = .bounced
        outbox.reason = words
        try tx.updateOutboxMail(outbox)
        for var message in try tx.messages(inOutboxMail: sent.id) {
            message.delivery = DeliveryState(.bounced, at: now, to: sent.toAddress, reason: String(words.prefix(500)))
            message.updatedAt = now
            try tx.updateMessage(message)
            try desk.journal(tx).delivery(of: message, in: conversation)
        }
        if permanent, var contact = try tx.contact(conversation.contactID), contact.email == sent.toAddress {
            contact.emailState = .unreachable
            try tx.updateContact(contact, at: now)
            try desk.journal(tx).contact(.contactUpdated, contact)
        }
        try end(.recorded, permanent ? "Our mail came back for good: \(words)" : "Our mail came back for now: \(words)")
        try desk.reconsiderMail(of: conversation, tx)
    }

    /// Automatic mail stands in the thread for agents, folded; it reopens nothing and causes no mail. Too many stop the loop.
    mutating func recordAutomatic(in found: Conversation, _ reason: String) throws {
        var conversation = found
        try addMessage(to: &conversation, senderID: nil, held: false, visible: false, automatic: true)
        try end(.recorded, "\(read.kindReason) It is recorded and changes nothing.")
        let now = desk.now()
        let arrivals = try tx.automaticMails(in: found.id, since: now - .seconds(600))
        if !conversation.loopStopped, stopsAsLoop(automaticMailsAt: arrivals, now: now) {
            let before = conversation
            conversation.loopStopped = true
            try tx.updateConversation(conversation, from: before)
            try desk.writeActivity(
                "Outgoing mail was stopped: too many automatic answers in ten minutes. Resume it when that is mended.", in: &conversation,
                tx)
            try desk.reconsiderMail(of: conversation, tx)
        }
    }
}
