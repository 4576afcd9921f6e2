import Conversations
import Store

/// A contact with the doors that it has come through.
public struct ContactView: Sendable {
    public let contact: Contact
    public let doors: [(inbox: Inbox, sourceID: String)]
    /// `online`, `busy` or `offline`.
    public let availability: String
    /// Who has proven the address that this contact only typed; asked for one contact, not in lists.
    public var saysToBe: Contact?
}

/// A page of contacts, all or those that a search finds.
public struct ListContacts: Sendable {
    public static let pageSize = 15
    static let lastPage = 1000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Page: Sendable {
        public let count: Int64
        public let rows: [ContactView]
    }

    /// - Parameters:
    ///   - search: the readings of what is searched for: what any of them finds; everybody where there is none.
    ///   - page: from 1.
    public func run(search: [String], sort: ContactSort, page: Int, by agent: Agent) async throws -> Page {
        let desk = self.desk
        let offset = (min(max(page, 1), Self.lastPage) - 1) * Self.pageSize
        return try await desk.database.read { tx in
            let rows = try tx.contacts(of: agent.accountID, search: search, sort: sort, limit: Self.pageSize, offset: offset)
            return Page(
                count: try tx.contactCount(of: agent.accountID, search: search), rows: try desk.views(of: rows, agent.accountID, tx))
        }
    }

    /// Those that meet all conditions.
    public func run(_ conditions: [ContactCondition], page: Int, by agent: Agent) async throws -> Page {
        let desk = self.desk
        let offset = (min(max(page, 1), Self.lastPage) - 1) * Self.pageSize
        return try await desk.database.read { tx in
            let (rows, count) = try tx.contacts(of: agent.accountID, meeting: conditions, limit: Self.pageSize, offset: offset)
            return Page(count: count, rows: try desk.views(of: rows, agent.accountID, tx))
        }
    }
}

/// One contact.
public struct ShowContact: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> ContactView {
        let desk = self.desk
        return try await desk.database.read { tx in try desk.view(of: tx.contact(number, of: agent), tx) }
    }

    /// A contact's conversations, the newest first.
    public func conversations(_ number: Int64, by agent: Agent) async throws -> [ConversationView] {
        let desk = self.desk
        return try await desk.database.read { tx in
            let contact = try tx.contact(number, of: agent)
            return try tx.views(of: tx.conversations(of: contact.id, inbox: nil, limit: 20), now: desk.now())
        }
    }
}

extension Desk {
    func view(of contact: Contact, _ tx: any Connection) throws -> ContactView {
        var view =
            try views(of: [contact], contact.accountID, tx).first ?? ContactView(contact: contact, doors: [], availability: "offline")
        view.saysToBe = try tx.somebodyWhoProved(theAddressOf: contact)
        return view
    }

    /// A fixed number of queries, however many rows.
    func views(of contacts: [Contact], _ account: ID<Account>, _ tx: any Connection) throws -> [ContactView] {
        guard !contacts.isEmpty else { return [] }
        let inboxes = Dictionary(try tx.inboxes(of: account).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let sessions = try tx.visitorSessions(of: contacts.map(\.id))
        let pages = try tx.presence(of: contacts.map(\.id))
        return contacts.map { contact in
            // One door for each inbox: the newest session of each.
            let newest = Dictionary((sessions[contact.id] ?? []).map { ($0.inbox, $0.sourceID) }, uniquingKeysWith: { $1 })
            let doors = newest.sorted { $0.key < $1.key }.compactMap { door in inboxes[door.key].map { ($0, door.value) } }
            return ContactView(
                contact: contact, doors: doors,
                availability: PagePresence(rows: pages[contact.id] ?? [], now: now()).chatwootStatus)
        }
    }
}

extension JSON {
    public static func contact(_ view: ContactView) -> JSON {
        guard case .object(var members) = contact(view.contact, availability: view.availability, saysToBe: view.saysToBe) else {
            return .null
        }
        members.append(("contact_inboxes", .array(view.doors.map { door($0.inbox, sourceID: $0.sourceID) })))
        return .object(members)
    }

    public static func door(_ inbox: Inbox, sourceID: String) -> JSON {
        .object([
            ("source_id", .string(sourceID)),
            (
                "inbox",
                .object([
                    ("id", .integer(inbox.id.value)), ("avatar_url", .string("")), ("channel_id", .integer(inbox.id.value)),
                    ("name", .string(inbox.name)), ("channel_type", .string(inbox.channelType)), ("provider", .null),
                ])
            ),
        ])
    }
}

/// The inboxes through which a contact can be written to.
public struct ListDoors: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> [JSON] {
        try await desk.database.read { tx in
            let contact = try tx.contact(number, of: agent)
            return try tx.inboxes(of: agent.accountID).compactMap { inbox in
                switch inbox.kind {
                case .email: contact.email.map { JSON.door(inbox, sourceID: $0) }
                case .website: try tx.visitorSession(of: contact.id, inbox: inbox.id).map { JSON.door(inbox, sourceID: $0.sourceID) }
                }
            }
        }
    }
}
