import Conversations
import Store

/// Event streams opened or closed: that is how a visitor's page is known to be open (behaviour §2).
public struct NoteStreams: Sendable {
    /// How many streams' owners one transaction carries, so that thousands that come at once do not hold everybody up.
    public static let atOnce = 100

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter changes: by how many the streams of each owner became more or fewer; zero where one opened and closed again.
    public func run(_ changes: [(owner: StreamOwner, by: Int)]) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            for (owner, change) in changes {
                switch owner.audience {
                case .agents: try tx.countStream(owner.subject, node: desk.node, by: change, at: desk.now())
                case .visitor(let contact, let inbox):
                    try desk.watchingPresence(of: contact, inbox: inbox, account: owner.account, tx) {
                        try tx.countStream(owner.subject, node: desk.node, by: change, at: desk.now())
                    }
                    try reconsider(contact, inbox, tx)
                }
            }
        }
    }

    /// Timers of mail that waits depend on whether the page is open.
    private func reconsider(_ contact: ID<Contact>, _ inbox: ID<Inbox>, _ tx: any Connection) throws {
        for conversation in try tx.conversations(of: tx.contactMergedInto(contact) ?? contact, inbox: inbox, limit: 10) {
            let matters =
                try !tx.openForDelivery(in: conversation.id, limit: 1).isEmpty || tx.due(.continuity, conversation.id.value) != nil
            if matters { try desk.reconsiderMail(of: conversation, tx) }
        }
    }
}
