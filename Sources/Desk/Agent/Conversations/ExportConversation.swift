import Conversations
import Store

/// All that one conversation holds for the account's people, its messages and notes oldest first: as one JSON document, or as mails in an mbox.
public struct ExportConversation: Sendable {
    /// What stands in one document at most; `complete` says whether that was all. An mbox has all.
    public static let most = 5000
    private static let atOnce = 200

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The conversation, its contact, and its messages in one document.
    /// - Parameter account: nil means the first account.
    public func run(_ number: Int64, in account: ID<Account>?) async throws -> JSON {
        let desk = self.desk
        let conversation = try await find(number, in: account)
        var messages: [JSON] = []
        let isComplete = try await read(conversation, atMost: Self.most) { view in
            messages.append(JSON.raw(JSON.message(view, links: desk.attachmentLinks).text))
        }
        let (view, pages) = try await desk.database.read { tx in
            (try desk.view(of: conversation, tx), try tx.pages(of: conversation.contactID, limit: NotePage.mostPages))
        }
        return .object([
            ("exported_at", .integer(desk.now().seconds)), ("complete", .bool(isComplete)),
            ("conversation", .conversation(view, links: desk.attachmentLinks)), ("messages", .array(messages)),
            ("last_pages", .array(pages.map { JSON.visitorPage($0) })),
        ])
    }

    /// One mail for each message, with its files, in the form of an mbox (RFC 4155); no more than one of them is in memory.
    /// - Parameters:
    ///   - account: nil means the first account.
    ///   - write: takes the file's bytes, one mail after the other.
    public func mbox(_ number: Int64, in account: ID<Account>?, to write: ([UInt8]) throws -> Void) async throws {
        let desk = self.desk
        let conversation = try await find(number, in: account)
        let view = try await desk.database.read { try desk.view(of: conversation, $0) }
        let mails = MessageAsMail(conversation: conversation, contact: view.contact, inbox: view.inbox, desk: desk)
        try await read(conversation, atMost: .max) { view in
            try write(try await desk.database.read { tx in try mails.entry(view, tx) })
        }
    }

    private func find(_ number: Int64, in account: ID<Account>?) async throws -> Conversation {
        try await desk.database.read { tx in
            guard let account = try account ?? tx.firstAccount()?.id, let found = try tx.conversation(displayID: number, in: account) else {
                throw DeskError.notFound("There is no conversation \(number) here.")
            }
            return found
        }
    }

    /// Some at a time, so that nobody waits for the reading of a long one.
    /// - Returns: whether that was all.
    @discardableResult
    private func read(
        _ conversation: Conversation, atMost most: Int, _ take: (MessageView) async throws -> Void
    ) async throws -> Bool {
        var (taken, last) = (0, Int64(0))
        while taken < most {
            let after = last
            let page = try await desk.database.read { tx in
                try tx.views(of: tx.messages(in: conversation.id, after: after, limit: Self.atOnce)) { _ in conversation.displayID }
            }
            for view in page { try await take(view) }
            if page.count < Self.atOnce { return true }
            taken += page.count
            last = page.last?.message.id.value ?? last
        }
        return false
    }
}
