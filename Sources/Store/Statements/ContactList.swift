import Conversations

/// Orders of the contacts' list, as the API names them.
public enum ContactSort: String, Sendable, CaseIterable {
    case name, email
    case phoneNumber = "phone_number"
    case lastActivity = "last_activity_at"
    case nameDown = "-name"
    case emailDown = "-email"
    case phoneNumberDown = "-phone_number"
    case lastActivityDown = "-last_activity_at"

    fileprivate var order: String {
        switch self {
        case .name: "LOWER(name), id"
        case .nameDown: "LOWER(name) DESC, id DESC"
        case .email: "COALESCE(email, '~'), id"
        case .emailDown: "COALESCE(email, '') DESC, id DESC"
        case .phoneNumber: "COALESCE(phone_number, '~'), id"
        case .phoneNumberDown: "COALESCE(phone_number, '') DESC, id DESC"
        case .lastActivity: "COALESCE(last_activity_at, created_at), id"
        case .lastActivityDown: "COALESCE(last_activity_at, created_at) DESC, id DESC"
        }
    }
}

extension Connection {
    /// A page of an account's contacts; `search` looks in name, address, phone number and identifier.
    public func contacts(of account: ID<Account>, search: String?, sort: ContactSort, limit: Int, offset: Int) throws -> [Contact] {
        let (condition, arguments) = Self.condition(account, search)
        return try contacts(where: condition, "ORDER BY \(sort.order) LIMIT ? OFFSET ?", arguments + [limit, offset])
    }

    public func contactCount(of account: ID<Account>, search: String?) throws -> Int64 {
        let (condition, arguments) = Self.condition(account, search)
        guard var row = try rows("SELECT COUNT(*) FROM contacts WHERE \(condition)", arguments).first?.reader() else { return 0 }
        return try row.integer()
    }

    private static func condition(_ account: ID<Account>, _ search: String?) -> (String, [(any Bindable)?]) {
        guard let search, !search.isEmpty else { return ("account_id = ?", [account]) }
        let pattern = "%\(escapedForLike(search.lowercased()))%"
        return (
            """
            account_id = ? AND (LOWER(name) LIKE ? ESCAPE '\\' OR LOWER(email) LIKE ? ESCAPE '\\' OR phone_number LIKE ? ESCAPE '\\'
            OR LOWER(identifier) LIKE ? ESCAPE '\\')
            """, [account, pattern, pattern, pattern, pattern]
        )
    }
}

/// What somebody searches for stands for itself: `%` and `_` are no wildcards.
func escapedForLike(_ text: String) -> String {
    var escaped = ""
    for character in text {
        if character == "%" || character == "_" || character == "\\" { escaped.append("\\") }
        escaped.append(character)
    }
    return escaped
}
