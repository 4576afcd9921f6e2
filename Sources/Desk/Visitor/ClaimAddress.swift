import Conversations
import MailFormat
import Store

extension Desk {
    /// A visitor says where mail reaches them. The address is kept as claimed, whoever else has it: it opens nobody's history and
    /// merges no contacts (behaviour §7). What waited for an address is released.
    ///
    /// - Returns: what was perhaps meant instead.
    @discardableResult
    func claimAddress(_ typed: String, for contact: inout Contact, of visitor: Visitor, _ tx: any Connection) throws -> String? {
        let address = try checkedAddress(typed, of: visitor.inbox, tx)
        let suggestion = AddressSuggestion.suggestion(for: address)
        guard contact.email != address else { return suggestion }
        // An address that this contact has proven before is still theirs.
        let known = try tx.addresses(of: contact.id).first { $0.address == address }?.state
        contact.email = address
        contact.emailState = known ?? .claimed
        try tx.updateContact(contact, at: now())
        if visitor.contactID != contact.id, var conversation = try currentConversation(of: visitor, tx) {
            // The person is known by a proven address: what a browser types since does not take their mail elsewhere.
            try writeActivity(.otherAddressTyped(address), in: &conversation, tx)
        }
        return suggestion
    }

    private func checkedAddress(_ typed: String, of inbox: Inbox, _ tx: any Connection) throws -> String {
        guard let address = MailAddress.normalise(typed)?.lowercased(), !address.hasSuffix("]"),
            MailAddress(address: address).domain.contains("."),
            !address.contains("\"")
        else { throw DeskError.invalid("This is not an email address. Write it like name@example.com.", attributes: ["email"]) }
        let domain = MailAddress(address: address).domain
        let isOurs =
            try domain == replyDomain(of: inbox)?.lowercased() || tx.isOwnAddress(address, in: inbox.accountID)
            || tx.isOwnAddress(address.withoutDetail, in: inbox.accountID)
        guard !isOurs else {
            throw DeskError.invalid("This is our own address. Give the one where you read your mail.", attributes: ["email"])
        }
        return address
    }

    /// After the contact changed: tells the agents, and asks the rules again for the conversations that it matters to.
    func contactChanged(_ contact: Contact, of visitor: Visitor, _ tx: any Connection) throws {
        try journal(tx).contact(.contactUpdated, contact)
        for conversation in try tx.conversations(of: contact.id, inbox: visitor.inbox.id, limit: 10) {
            try reconsiderMail(of: conversation, withNewAddressOf: contact, tx)
            try journal(tx).conversation(.conversationUpdated, conversation)
        }
    }
}
