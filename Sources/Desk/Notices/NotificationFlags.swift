import Conversations
import Store

/// What an agent wants to be told of, and how: Chatwoot's flags.
public struct NotificationFlags: Sendable, Hashable {
    /// A mail to the agent: what nobody opened in time, and a colleague's call.
    public static let byEmail: [Notice.Kind] = [.newMessage, .mention]
    /// A line in the dashboard's list, and a notice of the browser where the agent allowed that.
    public static let inDashboard = Notice.Kind.allCases

    public var email: Set<Notice.Kind>
    public var push: Set<Notice.Kind>

    /// Mail as behaviour §9 has it; in the dashboard all but every new conversation.
    public static let usual = NotificationFlags(email: Set(byEmail), push: Set(inDashboard).subtracting([.creation]))

    init(email: Set<Notice.Kind>, push: Set<Notice.Kind>) {
        self.email = email
        self.push = push
    }

    /// - Parameter stored: `{"email":[…],"push":[…]}`; what is not in it is as usual.
    init(stored: String) {
        self = .usual
        let json = try? JSON(parsing: stored.utf8)
        if let kinds = Self.kinds(json?["email"]) { email = kinds }
        if let kinds = Self.kinds(json?["push"]) { push = kinds }
    }

    private static func kinds(_ json: JSON?) -> Set<Notice.Kind>? {
        guard case .array(let values)? = json else { return nil }
        return Set(values.compactMap { if case .string(let name) = $0 { Notice.Kind(rawValue: name) } else { nil } })
    }

    var stored: String {
        func names(_ kinds: Set<Notice.Kind>) -> JSON { .array(kinds.map(\.rawValue).sorted().map { .string($0) }) }
        return JSON.object([("email", names(email)), ("push", names(push))]).text
    }
}

/// An agent's own settings of what they are told of.
public struct NotificationSettings: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(of agent: Agent) async throws -> NotificationFlags {
        try await desk.database.read { NotificationFlags(stored: try $0.notificationFlags(of: agent.accountID)[agent.id] ?? "{}") }
    }

    /// - Parameters: Chatwoot's names, `email_…` and `push_…`; nil leaves that way as it is.
    public func change(email: [String]?, push: [String]?, of agent: Agent) async throws -> NotificationFlags {
        let email = try email.map { try Self.kinds($0, "email_", NotificationFlags.byEmail) }
        let push = try push.map { try Self.kinds($0, "push_", NotificationFlags.inDashboard) }
        return try await desk.database.write { tx in
            var flags = NotificationFlags(stored: try tx.notificationFlags(of: agent.accountID)[agent.id] ?? "{}")
            flags.email = email ?? flags.email
            flags.push = push ?? flags.push
            try tx.setNotificationFlags(flags.stored, of: agent.id)
            return flags
        }
    }

    private static func kinds(_ names: [String], _ prefix: String, _ known: [Notice.Kind]) throws -> Set<Notice.Kind> {
        Set(
            try names.map { name in
                guard name.hasPrefix(prefix), let kind = Notice.Kind(rawValue: String(name.dropFirst(prefix.count))), known.contains(kind)
                else {
                    throw DeskError.invalid(
                        "There is no flag “\(name.prefix(60))”. These are: \(known.map { prefix + $0.rawValue }.joined(separator: ", ")).",
                        attributes: ["notification_settings"])
                }
                return kind
            })
    }
}

extension JSON {
    public static func notificationSettings(_ flags: NotificationFlags, of agent: Agent) -> JSON {
        func names(_ prefix: String, _ kinds: [Notice.Kind]) -> JSON { .array(kinds.map { .string(prefix + $0.rawValue) }) }
        return .object([
            ("id", .integer(agent.id.value)), ("user_id", .integer(agent.id.value)), ("account_id", .integer(agent.accountID.value)),
            ("all_email_flags", names("email_", NotificationFlags.byEmail)),
            ("selected_email_flags", names("email_", NotificationFlags.byEmail.filter(flags.email.contains))),
            ("all_push_flags", names("push_", NotificationFlags.inDashboard)),
            ("selected_push_flags", names("push_", NotificationFlags.inDashboard.filter(flags.push.contains))),
        ])
    }
}
