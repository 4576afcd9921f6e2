import Conversations
import Store

/// A visitor's page says whether the widget is open and the document visible (behaviour §2, *looking*).
public struct NotePage: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ credentials: VisitorCredentials, open: Bool, visible: Bool) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            try desk.watchingPresence(of: visitor.session.contactID, inbox: visitor.inbox.id, account: visitor.inbox.accountID, tx) {
                try tx.notePage(.visitor(visitor.session.id), node: desk.node, widgetOpen: open, documentVisible: visible, at: desk.now())
            }
        }
    }
}

extension Desk {
    /// Runs what changes a visitor's presence and tells the agents where the word for it changes.
    func watchingPresence(
        of contact: ID<Contact>, inbox: ID<Inbox>, account: ID<Account>, _ tx: any Connection, _ change: () throws -> Void
    ) throws {
        func word() throws -> String { PagePresence(rows: try tx.presence(of: contact, inbox: inbox), now: now()).chatwootStatus }
        let before = try word()
        try change()
        let after = try word()
        if after != before { try journal(tx).presence(account: account, contacts: [(contact, after)], agents: []) }
    }
}
