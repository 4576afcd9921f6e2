import Continuity
import Conversations
import Foundation
import MailFormat
import Store

/// Writes the mail that carries a batch of messages to the customer, its bytes and addresses fixed for every try (behaviour §4).
struct ComposeReply {
    /// Bytes of all attached files together; what does not fit goes as links that end.
    static let attachedBytes = 10 << 20
    /// How many earlier messages a proven address is shown again, and bytes of their texts.
    static let quotedMessages = 5
    static let quotedBytes = 4_000

    let desk: Desk
    let tx: any Connection

    func run(
        _ batch: ContinuityBatch, conversation: Conversation, contact: Contact, inbox: Inbox
    ) throws -> ConversationMail.Composed {
        let mail = try ConversationMail(desk: desk, tx: tx, conversation: conversation, contact: contact, inbox: inbox)
        let display = conversation.displayID
        let views = try tx.views(of: try tx.messages(batch.messages)) { _ in display }
        let (files, attached) = try files(of: views, allowed: !batch.onlyNewMessages)
        // The way into the chat is the customer's alone, and so is the word that no more mail is wanted.
        var contents = mail.contents(chatURL: batch.copies.isEmpty ? try mail.chatLink(to: batch.to) : nil)
        if !batch.copies.isEmpty { contents.muteURL = nil }
        if let survey = views.last(where: \.message.isSurvey)?.message { contents.survey = desk.survey(survey) }
        contents.messages = views.filter { !$0.message.isSurvey }
            .map { mail.line($0, attached: attached, linksFiles: !batch.onlyNewMessages) }
        // Who gets a copy gets what was written since he was named, and nothing of before.
        if !batch.onlyNewMessages, batch.copies.isEmpty { contents.history = try earlier(than: batch, in: mail) }
        return try mail.write(
            try desk.render(contents, mail), to: batch.to, copies: batch.copies,
            agent: views.last { $0.senderAgent != nil }?.senderAgent?.name,
            isAutomatic: views.allSatisfy(\.message.isSurvey), purpose: .conversation, files: files)
    }

    /// The last messages before the batch, oldest first and short, for an address that is proven.
    private func earlier(than batch: ContinuityBatch, in mail: ConversationMail) throws -> [MailContents.Line] {
        let display = mail.conversation.displayID
        let messages = try tx.messages(
            in: mail.conversation.id, before: batch.messages.first?.value, visitorOnly: true, limit: Self.quotedMessages + 5
        ).filter { $0.kind == .incoming || $0.kind == .outgoing }.suffix(Self.quotedMessages)
        return try tx.views(of: Array(messages)) { _ in display }.map { view in
            var line = mail.line(view, attached: [], linksFiles: false)
            line.hidesFiles = false
            line.content = line.content.shortened(to: Self.quotedBytes / Self.quotedMessages)
            return line
        }
    }

    /// The files that travel in the mail, in order, while there is room.
    private func files(of views: [MessageView], allowed: Bool) throws -> (files: [OutgoingAttachment], ids: Set<Int64>) {
        guard allowed else { return ([], []) }
        var (files, ids, room) = ([OutgoingAttachment](), Set<Int64>(), Self.attachedBytes)
        for file in views.flatMap(\.attachments) where Int(file.size) <= room {
            guard let bytes = try tx.blob(file.sha256) else { continue }
            room -= bytes.count
            ids.insert(file.id)
            files.append(OutgoingAttachment(filename: file.filename, contentType: file.contentType, bytes: Data(bytes)))
        }
        return (files, ids)
    }
}

extension Message {
    var isSurvey: Bool { kind == .template && contentType == "input_csat" }
}

extension String {
    /// At most so many bytes, cut behind a word where there is one.
    func shortened(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        var cut = self[..<end]
        if let space = cut.lastIndex(where: \.isWhitespace), cut.distance(from: space, to: cut.endIndex) < 40 { cut = cut[..<space] }
        return cut + "…"
    }
}
