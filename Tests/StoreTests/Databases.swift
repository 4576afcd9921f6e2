import Conversations
import Foundation
import Store
import StoreSQLite
import Testing

/// The databases that the store's contract holds for. Every test of the contract runs on each of them.
enum DatabaseUnderTest: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// A fresh, migrated database that is gone afterwards.
    func run<T: Sendable>(_ body: (any Database) async throws -> T) async throws -> T {
        switch self {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-store-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let database = try SQLiteDatabase(path: folder.appending(path: "t.sqlite").path, onCommit: { _ in }, onFailure: { _ in })
            try await database.migrate()
            let value = try await body(database)
            try await database.close()
            return value
        }
    }
}

/// The moment at which tests begin.
let morning = Instant(milliseconds: 1_790_000_000_000)

/// An account with one website inbox, one contact and one conversation.
struct Shop: Sendable {
    var account: Account
    var inbox: Inbox
    var contact: Contact
    var conversation: Conversation

    static func open(_ database: any Database, named name: String = "Shop") async throws -> Shop {
        try await database.write { tx in
            let account = try tx.createAccount(name: name, locale: "en", at: morning)
            let inbox = try tx.createInbox(.sample(in: account))
            let contact = try tx.createContact(.sample(in: account, email: "ann@\(name.lowercased()).test"))
            let conversation = try tx.createConversation(.sample(in: inbox, with: contact))
            return Shop(account: account, inbox: inbox, contact: contact, conversation: conversation)
        }
    }
}

extension Inbox {
    static func sample(in account: Account, kind: Kind = .website) -> Inbox {
        Inbox(
            id: ID(0), accountID: account.id, kind: kind, name: "Website", websiteToken: UUID().uuidString, websiteURL: "https://shop.test",
            address: nil, replyDomain: "reply.shop.test", hmacToken: "h", hmacMandatory: false, continuityViaEmail: true,
            lockToSingleConversation: false, settings: "{}", createdAt: morning)
    }
}

extension Contact {
    static func sample(in account: Account, email: String?, state: AddressState? = .claimed) -> Contact {
        Contact(
            id: ID(0), accountID: account.id, name: "Ann", email: email, emailState: email == nil ? nil : state, phoneNumber: nil,
            identifier: nil, blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: nil, createdAt: morning)
    }
}

extension Conversation {
    static func sample(in inbox: Inbox, with contact: Contact, at time: Instant = morning) -> Conversation {
        Conversation(
            id: ID(0), accountID: inbox.accountID, displayID: 0, uuid: UUID().uuidString, inboxID: inbox.id, contactID: contact.id,
            sessionID: nil, status: .open, priority: nil, assigneeID: nil, teamID: nil, snoozedUntil: nil, subject: "Hello", mode: .chat,
            muted: false, loopStopped: false, contactLastSeenAt: nil, agentLastSeenAt: nil, agentTypingAt: nil, visitorTypingAt: nil,
            waitingSince: nil, firstReplyAt: nil, lastMailAt: nil, unprovenMails: 0, unreadCount: 0, labels: [],
            additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: time, createdAt: time, updatedAt: time)
    }
}

extension Message {
    static func sample(in conversation: Conversation, kind: Kind = .incoming, content: String = "Hello", echoID: String? = nil) -> Message {
        Message(
            id: ID(0), accountID: conversation.accountID, conversationID: conversation.id, inboxID: conversation.inboxID, kind: kind,
            isPrivate: false, channel: .chat, content: content, contentType: "text", contentAttributes: "{}", senderKind: nil,
            senderID: nil, echoID: echoID, sourceID: nil, choice: .automatic, delivery: nil, isHeld: false, visibleToVisitor: true,
            inboundMailID: nil, createdAt: morning, updatedAt: morning)
    }
}
