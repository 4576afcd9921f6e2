import Continuity
import Conversations
import Foundation
import MailFormat
import Store

/// Writes the mail that tells an agent what a customer said, or that a colleague called them in a note. Its reply address is that agent's own for this conversation: 128 bits that only
/// this agent's mailbox was given.
struct ComposeNotification {
    /// Bytes of one message's text.
    static let longest = 20_000

    let desk: Desk
    let tx: any Connection
    let conversation: Conversation
    let contact: Contact
    let inbox: Inbox

    /// What a customer wrote and nobody opened.
    func unopened(_ messages: [Message], to agent: Agent) throws -> ConversationMail.Composed {
        let customer = contact.name.isEmpty ? contact.email ?? "A visitor" : contact.name
        return try compose(
            said(messages), by: customer, lead: "\(customer) wrote:",
            answer: "Answer this mail, and your text goes to the customer.\nBegin it with #note, and only colleagues see it.",
            .notification,
            to: agent)
    }

    /// A note in which a colleague called this agent by name.
    func mention(_ note: Message, by colleague: Agent, of agent: Agent) throws -> ConversationMail.Composed {
        try compose(
            said([note]), by: colleague.name, lead: "\(colleague.name) mentioned you in a private note:",
            answer: "Answer this mail, and your text becomes a private note too: the customer never sees it.", .mention, to: agent)
    }

    private func compose(
        _ said: String, by author: String, lead: String, answer: String, _ purpose: OutboxMail.Purpose, to agent: Agent
    ) throws -> ConversationMail.Composed {
        guard let from = desk.senderAddress(of: inbox), let returns = desk.returnAddresses(of: inbox) else {
            throw DeskError.invalid(
                "Mail of the inbox “\(inbox.name)” has no address yet. Set its address and reply domain, or connect its mailbox.")
        }
        let bounceToken = desk.randomHex(16)
        let thread = "agents.\(conversation.uuid)@\(returns.domain)"
        let outgoing = OutgoingMail(
            from: MailAddress(name: "\(author) in \(inbox.name)", address: from),
            to: [MailAddress(name: agent.name, address: agent.email)],
            subject: "[#\(conversation.displayID)] \(conversation.subject)", date: desk.now().date,
            messageID: "\(desk.randomHex(16))@\(returns.domain)", text: text(said, lead: lead, answer: answer),
            replyTo: [MailAddress(name: inbox.name, address: returns.reply(try token(of: agent)))], inReplyTo: [thread],
            references: [thread],
            headers: [
                MailHeader(name: "Auto-Submitted", value: "auto-generated"), MailHeader(name: "X-Auto-Response-Suppress", value: "All"),
                MailHeader(name: LoopMark.field, value: desk.secrets.installation),
            ])
        var mail = OutboxMail(
            accountID: conversation.accountID, conversationID: conversation.id, inboxID: inbox.id, contactID: contact.id,
            toAddress: agent.email, envelopeSender: returns.bounce(bounceToken), bounceHash: Secrets.hash(bounceToken),
            messageID: outgoing.messageID, subject: outgoing.subject, createdAt: desk.now())
        mail.purpose = purpose
        return ConversationMail.Composed(mail: mail, raw: try MailWriter.write(outgoing))
    }

    private func said(_ messages: [Message]) -> String {
        messages.map { ($0.content ?? "(a file)").withoutTokens.shortened(to: Self.longest) }.joined(separator: "\n\n")
    }

    private func text(_ said: String, lead: String, answer: String) -> String {
        """
        \(lead)

        \(said)

        --------------------------------------------------
        \(answer)
        \(desk.options.publicURL)/app/conversations/\(conversation.displayID)

        """
    }

    /// One token for each conversation and agent, derived again from its nonce.
    private func token(of agent: Agent) throws -> String {
        func derived(_ nonce: String) -> String { desk.secrets.token(.agentReply, "\(conversation.id):\(agent.id):\(nonce)") }
        if let known = try tx.liveReplyToken(conversation: conversation.id, agent: agent.id) { return derived(known.nonce) }
        let nonce = desk.randomHex(16)
        try tx.createReplyToken(
            account: conversation.accountID, conversation: conversation.id, contact: contact.id, agent: agent.id, nonce: nonce,
            hash: Secrets.hash(derived(nonce)), at: desk.now())
        return derived(nonce)
    }
}
