import Conversations
import MailFormat
import Store

/// The whole conversation as one mail, asked for by the visitor or an agent. It is automatic mail, so it goes only to the contact's own
/// proven address, and it can be answered like every other (behaviour §4, §5.3).
public struct MailTranscript: Sendable {
    /// Messages in it, the newest ones, and bytes of their texts together.
    static let most = 200
    static let longest = 256 * 1024
    /// How many leave in an hour, whoever asks.
    static let hourly = 3

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The visitor asks for their own.
    public func run(_ credentials: VisitorCredentials) async throws -> String {
        let desk = self.desk
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            guard var conversation = try desk.currentConversation(of: visitor, tx) else {
                throw DeskError.notFound("There is no conversation yet.")
            }
            return try send(&conversation, by: nil, tx)
        }
    }

    /// An agent asks for it.
    /// - Parameter address: where it is to go; another one than the contact's own is refused.
    public func run(_ number: Int64, to address: String?, by agent: Agent) async throws -> String {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let contact = try tx.contact(conversation.contactID)
            if let address, !address.isEmpty, address.lowercased() != contact?.email {
                throw DeskError.invalid(
                    "A transcript goes only to the contact's own address. Leave `email` out, or export the conversation.",
                    attributes: ["email"])
            }
            return try send(&conversation, by: agent.name, tx)
        }
    }

    private func send(_ conversation: inout Conversation, by agent: String?, _ tx: any Connection) throws -> String {
        guard let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID) else {
            throw DeskError.notFound("There is no such conversation.")
        }
        let address = try desk.addressForAutomaticMail(of: conversation, contact: contact, inbox: inbox)
        guard try tx.mails(of: conversation.id, for: .transcript, since: desk.now() - .seconds(3600)) < Self.hourly else {
            throw DeskError.tooMany("\(Self.hourly) transcripts in an hour are enough. Look into the mailbox, or try again later.")
        }
        let mail = try ConversationMail(desk: desk, tx: tx, conversation: conversation, contact: contact, inbox: inbox)
        var contents = mail.contents(chatURL: try mail.chatLink(to: address))
        contents.intro = mail.words(.transcript, ["company": mail.company])
        (contents.messages, contents.isShortened) = try lines(mail)
        let composed = try mail.write(
            try desk.render(contents, mail), to: address, isAutomatic: true, purpose: .transcript)
        try desk.leave(composed, carrying: .transcript(to: address, by: agent), in: &conversation, tx)
        return address
    }

    /// What both sides said, newest last; files by their names and links, so that the mail stays small.
    private func lines(_ mail: ConversationMail) throws -> (lines: [MailContents.Line], isShortened: Bool) {
        let display = mail.conversation.displayID
        let messages = try mail.tx.messages(in: mail.conversation.id, visitorOnly: true, limit: Self.most + 1)
        let said = messages.suffix(Self.most).filter { $0.kind == .incoming || $0.kind == .outgoing }
        var room = Self.longest
        var lines: [MailContents.Line] = []
        for view in try mail.tx.views(of: said, displayID: { _ in display }).reversed() {
            let line = mail.line(view, attached: [], linksFiles: true)
            room -= line.content.utf8.count
            if room < 0 { break }
            lines.append(line)
        }
        return (lines.reversed(), messages.count > Self.most || lines.count < said.count)
    }
}

extension Desk {
    /// Where automatic mail of a conversation may go: nowhere but to the contact's own address, and only once it is proven (behaviour §5.3).
    func addressForAutomaticMail(of conversation: Conversation, contact: Contact, inbox: Inbox) throws -> String {
        guard isMailConfigured(for: inbox) else {
            throw DeskError.invalid("Mail of the inbox “\(inbox.name)” has no address yet. Set its address and reply domain.")
        }
        guard let address = contact.email else { throw DeskError.invalid("No email address is known. Leave one first.") }
        switch contact.emailState {
        case .unreachable: throw DeskError.invalid("Mail to \(address) comes back. Give another address.")
        case .claimed, nil:
            throw DeskError.invalid(
                "\(address) is not confirmed yet. It is, as soon as one of our emails there is answered or its chat link is opened.")
        case .proven: break
        }
        if contact.blocked { throw DeskError.invalid("This contact is blocked: nothing is sent.") }
        if conversation.muted { throw DeskError.invalid("The email of this conversation is muted.") }
        if conversation.loopStopped {
            throw DeskError.invalid("Too many automatic mails came back, so mail of this conversation is stopped.")
        }
        return address
    }

    /// Puts a mail that is not a batch of messages into the outbox, and a line into the thread which says so and bears its delivery state.
    func leave(
        _ composed: ConversationMail.Composed, carrying line: ActivityLine, in conversation: inout Conversation, _ tx: any Connection
    ) throws {
        var draft = MessageDraft(line)
        draft.isAutomatic = true
        try leave(composed, about: try write(draft, in: &conversation, tx), in: conversation, tx)
    }

    /// Puts a mail into the outbox whose delivery state stands on one message.
    func leave(
        _ composed: ConversationMail.Composed, about message: Message, in conversation: Conversation, _ tx: any Connection
    ) throws {
        var message = message
        let mail = try addToOutbox(composed, messages: [message.id], due: now(), tx)
        try tx.rememberMailID(
            mail.messageID, account: mail.accountID, conversation: conversation.id, message: message.id, ours: true, to: mail.toAddress)
        message.delivery = DeliveryState(.queued, at: now(), to: mail.toAddress)
        try tx.updateMessage(message)
        try journal(tx).delivery(of: message, in: conversation)
    }
}
