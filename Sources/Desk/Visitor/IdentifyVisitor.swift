import Conversations
import Crypto
import Foundation
import Store

/// The website says who its visitor is (`setUser`).
///
/// Only a signed identity (HMAC-SHA256 of the identifier with the inbox's key) counts as one: then history follows the person to any
/// device. What is not signed is kept as what somebody said, and finds nobody's history (behaviour §7).
public struct IdentifyVisitor: Sendable {
    /// Bytes of an identifier.
    static let longest = 255

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Outcome: Sendable {
        public let contact: Contact
        /// The token of another session, where the visitor turned out to be somebody else than the one before.
        public let newAuthToken: String?
        public let newStreamToken: String?
    }

    public func run(
        _ credentials: VisitorCredentials, identifier: String, hash: String?, _ details: VisitorDetails
    ) async throws -> Outcome {
        let desk = self.desk
        guard !identifier.isEmpty, identifier.utf8.count <= Self.longest else {
            throw DeskError.invalid("`identifier` must be a text of 1 to \(Self.longest) bytes.", attributes: ["identifier"])
        }
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            let isSigned = try Self.check(hash, identifier, visitor.inbox)
            let contact = try desk.contact(of: visitor, tx)
            return isSigned
                ? try signed(identifier, details, contact: contact, visitor: visitor, tx)
                : try unsigned(identifier, details, contact: contact, visitor: visitor, tx)
        }
    }

    /// Whether the identity is signed; throws where it is signed wrongly, or must be and is not.
    private static func check(_ hash: String?, _ identifier: String, _ inbox: Inbox) throws -> Bool {
        guard let hash, !hash.isEmpty else {
            if inbox.hmacMandatory { throw DeskError.signInNeeded("This website signs its visitors: send `identifier_hash`.") }
            return false
        }
        let key = SymmetricKey(data: Data(inbox.hmacToken.utf8))
        let expected = Secrets.hex(HMAC<SHA256>.authenticationCode(for: Data(identifier.utf8), using: key))
        guard Secrets.equal(Array(hash.lowercased().utf8), Array(expected.utf8)) else {
            throw DeskError.signInNeeded("`identifier_hash` does not belong to this identifier and website.")
        }
        return true
    }

    private func signed(
        _ identifier: String, _ details: VisitorDetails, contact: Contact, visitor: Visitor, _ tx: any Connection
    ) throws -> Outcome {
        let owner = try tx.contact(identifier: identifier, in: visitor.inbox.accountID)
        if let owner, owner.id == contact.id { return try keep(details, owner, identifier, visitor: visitor, tx) }
        if owner == nil, contact.identifier == nil, visitor.contactID == contact.id {
            var contact = contact
            contact.identifier = identifier
            return try keep(details, contact, identifier, visitor: visitor, tx)
        }
        return try another(owner, identifier, details, before: contact, visitor: visitor, tx)
    }

    /// The session stays with its contact and is now signed.
    private func keep(
        _ details: VisitorDetails, _ contact: Contact, _ identifier: String, visitor: Visitor, _ tx: any Connection
    ) throws -> Outcome {
        var contact = contact
        if !visitor.session.hmacVerified { try tx.moveVisitorSession(visitor.session.id, to: contact.id, hmacVerified: true) }
        try tx.updateContact(contact, at: desk.now())
        try apply(details, identifier, to: &contact, of: visitor, tx)
        return Outcome(contact: contact, newAuthToken: nil, newStreamToken: nil)
    }

    /// The person is somebody else than this session's contact: a new session. What an anonymous visitor began goes with them.
    private func another(
        _ owner: Contact?, _ identifier: String, _ details: VisitorDetails, before: Contact, visitor: Visitor, _ tx: any Connection
    ) throws -> Outcome {
        var contact =
            try owner
            ?? tx.createContact(
                Contact(
                    id: ID(0), accountID: visitor.inbox.accountID, name: "", email: nil, emailState: nil, phoneNumber: nil,
                    identifier: identifier, blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: nil,
                    createdAt: desk.now()))
        let session = try desk.openSession(with: visitor.inbox, for: contact.id, hmacVerified: true, tx)
        if before.identifier == nil {
            for conversation in try desk.conversations(of: visitor, tx) {
                var moved = conversation
                moved.contactID = contact.id
                moved.sessionID = session.id
                moved.updatedAt = desk.now()
                try tx.updateConversation(moved, from: conversation)
                try desk.journal(tx).conversation(.conversationContactChanged, moved)
            }
        }
        let now = try desk.visitor(session, of: visitor.inbox, tx)
        try apply(details, identifier, to: &contact, of: now, tx)
        let described = try desk.describe(session, inbox: visitor.inbox, contact: contact, isNew: true, tx)
        return Outcome(contact: contact, newAuthToken: described.authToken, newStreamToken: described.streamToken)
    }

    /// The signature covers the identifier alone. An address beside it is claimed, unless it is the identifier.
    private func apply(
        _ details: VisitorDetails, _ identifier: String, to contact: inout Contact, of visitor: Visitor, _ tx: any Connection
    ) throws {
        _ = try desk.apply(details, to: &contact, of: visitor, tx)
        guard let email = contact.email, email == identifier.lowercased(), contact.emailState == .claimed else { return }
        contact.emailState = .proven
        try tx.updateContact(contact, at: desk.now())
        try desk.contactChanged(contact, of: visitor, tx)
    }

    private func unsigned(
        _ identifier: String, _ details: VisitorDetails, contact: Contact, visitor: Visitor, _ tx: any Connection
    ) throws -> Outcome {
        var (contact, visitor) = (contact, visitor)
        var newSession: BeginVisitorSession.Session?
        let said = JSON.members(of: contact.additionalAttributes).first { $0.0 == Self.claimedIdentifier }?.1.stringValue
        if let known = contact.identifier ?? said, known != identifier {
            // Somebody else sits at this browser now: they begin with nothing.
            contact = try tx.createContact(
                Contact(
                    id: ID(0), accountID: visitor.inbox.accountID, name: "", email: nil, emailState: nil, phoneNumber: nil, identifier: nil,
                    blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: nil, createdAt: desk.now()))
            let session = try desk.openSession(with: visitor.inbox, for: contact.id, hmacVerified: false, tx)
            visitor = try desk.visitor(session, of: visitor.inbox, tx)
            newSession = try desk.describe(session, inbox: visitor.inbox, contact: contact, isNew: true, tx)
        }
        var details = details
        if contact.identifier == nil {
            let more: [(String, JSON)] = if case .object(let members)? = details.additionalAttributes { members } else { [] }
            details.additionalAttributes = .object(
                more.filter { $0.0 != Self.claimedIdentifier } + [(Self.claimedIdentifier, .string(identifier))])
        }
        _ = try desk.apply(details, to: &contact, of: visitor, tx)
        return Outcome(contact: contact, newAuthToken: newSession?.authToken, newStreamToken: newSession?.streamToken)
    }

    /// Where an identifier that nobody signed is kept.
    static let claimedIdentifier = "claimed_identifier"
}

extension Contact {
    /// The website has said who this is, signed or not.
    var isNamedByWebsite: Bool {
        identifier != nil || JSON.members(of: additionalAttributes).contains { $0.0 == IdentifyVisitor.claimedIdentifier }
    }
}
