import Conversations
import Store

/// What an agent says of a contact; nil leaves a field as it is, an empty text clears it.
public struct ContactChanges: Sendable {
    public var name: String?
    public var email: String?
    public var phoneNumber: String?
    public var identifier: String?
    public var blocked: Bool?
    /// JSON objects, merged into what is kept.
    public var additionalAttributes: String?
    public var customAttributes: String?

    public init() {}

    /// Puts the changes into a contact.
    func apply(to contact: inout Contact, _ tx: any Connection) throws {
        if let name { contact.name = name.isEmpty ? "" : try required(name, "a name", longest: 255) }
        if let email { try applyEmail(email, to: &contact, tx) }
        if let phoneNumber { contact.phoneNumber = try phone(phoneNumber) }
        if let identifier {
            let wanted = identifier.isEmpty ? nil : try required(identifier, "an identifier", longest: 255)
            if let wanted, wanted != contact.identifier, let other = try tx.contact(identifier: wanted, in: contact.accountID),
                other.id != contact.id
            {
                throw DeskError.invalid("Another contact has this identifier.", attributes: ["identifier"])
            }
            contact.identifier = wanted
        }
        if let blocked { contact.blocked = blocked }
        if let additionalAttributes {
            contact.additionalAttributes = try JSONObjects.merged(contact.additionalAttributes, additionalAttributes)
        }
        if let customAttributes { contact.customAttributes = try JSONObjects.merged(contact.customAttributes, customAttributes) }
    }

    /// An address that an agent typed is claimed, unless it is known better of this very contact.
    private func applyEmail(_ text: String, to contact: inout Contact, _ tx: any Connection) throws {
        guard !text.isEmpty else {
            (contact.email, contact.emailState) = (nil, nil)
            return
        }
        let wanted = try address(text)
        guard wanted != contact.email else { return }
        if let other = try tx.contact(owning: wanted, in: contact.accountID), other.id != contact.id {
            throw DeskError.invalid("Another contact has this address.", attributes: ["email"])
        }
        let known = contact.id.value == 0 ? nil : try tx.addresses(of: contact.id).first { $0.address == wanted }?.state
        contact.email = wanted
        contact.emailState = known == .proven ? .proven : .claimed
    }

    /// E.164 as Chatwoot asks for it.
    private func phone(_ text: String) throws -> String? {
        guard !text.isEmpty else { return nil }
        guard text.first == "+", (3...16).contains(text.utf8.count), text.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }) else {
            throw DeskError.invalid("Write the phone number with its country: +49301234567.", attributes: ["phone_number"])
        }
        return text
    }
}

/// A new contact.
public struct CreateContact: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter inboxID: where it can be written to at once; a website's session is made for it.
    public func run(_ changes: ContactChanges, inboxID: Int64?, by agent: Agent) async throws -> ContactView {
        let desk = self.desk
        return try await desk.database.write { tx in
            var contact = Contact(
                id: ID(0), accountID: agent.accountID, name: "", email: nil, emailState: nil, phoneNumber: nil, identifier: nil,
                blocked: false, additionalAttributes: "{}", customAttributes: "{}", lastActivityAt: nil, createdAt: desk.now())
            try changes.apply(to: &contact, tx)
            contact = try tx.createContact(contact)
            if let inboxID { _ = try desk.openDoor(of: contact, in: tx.inbox(inboxID, of: agent), sourceID: nil, tx) }
            try desk.journal(tx).contact(.contactCreated, contact)
            return try desk.view(of: contact, tx)
        }
    }
}

/// An agent changes a contact. A new address releases the mail that waits for one (behaviour §3).
public struct UpdateContact: Sendable {
    /// How many of the contact's newest conversations are asked again.
    static let conversations = 50

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, _ changes: ContactChanges, by agent: Agent) async throws -> ContactView {
        let desk = self.desk
        return try await desk.database.write { tx in
            let before = try tx.contact(number, of: agent)
            var contact = before
            try changes.apply(to: &contact, tx)
            guard contact != before else { return try desk.view(of: contact, tx) }
            try tx.updateContact(contact, at: desk.now())
            try desk.journal(tx).contact(.contactUpdated, contact)
            if contact.email != before.email || contact.emailState != before.emailState || contact.blocked != before.blocked {
                for conversation in try tx.conversations(of: contact.id, inbox: nil, limit: Self.conversations) {
                    try desk.reconsiderMail(of: conversation, withNewAddressOf: contact, tx)
                }
            }
            return try desk.view(of: contact, tx)
        }
    }

    /// Takes members out of the contact's own attributes.
    public func dropCustomAttributes(_ names: [String], of number: Int64, by agent: Agent) async throws -> ContactView {
        let desk = self.desk
        return try await desk.database.write { tx in
            var contact = try tx.contact(number, of: agent)
            contact.customAttributes = try JSONObjects.without(names, in: contact.customAttributes)
            try tx.updateContact(contact, at: desk.now())
            try desk.journal(tx).contact(.contactUpdated, contact)
            return try desk.view(of: contact, tx)
        }
    }
}

/// Makes a contact reachable in a website inbox: a session that no browser has yet.
public struct OpenContactDoor: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, inbox inboxNumber: Int64, sourceID: String?, by agent: Agent) async throws -> JSON {
        let desk = self.desk
        return try await desk.database.write { tx in
            let contact = try tx.contact(number, of: agent)
            let inbox = try tx.inbox(inboxNumber, of: agent)
            return JSON.door(inbox, sourceID: try desk.openDoor(of: contact, in: inbox, sourceID: sourceID, tx))
        }
    }
}

extension Desk {
    /// - Returns: the source id that names the contact in this inbox.
    func openDoor(of contact: Contact, in inbox: Inbox, sourceID: String?, _ tx: any Connection) throws -> String {
        guard inbox.kind == .website else {
            guard let email = contact.email else {
                throw DeskError.invalid("This contact has no address. Add one first.", attributes: ["email"])
            }
            return email
        }
        if sourceID == nil, let known = try tx.visitorSession(of: contact.id, inbox: inbox.id) { return known.sourceID }
        let source = try sourceID.map { try required($0, "a source id", longest: 128) } ?? randomUUID()
        guard try tx.visitorSession(sourceID: source) == nil else {
            throw DeskError.invalid("This source id is taken.", attributes: ["source_id"])
        }
        _ = try tx.createVisitorSession(
            inbox: inbox, contact: contact.id, sourceID: source, streamTokenHash: Secrets.hash(secrets.token(.visitorStream, source)),
            hmacVerified: false, at: now())
        return source
    }
}
