import Continuity
import Conversations
import Foundation
import MailFormat
import Store

/// Writes the mail that carries a batch of messages to the customer, its bytes and addresses fixed for every try (behaviour §4).
struct ComposeMail {
    /// Attached in all; larger ones go as links.
    static let attachedBytes = 10 << 20
    /// How many earlier messages a proven address is shown again.
    static let quotedMessages = 5

    let desk: Desk
    let templates: MailTemplates
    let tx: any Connection

    struct Composed {
        var mail: OutboxMail
        var raw: [UInt8]
    }

    func run(_ batch: ContinuityBatch, conversation: Conversation, contact: Contact, inbox: Inbox) throws -> Composed {
        guard let from = desk.senderAddress(of: inbox), let domain = desk.replyDomain(of: inbox) else {
            throw DeskError.invalid("Mail of the inbox “\(inbox.name)” has no address yet. Set its address and reply domain.")
        }
        let display = conversation.displayID
        let views = try tx.views(of: try tx.messages(batch.messages)) { _ in display }
        let now = desk.now()
        let bounceToken = desk.randomHex(16)
        let messageID = "\(desk.randomHex(16))@\(domain)"
        let history = try tx.mailIDs(of: conversation.id, limit: 200)
        let references = ThreadReferences(
            history: try history.map {
                .init(id: $0, fromCustomer: try !(tx.known(mailID: $0, in: conversation.accountID).first?.isOurs ?? true))
            },
            root: "thread.\(conversation.uuid)@\(domain)")
        let agent = views.last { $0.senderAgent != nil }?.senderAgent?.name
        let attached = try files(of: views, allowed: !batch.onlyNewMessages)
        let words = MailWords(
            company: inbox.name, messages: views.map { line($0, contact: contact, attached: attached.names) },
            history: batch.onlyNewMessages ? [] : try earlier(than: batch, conversation: conversation, contact: contact),
            chatURL: inbox.kind == .website ? inbox.websiteURL : nil,
            muteURL: "\(desk.options.publicURL)/mail/mute/\(conversation.id)/\(desk.secrets.token(.mute, String(conversation.id.value)))")
        let reply = try replyAddress(conversation, contact)
        let (text, html) = ComposeMarker.put(reply.marker, into: templates.render(words))

        let outgoing = OutgoingMail(
            from: MailAddress(name: agent.map { "\($0) at \(inbox.name)" } ?? inbox.name, address: from),
            to: [MailAddress(name: contact.name.isEmpty ? nil : contact.name, address: batch.to)],
            subject: ConversationSubject.ofMail(conversation.subject, answered: !history.isEmpty), date: now.date, messageID: messageID,
            text: text, html: html,
            replyTo: [MailAddress(name: inbox.name, address: "reply+\(reply.token)@\(domain)")],
            inReplyTo: [references.inReplyTo].compactMap { $0 }, references: references.references,
            headers: [
                MailHeader(name: "List-Unsubscribe", value: "<\(words.muteURL)>"),
                MailHeader(name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click"),
                MailHeader(name: LoopMark.field, value: desk.secrets.installation),
            ],
            attachments: attached.files)
        let mail = OutboxMail(
            accountID: conversation.accountID, conversationID: conversation.id, inboxID: inbox.id, contactID: contact.id,
            toAddress: batch.to,
            envelopeSender: "bounce+\(bounceToken)@\(domain)", bounceHash: Secrets.hash(bounceToken), messageID: messageID,
            subject: outgoing.subject, createdAt: now)
        return Composed(mail: mail, raw: try MailWriter.write(outgoing))
    }

    /// One token for each conversation and contact, with the hidden mark beside it: both derived again from the same nonce; only their
    /// hashes are stored.
    private func replyAddress(_ conversation: Conversation, _ contact: Contact) throws -> (token: String, marker: String) {
        func derived(_ nonce: String) -> (token: String, marker: String) {
            let subject = "\(conversation.id):\(contact.id):\(nonce)"
            return (desk.secrets.token(.reply, subject), desk.secrets.token(.marker, subject))
        }
        if let known = try tx.liveReplyToken(conversation: conversation.id, contact: contact.id) {
            let address = derived(known.nonce)
            if !known.hasMarker { try tx.setMarker(hash: Secrets.hash(address.marker), ofReplyToken: known.id) }
            return address
        }
        let nonce = desk.randomHex(16)
        let address = derived(nonce)
        try tx.createReplyToken(
            account: conversation.accountID, conversation: conversation.id, contact: contact.id, nonce: nonce,
            hash: Secrets.hash(address.token), markerHash: Secrets.hash(address.marker), at: desk.now())
        return address
    }

    private func line(_ view: MessageView, contact: Contact, attached: Set<Int64>) -> MailWords.Line {
        let isCustomer = view.message.kind == .incoming
        return MailWords.Line(
            author: view.senderAgent?.name ?? (isCustomer ? (contact.name.isEmpty ? "You" : contact.name) : "We"),
            time: Self.time(view.message.createdAt), content: view.message.content ?? "", isCustomer: isCustomer,
            links: view.attachments.filter { !attached.contains($0.id) }.map { ($0.filename, desk.attachmentLinks.url($0)) })
    }

    /// The last messages before the batch, oldest first, for an address that is proven.
    private func earlier(than batch: ContinuityBatch, conversation: Conversation, contact: Contact) throws -> [MailWords.Line] {
        let first = batch.messages.first?.value
        let display = conversation.displayID
        let messages = try tx.messages(in: conversation.id, before: first, visitorOnly: true, limit: Self.quotedMessages + 5)
            .filter { $0.kind == .incoming || $0.kind == .outgoing }.suffix(Self.quotedMessages)
        return try tx.views(of: Array(messages)) { _ in display }.map { line($0, contact: contact, attached: []) }
    }

    /// The files that travel in the mail, in order, while there is room.
    private func files(of views: [MessageView], allowed: Bool) throws -> (files: [OutgoingAttachment], names: Set<Int64>) {
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

    /// Hours and minutes, UTC said so, until the customer's own zone is known.
    private static func time(_ instant: Instant) -> String {
        let seconds = ((instant.seconds % 86_400) + 86_400) % 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)) UTC"
    }
}
