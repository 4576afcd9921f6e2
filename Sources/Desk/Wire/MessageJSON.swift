import Conversations
import Store

/// A message with all that is shown beside it, loaded together so that a page of a thread costs a fixed number of queries.
public struct MessageView: Sendable {
    public var message: Message
    public var displayID: Int64
    public var senderContact: Contact?
    public var senderAgent: Agent?
    public var attachments: [StoredAttachment]
    /// The mail that it came by.
    public var mail: StoredMail?

    public init(
        message: Message, displayID: Int64, senderContact: Contact?, senderAgent: Agent?, attachments: [StoredAttachment],
        mail: StoredMail?
    ) {
        self.message = message
        self.displayID = displayID
        self.senderContact = senderContact
        self.senderAgent = senderAgent
        self.attachments = attachments
        self.mail = mail
    }
}

/// Gives a file's address, which cannot be guessed.
public struct AttachmentLinks: Sendable {
    let publicURL: String
    let secrets: Secrets

    public func url(_ attachment: StoredAttachment) -> String { publicURL + path(attachment) }

    /// The same on this very server, by whatever name it was asked.
    func path(_ attachment: StoredAttachment) -> String {
        "/attachments/\(attachment.id)/\(secrets.token(.attachment, String(attachment.id)))"
    }

    /// How long a file that did not fit into a mail can be fetched by the mail's link.
    static let mailedFor = Duration.seconds(14 * 86_400)

    /// An address that is good until a moment, and only ever a download.
    func download(_ attachment: StoredAttachment, until: Instant) -> String {
        let token = secrets.token(.mailedFile, "\(attachment.id):\(until.seconds)")
        return "\(publicURL)/attachments/\(attachment.id)/until/\(until.seconds)/\(token)"
    }
}

extension JSON {
    /// A message as agents see it: Chatwoot's shape with our delivery and mail beside it.
    public static func message(_ view: MessageView, links: AttachmentLinks) -> JSON {
        let message = view.message
        return .object([
            ("id", .integer(message.id.value)), ("content", JSON(message.content)), ("account_id", .integer(message.accountID.value)),
            ("inbox_id", .integer(message.inboxID.value)), ("conversation_id", .integer(view.displayID)),
            ("message_type", .integer(Int64(message.kind.rawValue))), ("created_at", .integer(message.createdAt.seconds)),
            ("created_at_ms", .integer(message.createdAt.milliseconds)), ("updated_at", .number(message.updatedAt.fractionalSeconds)),
            ("private", .bool(message.isPrivate)), ("status", .string(chatwootStatus(message))), ("source_id", JSON(message.sourceID)),
            ("content_type", .string(message.contentType)), ("content_attributes", .raw(message.contentAttributes)),
            ("sender_type", JSON(message.senderKind == .agent ? "User" : message.senderKind == .contact ? "Contact" : nil)),
            ("sender_id", JSON(message.senderID)), ("echo_id", JSON(message.echoID)),
            ("sender", view.senderAgent.map { agent($0) } ?? view.senderContact.map { contact($0) } ?? .null),
            ("attachments", .array(view.attachments.map { attachment($0, links: links) })),
            ("channel", .string(message.channel.rawValue)), ("held", .bool(message.isHeld)),
            ("delivery", message.delivery.map { delivery($0, changed: message.updatedAt) } ?? .null),
            ("mail", view.mail.map { mail($0) } ?? .null),
        ])
    }

    /// A message as the visitor sees it.
    public static func messageForVisitor(_ view: MessageView, links: AttachmentLinks) -> JSON {
        let message = view.message
        return .object([
            ("id", .integer(message.id.value)), ("content", JSON(message.content)), ("inbox_id", .integer(message.inboxID.value)),
            ("conversation_id", .integer(view.displayID)), ("message_type", .integer(Int64(message.kind.rawValue))),
            ("created_at", .integer(message.createdAt.seconds)), ("created_at_ms", .integer(message.createdAt.milliseconds)),
            ("private", .bool(false)), ("content_type", .string(message.contentType)),
            ("content_attributes", attributesForVisitor(message)),
            ("echo_id", JSON(message.senderKind == .contact ? message.echoID : nil)),
            ("sender", view.senderAgent.map { agentForVisitor($0) } ?? view.senderContact.map { contactForVisitor($0) } ?? .null),
            ("attachments", .array(view.attachments.map { attachment($0, links: links) })), ("channel", .string(message.channel.rawValue)),
        ])
    }

    /// What a message asks of the visitor, what they answered, and that it was deleted. Whatever else programs keep beside a message is the
    /// desk's alone.
    private static func attributesForVisitor(_ message: Message) -> JSON {
        switch message.contentType {
        case "input_email", "input_csat": .raw(message.contentAttributes)
        case _ where message.contentAttributes == "{}": .object([])
        default: .object(JSON.members(of: message.contentAttributes).filter { ["items", "submitted_values", "deleted"].contains($0.0) })
        }
    }

    /// Chatwoot knows four words; ours says more in `delivery`.
    private static func chatwootStatus(_ message: Message) -> String {
        switch message.delivery?.name {
        case .seen, .answered: "read"
        case .emailed, .uncertain: "delivered"
        case .failed, .bounced: "failed"
        default: "sent"
        }
    }

    static func attachment(_ file: StoredAttachment, links: AttachmentLinks) -> JSON {
        let kind =
            switch file.contentType.split(separator: "/").first.map(String.init) {
            case "image": "image"
            case "audio": "audio"
            case "video": "video"
            default: "file"
            }
        let url = links.url(file)
        return .object([
            ("id", .integer(file.id)), ("message_id", .integer(file.messageID.value)), ("file_type", .string(kind)),
            ("account_id", .integer(file.accountID.value)), ("data_url", .string(url)), ("thumb_url", .string(kind == "image" ? url : "")),
            ("file_size", .integer(file.size)), ("filename", .string(file.filename)),
            ("file_name", .string(file.filename)), ("content_type", .string(file.contentType)),
            ("inline", .bool(file.isInline)),
        ])
    }

    /// Where the message is, with the sentence of the delivery line (without the countdown, which the client counts).
    ///
    /// `warning`: a person should look, since nothing mends it by itself or it takes far too long.
    static func delivery(_ state: DeliveryState, changed: Instant) -> JSON {
        let warns = [.failed, .bounced].contains(state.name) || state.warns(asOf: changed)
        return .object([
            ("state", .string(state.name.rawValue)), ("until", state.until.map { .number($0.fractionalSeconds) } ?? .null),
            ("at", state.at.map { .number($0.fractionalSeconds) } ?? .null), ("to", JSON(state.to)), ("reason", JSON(state.reason)),
            ("line", .string(DeliveryLine.words(for: state, changed: changed))), ("warning", .bool(warns)),
        ])
    }

    /// How a mail came to stand where it stands.
    static func mail(_ mail: StoredMail) -> JSON {
        let seen = mail.recipientsSeen.map { JSON.object(JSON.members(of: $0)) } ?? .null
        return .object([
            ("id", .integer(mail.id.value)), ("from", mail.fromAddress.map { mailbox(mail.fromName, $0) } ?? .null),
            ("to", mailboxes(seen["to"])), ("cc", mailboxes(seen["cc"])), ("subject", JSON(mail.subject)),
            ("message_id", JSON(mail.messageID)), ("evidence", JSON(mail.evidence)), ("evidence_detail", JSON(mail.evidenceDetail)),
            ("standing", JSON(mail.standing)), ("sender_check", mail.senderCheckJSON), ("quoted", JSON(mail.quoted)),
            ("outcome", JSON(mail.outcome?.rawValue)),
            ("reason", JSON(mail.reason)),
            ("html", mail.htmlShape.map { html($0) } ?? .null),
        ])
    }

    /// What can be shown in a frame (`ShowMailHTML`), and what would be fetched for it from other servers.
    private static func html(_ shape: HTMLShape) -> JSON {
        .object([
            ("rich", .bool(shape.isRich)), ("has_more", .bool(shape.newBytes != nil)),
            ("remote_pictures", .integer(Int64(shape.newRemotePictures))), ("all_remote_pictures", .integer(Int64(shape.remotePictures))),
        ])
    }

    static func mailbox(_ name: String?, _ address: String) -> JSON { .object([("name", JSON(name)), ("address", .string(address))]) }

    private static func mailboxes(_ addresses: JSON?) -> JSON {
        guard case .array(let addresses)? = addresses else { return .array([]) }
        return .array(addresses.compactMap { $0.stringValue.map { mailbox(nil, $0) } })
    }
}
