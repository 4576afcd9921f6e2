import Continuity
import Conversations
import Store

/// What a visitor writes.
public struct VisitorDraft: Sendable {
    public var content: String?
    /// The client's own name for this message: the same one twice in a session is one message.
    public var echoID: String?
    /// The page that they were on.
    public var refererURL: String?
    /// The browser's, for mails: a BCP 47 tag and an IANA name. What is neither is left alone.
    public var language: String?
    public var timeZone: String?
    public var customAttributes: JSON?
    public var labels: [String] = []
    public var files: [IncomingFile] = []

    public init() {}
}

/// A visitor writes. The first message begins the conversation; a later one opens it again.
public struct PostVisitorMessage: Sendable {
    /// Bytes of a message's text.
    static let longest = 150_000
    static let mostFiles = 15

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter beginning: a new conversation even where one is there.
    public func run(
        _ credentials: VisitorCredentials, _ draft: VisitorDraft, contact details: VisitorDetails? = nil, beginning: Bool = false
    ) async throws -> (thread: VisitorThread, message: MessageView) {
        let desk = self.desk
        try Self.check(draft, desk.options)
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            var contact = try desk.contact(of: visitor, tx)
            guard try !contact.blocked && tx.contact(visitor.contactID)?.blocked != true else {
                throw DeskError.notAllowed("Messages from here are not taken any more.")
            }
            if let known = try desk.posted(draft.echoID, by: visitor, tx) { return try desk.answer(known.0, known.1, contact, tx) }
            if let details { _ = try desk.apply(details, to: &contact, of: visitor, tx) }

            var conversation: Conversation
            let current = try desk.currentConversation(of: visitor, tx)
            let thanks =
                try current.map {
                    try desk.isThanksAfterTheEnd(draft.content, files: draft.files.count, of: $0, contact: contact, tx)
                } ?? false
            let follows = current.map { !thanks && FollowUp.isDue(after: $0, in: visitor.inbox, now: desk.now()) } ?? false
            let isNew =
                current == nil || follows || (beginning && !(visitor.inbox.lockToSingleConversation && current?.status != .resolved))
            if let current, !isNew {
                conversation = current
                try desk.reopen(&conversation, for: contact, thanks: thanks, tx)
            } else {
                conversation = try desk.begin(draft, by: visitor, contact: contact, following: follows ? current : nil, tx)
            }
            let message = try desk.write(desk.incoming(draft, from: visitor.contactID, thanks: thanks && !isNew), in: &conversation, tx)
            let knowsMore = try draft.tellHabits(to: &contact)
            if contact.lastActivityAt.map({ $0 < desk.now() }) ?? true || knowsMore {
                contact.lastActivityAt = desk.now()
                try tx.updateContact(contact, at: desk.now())
            }
            if isNew { try desk.greet(&conversation, of: visitor, contact: contact, tx) }
            if !thanks { try desk.sayOutOfOffice(in: &conversation, tx) }
            return try desk.answer(conversation, message, contact, tx)
        }
    }

    private static func check(_ draft: VisitorDraft, _ options: DeskOptions) throws {
        guard draft.content?.contains(where: { !$0.isWhitespace }) == true || !draft.files.isEmpty else {
            throw DeskError.invalid("Write something or attach a file.", attributes: ["content"])
        }
        guard (draft.content?.utf8.count ?? 0) <= longest else {
            throw DeskError.invalid("This message is too long: \(longest) bytes at most.", attributes: ["content"])
        }
        guard draft.files.count <= mostFiles else {
            throw DeskError.invalid("\(mostFiles) files at most in one message.", attributes: ["attachments"])
        }
        guard draft.files.reduce(0, { $0 + $1.bytes.count }) <= options.maxMessageBytes else {
            throw DeskError.tooLarge("These files are too large for one message: \(options.maxMessageBytes / 1_048_576) MB at most.")
        }
    }
}
