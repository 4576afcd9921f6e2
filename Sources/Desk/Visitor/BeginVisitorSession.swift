import Conversations
import Store

/// A browser comes to a website: it goes on with its session, or gets one and an anonymous contact.
public struct BeginVisitorSession: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Session: Sendable {
        public let inbox: Inbox
        public let contact: Contact
        /// For `X-Auth-Token`, good for another 180 days.
        public let authToken: String
        /// For the event stream.
        public let streamToken: String
        public let isNew: Bool
        /// Whether an email may be promised.
        public let promisesMail: Bool
    }

    /// The session of a good token, without writing anything; nil where there is none.
    public func existing(_ credentials: VisitorCredentials) async throws -> Session? {
        try await desk.database.read { try existing(credentials, $0) }
    }

    public func run(_ credentials: VisitorCredentials) async throws -> Session {
        if let known = try await existing(credentials) { return known }
        let desk = self.desk
        return try await desk.database.write { tx in
            let inbox = try desk.websiteInbox(credentials.websiteToken, tx)
            let contact = try tx.createContact(
                Contact(
                    id: ID(0), accountID: inbox.accountID, name: "", email: nil, emailState: nil, phoneNumber: nil, identifier: nil,
                    blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: nil, createdAt: desk.now()))
            let session = try desk.openSession(with: inbox, for: contact.id, hmacVerified: false, tx)
            return try desk.describe(session, inbox: inbox, contact: contact, isNew: true, tx)
        }
    }

    private func existing(_ credentials: VisitorCredentials, _ tx: any Connection) throws -> Session? {
        let inbox = try desk.websiteInbox(credentials.websiteToken, tx)
        guard let session = try desk.session(credentials.authToken, of: inbox, tx), let contact = try tx.contact(session.contactID) else {
            return nil
        }
        return try desk.describe(session, inbox: inbox, contact: contact, isNew: false, tx)
    }
}

extension Desk {
    func openSession(
        with inbox: Inbox, for contact: ID<Contact>, hmacVerified: Bool, _ tx: any Connection
    ) throws -> StoredVisitorSession {
        let sourceID = randomUUID()
        return try tx.createVisitorSession(
            inbox: inbox, contact: contact, sourceID: sourceID, streamTokenHash: Secrets.hash(streamToken(sourceID)),
            hmacVerified: hmacVerified, at: now())
    }

    func streamToken(_ sourceID: String) -> String { secrets.token(.visitorStream, sourceID) }

    func describe(
        _ session: StoredVisitorSession, inbox: Inbox, contact: Contact, isNew: Bool, _ tx: any Connection
    ) throws -> BeginVisitorSession.Session {
        BeginVisitorSession.Session(
            inbox: inbox, contact: contact,
            authToken: VisitorToken(sourceID: session.sourceID, inboxID: inbox.id, at: now()).signed(by: secrets),
            streamToken: streamToken(session.sourceID), isNew: isNew, promisesMail: try mailProof(of: inbox, tx) == .given)
    }
}
