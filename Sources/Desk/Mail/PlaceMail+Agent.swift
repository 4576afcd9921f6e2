import Continuity
import Conversations
import Store

extension PlaceMail {
    /// A mail to an agent's own reply address (behaviour §9). It is the agent's word to the customer, or to colleagues where it begins with
    /// `#note` or answers a mention, only if all of this holds:
    /// - it comes from that agent's own address,
    /// - to the reply address that only a mail to that address carried,
    /// - and names the Message-ID of that very mail,
    /// - and a person wrote it, and the sender's domain does not say that the mail is not from it.
    ///
    /// The second and the third are secrets of the agent's mailbox: whoever forges the first alone has neither. Everything else to such an
    /// address is held: a notification that was forwarded, a token that became known.
    mutating func answerOfAgent(_ owner: ID<Agent>, in found: Conversation) throws {
        mail.conversationID = found.id
        guard read.mailKind == .human else {
            return try end(.recorded, "\(read.kindReason) It came from an agent's mailbox and changes nothing.")
        }
        var conversation = found
        let from = read.mail.from?.key ?? ""
        let answered = try answeredNotifications(to: from, in: found)
        guard let agent = try tx.agent(owner), agent.accountID == mail.accountID, agent.email == from, !mail.dmarcResult.fails,
            !answered.isEmpty
        else {
            mail.standing = SenderStanding.stranger.rawValue
            try addMessage(to: &conversation, senderID: nil, held: true, visible: false)
            return try end(.held, "It came to an agent's own reply address, but not from that agent's mailbox as an answer to our mail.")
        }
        mail.standing = SenderStanding.agent.rawValue
        try write(from: agent, in: &conversation, "\(agent.name) answered a notification from their own mailbox.")
    }

    /// What an agent wrote by mail: for the customer, or a note where it says so or answers a mention (behaviour §9).
    mutating func write(from agent: Agent, in conversation: inout Conversation, _ reason: String) throws {
        let (words, isMarked) = Self.withoutNoteMark(read.reply.isEmpty ? read.mail.text : read.reply)
        guard words.contains(where: { !$0.isWhitespace }) || !read.mail.attachments.isEmpty else {
            return try end(.recorded, "An agent's answer without a word: nothing was sent.")
        }
        let isNote = try isMarked || answeredNotifications(to: agent.email, in: conversation).contains { $0.purpose == .mention }
        try addMessage(words, of: agent, isNote: isNote, to: &conversation)
        try end(.threaded, isNote ? "\(reason) It is a note for colleagues." : reason)
    }

    /// The mail becomes an agent's message. A customer who had it in To or Cc has it already, and is not mailed it again.
    private mutating func addMessage(_ words: String, of agent: Agent, isNote: Bool, to conversation: inout Conversation) throws {
        var draft = MessageDraft(.outgoing, content: words.withoutTokens)
        draft.isPrivate = isNote
        draft.channel = isNote ? .chat : .email
        (draft.senderKind, draft.senderID) = (.agent, agent.id.value)
        draft.inboundMailID = mail.id
        draft.files = files
        let had = Set((read.mail.to + read.mail.cc).map(\.key))
        if try tx.addresses(of: conversation.contactID).contains(where: { had.contains($0.address) }) { draft.choice = .chatOnly }
        mail.outcome = .threaded
        try tx.updateMail(mail)
        let before = conversation
        // Whoever answers has read.
        conversation.agentLastSeenAt = desk.now()
        conversation.unreadCount = 0
        try tx.updateConversation(conversation, from: before)
        mail.deskMessageID = try desk.write(draft, in: &conversation, tx).id
    }

    private func answeredNotifications(to address: String, in conversation: Conversation) throws -> [OutboxMail] {
        try tx.outboxMails(withMessageIDs: answeredIDs, in: conversation.id).filter { $0.purpose.isForAgents && $0.toAddress == address }
    }

    /// `#note` at the beginning of the first line makes it private.
    static func withoutNoteMark(_ text: String) -> (words: String, isNote: Bool) {
        let start = text.drop { $0.isWhitespace }
        guard start.prefix(5).lowercased() == "#note" else { return (text, false) }
        let rest = start.dropFirst(5)
        guard rest.first.map({ $0.isWhitespace || ":".contains($0) }) ?? true else { return (text, false) }
        return (String(rest.drop { $0.isWhitespace || $0 == ":" }), true)
    }
}
