import Conversations
import Store

/// An agent takes a message back: its text and files go, a mail that has not left is withdrawn. What has left, has left.
public struct DeleteMessage: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, in conversationNumber: Int64, by agent: Agent) async throws -> MessageView {
        let desk = self.desk
        return try await desk.onConversation(conversationNumber, by: agent) { conversation, tx in
            var message = try tx.message(number, in: conversation)
            try desk.empty(&message, in: conversation, tx)
            return try tx.view(of: message, in: conversation)
        }
    }
}

extension Desk {
    /// Leaves only the place where the message was, as Chatwoot does.
    func empty(
        _ message: inout Message, because line: ActivityLine = .deleted, in conversation: Conversation, _ tx: any Connection
    ) throws {
        message.content = line.words
        message.contentType = "text"
        message.contentAttributes = JSON.object([("deleted", .bool(true)), ("activity", line.told)]).text
        // Nothing of it may leave any more; the rules take a queued mail back for a message that is chat only.
        message.choice = .chatOnly
        if message.delivery?.name == .failed || message.delivery?.name == .bounced { message.delivery = nil }
        message.updatedAt = now()
        try tx.removeAttachments(of: message.id)
        if let mailID = message.inboundMailID, var mail = try tx.mail(mailID), mail.deskMessageID == message.id {
            (mail.htmlShape, mail.quoted) = (nil, nil)
            try tx.forgetHTML(of: mailID)
            try tx.updateMail(mail)
        }
        try tx.updateMessage(message)
        try reconsiderMail(of: conversation, tx)
        message = try tx.message(message.id) ?? message
        try journal(tx).message(.messageUpdated, message, in: conversation)
    }
}
