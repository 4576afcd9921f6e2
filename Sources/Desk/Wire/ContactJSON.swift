import Conversations

extension JSON {
    /// A contact as agents see it, in Chatwoot's shape.
    /// - Parameters:
    ///   - availability: `online`, `busy` or `offline`, where it was looked up.
    ///   - saysToBe: who has proven the address that this one only typed.
    public static func contact(_ contact: Contact, availability: String = "offline", saysToBe: Contact? = nil) -> JSON {
        .object([
            ("id", .integer(contact.id.value)), ("name", .string(contact.name)), ("email", JSON(contact.email)),
            ("address_state", JSON(contact.emailState?.rawValue)), ("phone_number", JSON(contact.phoneNumber)),
            ("identifier", JSON(contact.identifier)), ("blocked", .bool(contact.blocked)), ("thumbnail", .string("")),
            ("availability_status", .string(availability)), ("says_to_be", JSON.saysToBe(saysToBe)),
            ("additional_attributes", .raw(contact.additionalAttributes)), ("custom_attributes", .raw(contact.customAttributes)),
            ("last_activity_at", JSON(contact.lastActivityAt?.seconds)), ("created_at", .integer(contact.createdAt.seconds)),
            ("type", .string("contact")),
        ])
    }

    /// A contact as the visitor's own widget sees it.
    static func contactForVisitor(_ contact: Contact) -> JSON {
        .object([("id", .integer(contact.id.value)), ("name", .string(contact.name)), ("type", .string("contact"))])
    }

    /// An agent as colleagues see them.
    public static func agent(_ agent: Agent) -> JSON {
        .object([
            ("id", .integer(agent.id.value)), ("name", .string(agent.name)), ("available_name", .string(agent.name)),
            ("email", .string(agent.email)), ("account_id", .integer(agent.accountID.value)), ("role", .string(agent.role.rawValue)),
            ("availability_status", .string(agent.availability.rawValue)), ("thumbnail", .string("")), ("confirmed", .bool(true)),
            ("type", .string("user")),
        ])
    }

    /// An agent as visitors see them: no address, no role.
    public static func agentForVisitor(_ agent: Agent) -> JSON {
        .object([
            ("id", .integer(agent.id.value)), ("name", .string(agent.name)), ("available_name", .string(agent.name)),
            ("avatar_url", .string("")), ("thumbnail", .string("")), ("availability_status", .string(agent.availability.rawValue)),
            ("type", .string("user")),
        ])
    }
}
