import Conversations
import Store

/// Once a mail is with the customer's relay, or may be there and is not sent again, the same bytes go to those whom its messages name: each as a
/// mail of its own, with a return address of its own, so that a copy that comes back says nothing about the customer. Whoever has got these
/// messages gets them no second time, however often the customer's own mail is tried anew.
extension Desk {
    func sendCopies(of sent: OutboxMail, _ tx: any Connection) throws {
        guard sent.purpose == .conversation, let message = try tx.messages(inOutboxMail: sent.id).last, !message.copies.isEmpty,
            let inbox = try tx.inbox(sent.inboxID), let returns = returnAddresses(of: inbox), let opened = try outgoing(sent.id, tx)
        else { return }
        for address in message.copies where try !tx.hasCopy(of: message.id, to: address) {
            let bounceToken = randomHex(16)
            let envelopeSender = returns.bounce(bounceToken)
            var mail = OutboxMail(
                accountID: sent.accountID, conversationID: sent.conversationID, inboxID: sent.inboxID, contactID: sent.contactID,
                toAddress: address, envelopeSender: envelopeSender.withoutTokens, bounceHash: Secrets.hash(bounceToken),
                messageID: sent.messageID, subject: sent.subject, createdAt: now())
            mail.purpose = .copy
            let sealed = try SealedMail(envelope: [envelopeSender], raw: opened.raw).sealed(by: secrets)
            _ = try tx.addToOutbox(mail, raw: sealed, messages: [], due: now())
        }
    }

    /// A word from outside proves that the relay had taken the mail, whatever it said: the copies leave behind it as behind any.
    func settleAsArrived(_ mail: inout OutboxMail, _ tx: any Connection) throws {
        try tx.settle(&mail, as: .sent, nil)
        try sendCopies(of: mail, tx)
    }

    /// A copy did not arrive: no delivery line shows it, so the thread says it.
    func copyFailed(_ mail: OutboxMail, _ words: String, _ tx: any Connection) throws {
        guard mail.purpose == .copy, var conversation = try tx.conversation(mail.conversationID) else { return }
        try writeActivity(.copyFailed(to: mail.toAddress, words), in: &conversation, tx)
    }
}
