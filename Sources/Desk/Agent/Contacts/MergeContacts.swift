import Conversations
import Store

/// An agent says that two contacts are one person. Everything of the second goes to the first; its number goes on leading there.
public struct MergeContacts: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, into baseNumber: Int64, by agent: Agent) async throws -> ContactView {
        let desk = self.desk
        return try await desk.database.write { tx in
            let (base, other) = (try tx.contact(baseNumber, of: agent), try tx.contact(number, of: agent))
            guard base.id != other.id else {
                throw DeskError.invalid("These are one contact already.", attributes: ["mergee_contact_id"])
            }
            let joined = try desk.join(other, into: base, tx)
            return try desk.view(of: joined, tx)
        }
    }
}

extension Desk {
    /// Joins two contacts; what the first lacks it takes from the second, and nothing that it has is lost.
    func join(_ other: Contact, into base: Contact, _ tx: any Connection) throws -> Contact {
        var joined = base
        if joined.name.isEmpty { joined.name = other.name }
        joined.phoneNumber = joined.phoneNumber ?? other.phoneNumber
        joined.identifier = joined.identifier ?? other.identifier
        if joined.email == nil || (joined.emailState == .unreachable && other.emailState == .proven) {
            (joined.email, joined.emailState) = (other.email, other.emailState)
        }
        joined.blocked = base.blocked || other.blocked
        joined.additionalAttributes = try JSONObjects.merged(other.additionalAttributes, base.additionalAttributes)
        joined.customAttributes = try JSONObjects.merged(other.customAttributes, base.customAttributes)
        joined.lastActivityAt = [base.lastActivityAt, other.lastActivityAt].compactMap { $0 }.max()
        let moved = try tx.conversations(of: other.id, inbox: nil, limit: 500)
        try tx.merge(other, into: base, at: now())
        try tx.updateContact(joined, at: now())
        try journal(tx).contact(.contactUpdated, joined)
        for old in moved {
            guard let conversation = try tx.conversation(old.id) else { continue }
            try reconsiderMail(of: conversation, withNewAddressOf: joined, tx)
            try journal(tx).conversation(.conversationContactChanged, conversation)
        }
        return joined
    }
}
