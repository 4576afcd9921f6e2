import Continuity
import Conversations
import MailFormat
import Store

extension PlaceMail {
    /// People of one mail that are remembered, at most.
    private static let mostCopied = 20

    /// Whoever the customer's mail also went to may answer it: they are remembered as participants of the thread. That makes nobody a
    /// recipient: what we send goes to the contact alone (behaviour §5.2). What an agent decided about somebody stands.
    func rememberCopied(in conversation: Conversation, _ known: KnownAddresses) throws {
        let sender = read.mail.from?.key
        for person in (read.mail.to + read.mail.cc).prefix(Self.mostCopied) {
            let address = person.key
            guard !address.isEmpty, address != sender, !known.isOwn(address), !known.contact.contains(address),
                !known.agents.contains(address), try RouteRecipient(desk: desk).account(for: address, tx) == nil
            else { continue }
            try tx.rememberIfNew(
                Participant(address: address, contactID: nil, name: String((person.name ?? address).prefix(200)), standing: .participant),
                in: conversation.id, at: desk.now())
        }
    }

    /// The conversation was resolved so long ago that its inbox begins a new one, linked with it (behaviour §6).
    mutating func followUp(_ old: Conversation, _ contact: Contact, _ sender: ID<Contact>, _ inbox: Inbox, visible: Bool) throws {
        var new = desk.emptyConversation(in: inbox, with: contact.id, mode: .email, subject: old.subject)
        new.sessionID = old.sessionID
        new.additionalAttributes = old.additionalAttributes
        var conversation = try tx.createConversation(new, linkedTo: old.id)
        try desk.journal(tx).conversation(.conversationCreated, conversation)
        try desk.tellOfNew(conversation, tx)
        try addMessage(to: &conversation, senderID: sender.value, held: false, visible: visible)
        try desk.writeActivity(.follows(old.displayID), in: &conversation, tx)
        try end(.newConversation, "Conversation #\(old.displayID) was resolved so long ago that a new one begins, linked with it.")
    }
}
