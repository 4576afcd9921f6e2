import Conversations
import Store

/// A visitor's page says whether the widget is open and the document visible (behaviour §2, *looking*), and which page it is.
public struct NotePage: Sendable {
    /// How many pages are kept of one contact.
    public static let mostPages = 10
    /// Nobody reads so many pages in a shorter time.
    static let pagesTake = Duration.seconds(20)

    private let desk: Desk

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

    /// The visitor is on this page. Agents who look learn of it at once. What comes too quickly is left out.
    public func visit(_ credentials: VisitorCredentials, address: String, title: String) async throws {
        let desk = self.desk
        guard let page = VisitedPage(address: address, title: desk.cleaned(title) ?? "") else { return }
        try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            guard let contact = try tx.contact(visitor.contactID), !contact.blocked else { return }
            let known = try tx.pages(of: contact.id, limit: Self.mostPages)
            if known.count == Self.mostPages, let oldest = known.last, oldest.seenAt > desk.now() - Self.pagesTake { return }
            let kept = VisitorPage(url: page.url, title: page.title, seenAt: desk.now())
            guard try tx.keep(kept, of: contact, atMost: Self.mostPages) else { return }
            try desk.journal(tx).page(kept, of: contact)
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
