import Continuity
import Conversations
import Foundation
import Store

/// A file that comes with a message.
public struct IncomingFile: Sendable {
    public var filename: String
    public var contentType: String
    public var bytes: [UInt8]
    public var isInline: Bool
    public var contentID: String?

    public init(filename: String, contentType: String, bytes: [UInt8], isInline: Bool = false, contentID: String? = nil) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
        self.isInline = isInline
        self.contentID = contentID
    }
}

/// What somebody says, before it has a place in a conversation.
public struct MessageDraft: Sendable {
    public var kind: Message.Kind
    public var isPrivate = false
    public var channel = Message.Channel.chat
    public var content: String?
    public var contentType = "text"
    /// JSON object.
    public var contentAttributes = "{}"
    public var senderKind: Message.SenderKind?
    public var senderID: Int64?
    public var echoID: String?
    public var sourceID: String?
    public var choice = Message.Choice.automatic
    public var isHeld = false
    /// From a machine: no unread count, no waiting time, the list's order stays.
    public var isAutomatic = false
    /// A thank-you after the end: nobody waits for an answer.
    public var isGratitude = false
    public var visibleToVisitor = true
    public var inboundMailID: ID<InboundMail>?
    public var files: [IncomingFile] = []

    public init(_ kind: Message.Kind, content: String?) {
        self.kind = kind
        self.content = content
    }

    /// A line of the system: agents see it, visitors never.
    init(_ line: ActivityLine) {
        self.init(.activity, content: line.words)
        contentAttributes = JSON.object([("activity", line.told)]).text
        visibleToVisitor = false
    }
}

extension Desk {
    /// Puts one message into a conversation: stores it, moves the conversation on, tells everybody, and decides about mail.
    /// The same `echoID` in the same conversation is the same message: it is given back, nothing is written.
    func write(_ draft: MessageDraft, in conversation: inout Conversation, _ tx: any Connection) throws -> Message {
        if let echo = draft.echoID, let known = try tx.message(echoID: echo, in: conversation.id) { return known }
        let now = self.now()
        let before = conversation
        let message = try tx.createMessage(
            Message(
                id: ID(0), accountID: conversation.accountID, conversationID: conversation.id, inboxID: conversation.inboxID,
                kind: draft.kind, isPrivate: draft.isPrivate, channel: draft.channel, content: draft.content,
                contentType: draft.contentType,
                contentAttributes: draft.contentAttributes, senderKind: draft.senderKind, senderID: draft.senderID, echoID: draft.echoID,
                sourceID: draft.sourceID, choice: draft.choice, delivery: nil, isHeld: draft.isHeld,
                visibleToVisitor: draft.visibleToVisitor && !draft.isPrivate && !draft.isHeld, inboundMailID: draft.inboundMailID,
                createdAt: now, updatedAt: now))
        for file in draft.files {
            _ = try tx.attach(
                file.bytes, sha256: Secrets.sha256(file.bytes), filename: file.filename, contentType: file.contentType,
                isInline: file.isInline, contentID: file.contentID, to: message, at: now)
        }
        if !draft.isAutomatic { conversation.lastActivityAt = now }
        conversation.updatedAt = now
        switch draft.kind {
        case .incoming where draft.isAutomatic: break
        case .incoming where !draft.isHeld && !draft.isGratitude:
            conversation.unreadCount += 1
            conversation.waitingSince = conversation.waitingSince ?? now
        case .incoming:
            conversation.unreadCount += 1
        case .outgoing where !draft.isPrivate:
            conversation.waitingSince = nil
            conversation.firstReplyAt = conversation.firstReplyAt ?? now
            conversation.agentTypingAt = nil
        default: break
        }
        try tx.updateConversation(conversation, from: before)
        try recordAnswer(message, before, tx)
        try journal(tx).message(.messageCreated, message, in: conversation)
        if draft.kind == .outgoing || draft.kind == .template { try reconsiderMail(of: conversation, tx) }
        if draft.kind == .incoming, !draft.isHeld, !draft.isAutomatic, !draft.isGratitude, draft.senderID != nil {
            try planNotification(of: conversation, tx)
            try tellAssignee(of: message, in: conversation, tx)
        }
        if draft.isPrivate, draft.senderKind == .agent { try tellMentioned(in: message, of: conversation, tx) }
        if draft.kind != .activity { try planAutoResolve(conversation, tx) }
        return try tx.message(message.id) ?? message
    }

    /// A line of the system, for agents.
    func writeActivity(_ line: ActivityLine, in conversation: inout Conversation, _ tx: any Connection) throws {
        _ = try write(MessageDraft(line), in: &conversation, tx)
    }

    /// Changes a conversation's status, says so in the thread and to everybody. No change says nothing.
    func setStatus(
        _ status: Conversation.Status, snoozedUntil: Instant? = nil, because line: ActivityLine, of conversation: inout Conversation,
        _ tx: any Connection
    ) throws {
        guard conversation.status != status || conversation.snoozedUntil != snoozedUntil else { return }
        let before = conversation
        conversation.status = status
        conversation.snoozedUntil = status == .snoozed ? snoozedUntil : nil
        conversation.updatedAt = now()
        try tx.updateConversation(conversation, from: before)
        if status == .resolved, before.status != .resolved { try recordResolution(of: conversation, tx) }
        try writeActivity(line, in: &conversation, tx)
        try journal(tx).conversation(.conversationStatusChanged, conversation)
        if status == .resolved { try askForRating(in: &conversation, tx) }
        try planAutoResolve(conversation, tx)
    }
}

extension Desk {
    /// Whether what the customer says now, after the end, is thanks alone (behaviour §6).
    func isThanksAfterTheEnd(_ text: String?, files: Int, of conversation: Conversation, contact: Contact, _ tx: any Connection) throws
        -> Bool
    {
        guard conversation.status == .resolved || conversation.status == .snoozed, files == 0, let text else { return false }
        return isGratitude(text, names: try tx.agents(of: conversation.accountID).prefix(40).map(\.name) + [contact.name])
    }
}
