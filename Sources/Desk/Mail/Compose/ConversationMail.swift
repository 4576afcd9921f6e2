import Continuity
import Conversations
import Foundation
import MailFormat
import Store

/// What every mail of a conversation has, whatever it says: sender, reply address, place in the thread, footer (behaviour §4).
struct ConversationMail {
    let desk: Desk
    let tx: any Connection
    let templates: MailTemplates
    let conversation: Conversation
    let contact: Contact
    let inbox: Inbox
    let words: MailWords
    let times: MailTime
    private let from: String
    private let returns: ReturnAddresses

    /// A mail with its bytes, ready for the outbox.
    struct Composed {
        var mail: OutboxMail
        var raw: [UInt8]
    }

    /// - Throws: `DeskError` where mail of this inbox has no address or this command has no templates.
    init(desk: Desk, tx: any Connection, conversation: Conversation, contact: Contact, inbox: Inbox) throws {
        guard let from = desk.senderAddress(of: inbox), let returns = desk.returnAddresses(of: inbox) else {
            throw DeskError.invalid(
                "Mail of the inbox “\(inbox.name)” has no address yet. Set its address and reply domain, or connect its mailbox.")
        }
        self.desk = desk
        self.tx = tx
        self.templates = try desk.templates
        self.conversation = conversation
        self.contact = contact
        self.inbox = inbox
        self.from = from
        self.returns = returns
        words = try desk.words(for: contact, inbox: inbox, tx)
        times = MailTime(
            theirs: ContactHabits(contact).timeZone, inboxes: InboxSettings.value("timezone", of: inbox).stringValue,
            language: words.language)
    }

    /// The company as the customer knows it.
    var company: String { desk.company(of: inbox) }

    /// What every mail's contents begin from: the footer, and the way into the chat.
    func contents(chatURL: String? = nil) -> MailContents {
        MailContents(company: company, chatURL: chatURL, muteURL: desk.muteURL(of: conversation))
    }

    /// Writes the mail.
    /// - Parameters:
    ///   - copies: who else gets it, and stands in Cc.
    ///   - agent: whose name stands in From.
    ///   - subject: another one than the conversation's, for a mail that is no part of what is said.
    ///   - isAutomatic: nobody wrote it (RFC 3834).
    ///   - parts: the text and the HTML, from a template.
    func write(
        _ parts: (text: String, html: String), to address: String, copies: [String] = [], agent: String? = nil, subject: String? = nil,
        isAutomatic: Bool,
        purpose: OutboxMail.Purpose, files: [OutgoingAttachment] = []
    ) throws -> Composed {
        let now = desk.now()
        let bounceToken = desk.randomHex(16)
        let history = try tx.mailIDs(of: conversation.id, limit: 200)
        let references = ThreadReferences(
            history: try history.map {
                .init(id: $0, fromCustomer: try !(tx.known(mailID: $0, in: conversation.accountID).first?.isOurs ?? true))
            },
            root: "thread.\(conversation.uuid)@\(returns.domain)")
        let reply = try replyAddress()
        let parts = ComposeMarker.put(reply.marker, into: parts)
        let outgoing = OutgoingMail(
            from: MailAddress(name: sender(agent), address: from),
            to: [MailAddress(name: contact.name.isEmpty ? nil : contact.name, address: address)],
            subject: subject ?? ConversationSubject.ofMail(conversation.subject, answered: !history.isEmpty), date: now.date,
            messageID: "\(desk.randomHex(16))@\(returns.domain)", text: parts.text, html: parts.html,
            cc: copies.map { MailAddress(name: nil, address: $0) },
            replyTo: [MailAddress(name: company, address: returns.reply(reply.token))],
            inReplyTo: [references.inReplyTo].compactMap { $0 }, references: references.references,
            headers: headers(isFirst: history.isEmpty, isAutomatic: isAutomatic, canMute: copies.isEmpty), attachments: files)
        var mail = OutboxMail(
            accountID: conversation.accountID, conversationID: conversation.id, inboxID: inbox.id, contactID: contact.id,
            toAddress: address, envelopeSender: returns.bounce(bounceToken), bounceHash: Secrets.hash(bounceToken),
            messageID: outgoing.messageID, subject: outgoing.subject, createdAt: now)
        mail.purpose = purpose
        return Composed(mail: mail, raw: try MailWriter.write(outgoing))
    }

    private func headers(isFirst: Bool, isAutomatic: Bool, canMute: Bool) -> [MailHeader] {
        var headers = [
            MailHeader(name: "Content-Language", value: words.language),
            MailHeader(name: LoopMark.field, value: desk.secrets.installation),
            // Outlook goes by these before it looks at References.
            MailHeader(name: "Thread-Topic", value: conversation.subject),
        ]
        if canMute {
            // RFC 8058: the mail program's own button; a POST to this address, and nothing but a POST, mutes.
            headers.append(MailHeader(name: "List-Unsubscribe", value: "<\(desk.muteURL(of: conversation))>"))
            headers.append(MailHeader(name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click"))
        }
        let began = conversation.sessionID != nil
        let index = OutlookThread.index(uuid: conversation.uuid, begunAt: conversation.createdAt, now: isFirst ? nil : desk.now())
        if began, let index { headers.append(MailHeader(name: "Thread-Index", value: index)) }
        if isAutomatic {
            headers.append(MailHeader(name: "Auto-Submitted", value: "auto-generated"))
            headers.append(MailHeader(name: "X-Auto-Response-Suppress", value: "All"))
        }
        return headers
    }

    private func sender(_ agent: String?) -> String {
        let isFriendly = InboxSettings.value("sender_name_type", of: inbox).stringValue != "professional"
        guard let agent, isFriendly else { return company }
        return words(.sender, ["agent": agent, "company": company])
    }

    /// One token for each conversation and contact, with the hidden mark beside it: both derived again from the same nonce; only their
    /// hashes are stored.
    private func replyAddress() throws -> (token: String, marker: String) {
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

    // MARK: - Lines

    /// A message as the mail shows it.
    /// - Parameters:
    ///   - attached: the files that travel in this mail.
    ///   - linksFiles: whether the others may be fetched by a link.
    func line(_ view: MessageView, attached: Set<Int64>, linksFiles: Bool) -> MailContents.Line {
        let isCustomer = view.message.kind == .incoming
        var line = MailContents.Line(
            author: view.senderAgent?.name ?? view.senderContact?.name.nonEmpty ?? (isCustomer ? words(.you) : company),
            time: times.moment(view.message.createdAt), content: OfferText.words(of: view.message), isCustomer: isCustomer)
        let files = view.attachments
        line.attached = files.filter { attached.contains($0.id) }.map(\.filename)
        let others = files.filter { !attached.contains($0.id) }
        line.hidesFiles = !linksFiles && !others.isEmpty
        if linksFiles {
            let until = desk.now() + AttachmentLinks.mailedFor
            line.links = others.map {
                MailContents.Link(name: $0.filename, url: desk.attachmentLinks.download($0, until: until), until: times.day(until))
            }
        }
        return line
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}

extension Desk {
    /// The company as the customer knows it: the name for mails where one is set, else the inbox's.
    func company(of inbox: Inbox) -> String { InboxSettings.value("business_name", of: inbox).stringValue?.nonEmpty ?? inbox.name }

    /// The customer's language, else the inbox's, else the account's.
    func words(for contact: Contact, inbox: Inbox, _ tx: any Connection) throws -> MailWords {
        guard let languages = mailTemplates?.languages else { return .english }
        return languages.words([
            ContactHabits(contact).language, InboxSettings.value("locale", of: inbox).stringValue, try tx.account(inbox.accountID)?.locale,
        ])
    }

    /// Where one click mutes a conversation's mail; the same for its whole life.
    func muteURL(of conversation: Conversation) -> String {
        "\(options.publicURL)/mail/mute/\(conversation.id)/\(secrets.token(.mute, String(conversation.id.value)))"
    }
}
