import Conversations
import Store

extension PlaceMail {
    /// Writes the mail's new text and files as a message.
    mutating func addMessage(
        to conversation: inout Conversation, senderID: Int64?, held: Bool, visible: Bool, automatic: Bool = false, thanks: Bool = false
    )
        throws
    {
        let known = try tx.isKnownMessageID(mail.messageID ?? "", besides: mail)
        var draft = MessageDraft(.incoming, content: (read.reply.isEmpty ? read.mail.text : read.reply).withoutTokens)
        draft.channel = .email
        draft.contentType = "incoming_email"
        draft.contentAttributes = contentAttributes(automatic: automatic, thanks: thanks, sameID: known)
        draft.senderKind = senderID == nil ? nil : .contact
        draft.senderID = senderID
        draft.sourceID = mail.messageID
        draft.isHeld = held
        draft.isAutomatic = automatic
        draft.isGratitude = thanks
        draft.visibleToVisitor = visible
        draft.inboundMailID = mail.id
        draft.files = files
        mail.conversationID = conversation.id
        // The event shows where the mail ended, so that is written first.
        mail.outcome = held ? .held : automatic ? .recorded : .threaded
        mail.htmlShape = read.html?.shape
        if let html = read.html?.html { try tx.keepHTML(html, of: mail.id) }
        try tx.updateMail(mail)
        let message = try desk.write(draft, in: &conversation, tx)
        mail.deskMessageID = message.id
        if !held, let id = mail.messageID, !known {
            try tx.rememberMailID(id, account: mail.accountID, conversation: conversation.id, message: message.id, ours: false, to: nil)
        }
        if !held && !automatic { try desk.reconsiderMail(of: conversation, tx) }
        if !held && !automatic && !thanks && senderID == conversation.contactID.value {
            try desk.sayOutOfOffice(in: &conversation, tx)
        }
    }

    var files: [IncomingFile] {
        read.mail.attachments.map {
            IncomingFile(
                filename: $0.filename ?? "file", contentType: $0.contentType, bytes: [UInt8]($0.bytes), isInline: $0.inline,
                contentID: $0.contentID)
        }
    }

    /// - Parameter sameID: another mail came before with this Message-ID and other words. Both stand; agents see it flagged.
    private func contentAttributes(automatic: Bool, thanks: Bool, sameID: Bool) -> String {
        let parsed = read.mail
        func list(_ addresses: [String]) -> JSON { .array(addresses.prefix(100).map { .string($0.withoutTokens) }) }
        var email: [(String, JSON)] = [
            ("subject", JSON(parsed.subject)), ("from", list([parsed.from?.address].compactMap { $0 })),
            ("to", list(parsed.to.map(\.address))), ("cc", list(parsed.cc.map(\.address))), ("message_id", JSON(mail.messageID)),
            ("in_reply_to", JSON(parsed.inReplyTo.first)), ("references", list(parsed.references.suffix(20).map { $0 })),
            ("date", JSON(parsed.date?.ISO8601Format())), ("number_of_attachments", .integer(Int64(parsed.attachments.count))),
            ("content_type", JSON(parsed.header(named: "Content-Type").map { String($0.prefix(200)) })),
            (
                "text_content",
                .object([
                    ("reply", .string(read.reply.withoutTokens)), ("quoted", .string(String(read.quoted.prefix(100_000)).withoutTokens)),
                ])
            ),
        ]
        if automatic { email.append(("auto_reply", .bool(true))) }
        return JSON.object(
            [("email", .object(email)), ("automatic", automatic ? .string(read.kind) : .null)]
                + (thanks ? [("gratitude", .bool(true))] : [])
                + (sameID ? [("same_message_id", .bool(true))] : [])
        ).text
    }
}
