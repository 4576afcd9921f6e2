import Conversations
import Store

/// What a widget shows of itself with every request.
public struct VisitorCredentials: Sendable {
    /// The website's public token.
    public var websiteToken: String
    /// The session's signed token; nil where there is none yet.
    public var authToken: String?

    public init(websiteToken: String, authToken: String?) {
        self.websiteToken = websiteToken
        self.authToken = authToken
    }
}

/// Whose request it is: a session with a website's inbox.
struct Visitor: Sendable {
    var inbox: Inbox
    var session: StoredVisitorSession
    /// Whose the session's conversations are: its contact, or the one which that was joined with. Such a session goes on seeing and changing
    /// only what it said itself.
    var contactID: ID<Contact>
    /// Conversations that a link in a mail let this session into, the newest grant first.
    var grants: [ConversationGrant] = []

    /// A conversation belongs to the session that began it; with a signed identity history follows the person (behaviour §7). What a
    /// mail began belongs to the contact, but to no browser that came to it by being joined. A redeemed link in a mail lets one more
    /// session in (behaviour §8).
    func owns(_ conversation: Conversation) -> Bool {
        guard conversation.contactID == contactID, conversation.inboxID == inbox.id else { return false }
        if conversation.sessionID == session.id || grants.contains(where: { $0.conversationID == conversation.id }) { return true }
        return contactID == session.contactID && (conversation.sessionID == nil || session.hmacVerified)
    }
}

extension Desk {
    /// How many of a visitor's conversations are looked through for the right one.
    private static let conversationsLookedAt = 20

    func websiteInbox(_ token: String, _ tx: any Connection) throws -> Inbox {
        guard let inbox = try tx.inbox(websiteToken: token), inbox.kind == .website else {
            throw DeskError.notFound("There is no website with this token. Copy the snippet from the inbox's settings again.")
        }
        return inbox
    }

    /// The session that a token names; nil where the token is not good, or of another website.
    func session(_ authToken: String?, of inbox: Inbox, _ tx: any Connection) throws -> StoredVisitorSession? {
        guard let authToken, let token = VisitorToken(authToken, secrets: secrets, now: now()), token.inboxID == inbox.id.value,
            let session = try tx.visitorSession(sourceID: token.sourceID), session.inboxID == inbox.id
        else { return nil }
        return session
    }

    /// Who asks. Throws `signInNeeded` where the token is missing or not good.
    func visitor(_ credentials: VisitorCredentials, _ tx: any Connection) throws -> Visitor {
        let inbox = try websiteInbox(credentials.websiteToken, tx)
        guard let session = try session(credentials.authToken, of: inbox, tx) else {
            throw DeskError.signInNeeded("This chat session is over. Reload the page to begin a new one.")
        }
        return try visitor(session, of: inbox, tx)
    }

    func visitor(_ session: StoredVisitorSession, of inbox: Inbox, _ tx: any Connection) throws -> Visitor {
        Visitor(
            inbox: inbox, session: session, contactID: try tx.contactMergedInto(session.contactID) ?? session.contactID,
            grants: try tx.grants(of: session.id))
    }

    func contact(of visitor: Visitor, _ tx: any Connection) throws -> Contact {
        guard let contact = try tx.contact(visitor.session.contactID) else { throw DeskError.notFound("There is no such contact.") }
        return contact
    }

    /// The visitor's conversations, newest first.
    func conversations(of visitor: Visitor, _ tx: any Connection) throws -> [Conversation] {
        try tx.conversations(of: visitor.contactID, inbox: visitor.inbox.id, limit: Self.conversationsLookedAt).filter(visitor.owns)
    }

    /// The one that the widget shows: the newest, where one that a link has opened counts from then on.
    func currentConversation(of visitor: Visitor, _ tx: any Connection) throws -> Conversation? {
        let newest = try conversations(of: visitor, tx).first
        guard let grant = visitor.grants.first, newest.map({ $0.createdAt < grant.grantedAt }) ?? true,
            let opened = try tx.conversation(grant.conversationID), visitor.owns(opened)
        else { return newest }
        return opened
    }
}
