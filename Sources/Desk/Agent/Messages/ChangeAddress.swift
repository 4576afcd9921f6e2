import Conversations
import Store

extension Desk {
    /// *Change address*: the contact's mail goes elsewhere from now on, and this message with it. What has left to the old address has left.
    func changeAddress(to written: String?, for message: Message, in conversation: inout Conversation, _ tx: any Connection) throws {
        guard let written, !written.isEmpty else {
            throw DeskError.invalid("Write the new address.", attributes: ["address"])
        }
        guard let before = try tx.contact(conversation.contactID) else { throw DeskError.notFound("This contact is gone.") }
        var changes = ContactChanges()
        changes.email = written
        var contact = before
        try changes.apply(to: &contact, tx)
        // Pressed twice: it is on its way there.
        if contact.email == before.email, message.delivery?.to == contact.email, message.delivery.map({ !$0.isTrouble }) ?? false { return }
        if message.delivery?.name == .seen { throw DeskError.invalid("The customer has seen this message already.") }
        if message.isDeleted { throw DeskError.invalid("This message was deleted.") }
        try refuseIfOut(message, tx)
        if contact.email == before.email, before.emailState == .unreachable {
            throw DeskError.invalid("That is the address that mail comes back from. Write another one.", attributes: ["address"])
        }
        if contact != before {
            try tx.updateContact(contact, at: now())
            try journal(tx).contact(.contactUpdated, contact)
        }
        if message.delivery?.isTrouble ?? true { try sendAnew(message, in: &conversation, tx) }
        for other in try tx.conversations(of: contact.id, inbox: nil, limit: UpdateContact.conversations) {
            try reconsiderMail(of: other, tx)
        }
    }
}

extension DeliveryState {
    /// Did not arrive, or does not leave although it should.
    fileprivate var isTrouble: Bool {
        [.failed, .bounced].contains(name) || (name == .notSent && reason != NotSentReason.chatOnly.rawValue)
    }
}
