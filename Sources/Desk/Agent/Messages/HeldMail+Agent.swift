import Conversations
import Store

extension HeldMail {
    /// A colleague wrote it from their own mailbox: it is their message. Whoever of the customers had it in To or Cc has it already, so it
    /// is not mailed to them again.
    mutating func acceptAsAgent() throws {
        guard let author = try tx.agent(withEmail: from, in: conversation.accountID) else {
            throw DeskError.invalid("This mail names no agent's address.")
        }
        guard let contact = try tx.contact(conversation.contactID) else { throw DeskError.notFound("This contact is gone.") }
        var draft = MessageDraft(.outgoing, content: message.content)
        draft.channel = .email
        draft.contentAttributes = message.contentAttributes
        (draft.senderKind, draft.senderID) = (.agent, author.id.value)
        draft.sourceID = message.sourceID
        draft.inboundMailID = mail.id
        draft.files = try files()
        let had = Set((mail.recipientsSeen ?? "").lowercased().split { "\",[]{}: ".contains($0) }.map(String.init))
        if try tx.addresses(of: contact.id).contains(where: { had.contains($0.address) }) { draft.choice = .chatOnly }
        let accepted = try desk.write(draft, in: &conversation, tx)
        mail.outcome = .threaded
        mail.standing = "agent"
        mail.reason = "\(agent.name) said that \(author.id == agent.id ? "they" : author.name) wrote it."
        mail.deskMessageID = accepted.id
        try tx.updateMail(mail)
        if let id = mail.messageID, try !tx.isKnownMessageID(id, besides: mail) {
            try tx.rememberMailID(id, account: mail.accountID, conversation: conversation.id, message: accepted.id, ours: false, to: nil)
        }
        try leavePlace(.becameMessage(of: author.name))
    }
}
