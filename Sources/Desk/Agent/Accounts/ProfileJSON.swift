import Conversations
import Store

extension JSON {
    /// The signed-in agent as they see themselves, with their own tokens: Chatwoot's profile.
    public static func profile(_ credentials: AgentCredentials, account: Account, tokens: AgentTokens) -> JSON {
        let agent = credentials.agent
        return .object([
            ("id", .integer(agent.id.value)), ("access_token", .string(tokens.access)), ("account_id", .integer(agent.accountID.value)),
            ("available_name", .string(agent.name)), ("avatar_url", .string("")), ("confirmed", .bool(true)),
            ("display_name", .null), ("message_signature", .null), ("email", .string(agent.email)), ("name", .string(agent.name)),
            ("provider", .string("email")), ("pubsub_token", .string(tokens.stream)), ("role", .string(agent.role.rawValue)),
            ("ui_settings", .raw(credentials.uiSettings)), ("uid", .string(agent.email)), ("type", .null),
            ("custom_attributes", .object([])),
            ("inviter_id", .null),
            (
                "accounts",
                .array([
                    .object([
                        ("id", .integer(account.id.value)), ("name", .string(account.name)), ("status", .string("active")),
                        ("active_at", .null), ("role", .string(agent.role.rawValue)),
                        ("permissions", .array([.string(agent.role.rawValue)])), ("availability", .string(agent.availability.rawValue)),
                        ("availability_status", .string(agent.availability.rawValue)), ("auto_offline", .bool(false)),
                        ("custom_role_id", .null), ("custom_role", .null),
                    ])
                ])
            ),
        ])
    }

    public static func account(_ account: Account) -> JSON {
        .object([
            ("id", .integer(account.id.value)), ("name", .string(account.name)), ("locale", .string(account.locale)),
            ("timezone", .string(account.timeZone ?? "UTC")), ("domain", .null),
            ("support_email", .null), ("status", .string("active")), ("cache_keys", .object([])), ("features", .object([])),
            ("settings", .object([])), ("custom_attributes", .object([])),
        ])
    }
}
