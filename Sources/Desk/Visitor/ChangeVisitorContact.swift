import Conversations
import Store

/// What a visitor, or the website on their behalf, says about them.
public struct VisitorDetails: Sendable {
    public var name: String?
    public var email: String?
    public var phoneNumber: String?
    /// JSON objects that are laid over what is known.
    public var customAttributes: JSON?
    public var additionalAttributes: JSON?

    public init(
        name: String? = nil, email: String? = nil, phoneNumber: String? = nil, customAttributes: JSON? = nil,
        additionalAttributes: JSON? = nil
    ) {
        self.name = name
        self.email = email
        self.phoneNumber = phoneNumber
        self.customAttributes = customAttributes
        self.additionalAttributes = additionalAttributes
    }
}

/// A contact as their own widget may see it.
public struct VisitorContact: Sendable {
    public let contact: Contact
    /// The address that was perhaps meant.
    public let suggestion: String?
}

/// The visitor's own contact: read and changed.
public struct ChangeVisitorContact: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(_ credentials: VisitorCredentials) async throws -> Contact {
        try await desk.database.read { tx in try desk.contact(of: try desk.visitor(credentials, tx), tx) }
    }

    public func run(_ credentials: VisitorCredentials, _ details: VisitorDetails) async throws -> VisitorContact {
        let desk = self.desk
        if let email = details.email, let domains = desk.mailDomains {
            // A stranger makes us ask nobody.
            let known = try await show(credentials).email
            if known != email { try await domains.check(email, now: desk.now()) }
        }
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            var contact = try desk.contact(of: visitor, tx)
            let suggestion = try desk.apply(details, to: &contact, of: visitor, tx)
            return VisitorContact(contact: contact, suggestion: suggestion)
        }
    }

    public func dropCustomAttributes(_ credentials: VisitorCredentials, _ names: [String]) async throws -> Contact {
        let desk = self.desk
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            var contact = try desk.contact(of: visitor, tx)
            contact.customAttributes = try JSONObjects.without(names, in: contact.customAttributes)
            try tx.updateContact(contact, at: desk.now())
            try desk.contactChanged(contact, of: visitor, tx)
            return contact
        }
    }
}

extension Desk {
    /// Bytes of a name or a number that somebody typed.
    private static let longestText = 255

    func apply(_ details: VisitorDetails, to contact: inout Contact, of visitor: Visitor, _ tx: any Connection) throws -> String? {
        let before = contact
        if let name = cleaned(details.name) { contact.name = name }
        if let phone = cleaned(details.phoneNumber) { contact.phoneNumber = phone }
        if let custom = details.customAttributes {
            contact.customAttributes = try JSONObjects.merged(contact.customAttributes, custom.text)
        }
        if let more = details.additionalAttributes {
            contact.additionalAttributes = try JSONObjects.merged(contact.additionalAttributes, more.text)
        }
        var suggestion: String?
        if let email = cleaned(details.email) { suggestion = try claimAddress(email, for: &contact, of: visitor, tx) }
        guard contact != before else { return suggestion }
        try tx.updateContact(contact, at: now())
        try contactChanged(contact, of: visitor, tx)
        return suggestion
    }

    /// One line without control characters; nil where nothing is left.
    func cleaned(_ text: String?) -> String? {
        guard let text else { return nil }
        let scalars = text.unicodeScalars.prefix(Self.longestText).map { $0.value < 32 || $0.value == 127 ? " " : $0 }
        let line = String(String.UnicodeScalarView(scalars)).trimmingPrefix { $0 == " " }
        return line.isEmpty ? nil : String(line)
    }
}
