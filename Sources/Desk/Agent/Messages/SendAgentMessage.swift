import Conversations
import Store

/// What an agent sends.
public struct OutgoingDraft: Sendable {
    public var content: String?
    public var isPrivate = false
    /// A program brings in what the customer said elsewhere.
    public var isIncoming = false
    public var contentType = "text"
    /// JSON object; its `delivery` is the agent's choice.
    public var contentAttributes = "{}"
    /// The client's own name for this message: the same one twice is one message.
    public var echoID: String?
    public var sourceID: String?
    public var files: [IncomingFile] = []

    public init() {}
}

/// An agent answers, or writes a note for colleagues.
public struct SendAgentMessage: Sendable {
    /// Bytes of a message's text.
    static let longest = 150_000
    static let mostFiles = 30
    static let contentTypes: Set<String> = ["text", "input_email", "cards", "input_select", "form", "article", "input_csat"]

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ draft: OutgoingDraft, in number: Int64, by agent: Agent) async throws -> MessageView {
        let desk = self.desk
        try Self.check(draft, desk.options)
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let message = try desk.send(draft, by: agent, in: &conversation, tx)
            if !draft.isIncoming { try desk.forgetDraft(of: agent, in: conversation, sentAs: message, tx) }
            return try tx.view(of: message, in: conversation)
        }
    }

    static func check(_ draft: OutgoingDraft, _ options: DeskOptions) throws {
        guard draft.files.count <= mostFiles else {
            throw DeskError.invalid("\(mostFiles) files at most in one message.", attributes: ["attachments"])
        }
        guard draft.files.reduce(0, { $0 + $1.bytes.count }) <= options.maxMessageBytes else {
            throw DeskError.tooLarge("These files are too large for one message: \(options.maxMessageBytes / 1_048_576) MB at most.")
        }
        guard (draft.content?.utf8.count ?? 0) <= longest else {
            throw DeskError.invalid("The message is too long: \(longest) bytes at most. Attach it as a file.", attributes: ["content"])
        }
        guard contentTypes.contains(draft.contentType) else {
            throw DeskError.invalid("`\(draft.contentType.prefix(40))` is no kind of message.", attributes: ["content_type"])
        }
        guard draft.content?.contains(where: { !$0.isWhitespace }) == true || !draft.files.isEmpty else {
            throw DeskError.invalid("Write something or attach a file.", attributes: ["content"])
        }
    }
}

extension Desk {
    func send(_ outgoing: OutgoingDraft, by agent: Agent, in conversation: inout Conversation, _ tx: any Connection) throws -> Message {
        try SendAgentMessage.check(outgoing, options)
        let (attributes, choice) = try sending(outgoing, in: conversation, tx)
        var draft = MessageDraft(outgoing.isIncoming ? .incoming : .outgoing, content: outgoing.content?.replacing("\0", with: ""))
        draft.isPrivate = outgoing.isPrivate && !outgoing.isIncoming
        draft.contentType = outgoing.contentType
        draft.contentAttributes = attributes
        draft.echoID = outgoing.echoID.map { String($0.prefix(128)) }
        draft.sourceID = outgoing.sourceID
        draft.files = outgoing.files
        if outgoing.isIncoming {
            (draft.senderKind, draft.senderID) = (.contact, conversation.contactID.value)
        } else {
            (draft.senderKind, draft.senderID) = (.agent, agent.id.value)
            draft.choice = choice
            let byMail = choice == .emailNow || (choice == .automatic && conversation.mode == .email)
            draft.channel = byMail && !draft.isPrivate ? .email : .chat
        }
        return try write(draft, in: &conversation, tx)
    }

    /// How the agent wants it to reach the customer, and whom else: both stand in `content_attributes`. The choice is ours and not kept there.
    private func sending(
        _ outgoing: OutgoingDraft, in conversation: Conversation, _ tx: any Connection
    ) throws -> (attributes: String, choice: Message.Choice) {
        let given = try JSONObjects.read(outgoing.contentAttributes)
        var choice = Message.Choice.automatic
        if let word = given["delivery"] {
            guard let known = word.stringValue.flatMap(Message.Choice.init(rawValue:)) else {
                throw DeskError.invalid("`delivery` is auto, chat_only or email_now.", attributes: ["content_attributes.delivery"])
            }
            choice = known
        }
        // Nobody would ever see it.
        if choice == .chatOnly, !outgoing.isPrivate, try tx.inbox(conversation.inboxID)?.kind == .email {
            throw DeskError.invalid(
                "This inbox has no chat. Leave `delivery` out and it goes as email, or write a private note.",
                attributes: ["content_attributes.delivery"])
        }
        let own = ["delivery", MailCopies.member, "to_emails", "bcc_emails"]
        let kept = try JSONObjects.without(own, in: outgoing.contentAttributes)
        guard !outgoing.isIncoming, let contact = try tx.contact(conversation.contactID) else { return (kept, choice) }
        let copies = try MailCopies.taken(from: given, isPrivate: outgoing.isPrivate, choice: choice, for: contact, self, tx)
        guard !copies.isEmpty else { return (kept, choice) }
        let member = JSON.object([(MailCopies.member, .array(copies.map { .string($0) }))])
        return (try JSONObjects.merged(kept, member.text), choice)
    }
}
