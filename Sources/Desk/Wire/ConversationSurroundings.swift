import Conversations
import Store

/// What stands around one conversation: others that it is linked with, people beside its contact, and who its contact says to be.
public struct ConversationSurroundings: Sendable {
    public var linked: [LinkedConversation]
    public var participants: [Participant]
    public var saysToBe: Contact?
}

extension Connection {
    func surroundings(of conversation: Conversation, contact: Contact) throws -> ConversationSurroundings {
        ConversationSurroundings(
            linked: try linkedConversations(of: conversation.id), participants: try participants(in: conversation.id),
            saysToBe: try somebodyWhoProved(theAddressOf: contact))
    }

    /// Who has proven the address that this contact only typed: the agent sees “says to be …” (behaviour §7).
    func somebodyWhoProved(theAddressOf contact: Contact) throws -> Contact? {
        guard let email = contact.email, contact.emailState != .proven else { return nil }
        return try contactWithProven(email, in: contact.accountID, otherThan: contact.id)
    }
}

extension JSON {
    static func surroundings(_ around: ConversationSurroundings) -> [(String, JSON)] {
        [
            (
                "linked_conversations",
                .array(
                    around.linked.map {
                        .object([
                            ("id", .integer($0.displayID)), ("subject", .string($0.subject)), ("status", .string($0.status.rawValue)),
                            ("relation", .string($0.isEarlier ? "earlier" : "later")),
                        ])
                    })
            ),
            ("mail_participants", participants(around.participants)),
        ]
    }

    public static func participants(_ participants: [Participant]) -> JSON {
        .array(
            participants.map {
                .object([
                    ("address", .string($0.address)), ("name", .string($0.name)), ("standing", .string($0.standing.rawValue)),
                    ("contact_id", JSON($0.contactID?.value)),
                ])
            })
    }

    static func saysToBe(_ contact: Contact?) -> JSON {
        contact.map { .object([("id", .integer($0.id.value)), ("name", .string($0.name))]) } ?? .null
    }
}
