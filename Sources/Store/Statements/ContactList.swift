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

/// A condition on one field of a contact; letters' case does not matter.
public struct ContactCondition: Sendable {
    public enum Field: String, Sendable, CaseIterable {
        case name, email, identifier
        case phoneNumber = "phone_number"
    }

    public enum Operator: String, Sendable, CaseIterable {
        case equal = "equal_to"
        case notEqual = "not_equal_to"
        case contains
        case containsNot = "does_not_contain"
    }

    public var field: Field
    public var comparison: Operator
    public var value: String

    public init(field: Field, comparison: Operator, value: String) {
        self.field = field
        self.comparison = comparison
        self.value = value
    }

    /// The names of columns and operators are this enumeration's own words; only the value comes from outside.
    fileprivate var sql: (String, String) {
        let column = "LOWER(COALESCE(\(field.rawValue), ''))"
        let pattern = "%\(escapedForLike(value.lowercased()))%"
        return switch comparison {
        case .equal: ("\(column) = ?", value.lowercased())
        case .notEqual: ("\(column) <> ?", value.lowercased())
        case .contains: ("\(column) LIKE ? ESCAPE '\\'", pattern)
        case .containsNot: ("\(column) NOT LIKE ? ESCAPE '\\'", pattern)
        }
    }
}

extension Connection {
    /// A page of the contacts that meet all conditions, with how many there are.
    public func contacts(of account: ID<Account>, meeting conditions: [ContactCondition], limit: Int, offset: Int) throws -> (
        [Contact], Int64
    ) {
        let parts = conditions.map(\.sql)
        let condition = (["account_id = ?", Self.notMerged] + parts.map(\.0)).joined(separator: " AND ")
        let arguments: [(any Bindable)?] = [account] + parts.map(\.1)
        guard var row = try rows("SELECT COUNT(*) FROM contacts WHERE \(condition)", arguments).first?.reader() else { return ([], 0) }
        let found = try contacts(
            where: condition, "ORDER BY \(ContactSort.lastActivityDown.order) LIMIT ? OFFSET ?", arguments + [limit, offset])
        return (found, try row.integer())
    }

    /// A page of an account's contacts.
    /// - Parameter search: looks in name, address, phone number and identifier; of several readings, what any of them finds. All where there is none.
    public func contacts(of account: ID<Account>, search: [String], sort: ContactSort, limit: Int, offset: Int) throws -> [Contact] {
        let (condition, arguments) = Self.condition(account, search)
        return try contacts(where: condition, "ORDER BY \(sort.order) LIMIT ? OFFSET ?", arguments + [limit, offset])
    }

    public func contactCount(of account: ID<Account>, search: [String]) throws -> Int64 {
        let (condition, arguments) = Self.condition(account, search)
        guard var row = try rows("SELECT COUNT(*) FROM contacts WHERE \(condition)", arguments).first?.reader() else { return 0 }
        return try row.integer()
    }

    /// What was merged into another contact is none any more.
    private static var notMerged: String { "NOT EXISTS (SELECT 1 FROM merged_contacts WHERE old_id = contacts.id)" }

    private static func condition(_ account: ID<Account>, _ search: [String]) -> (String, [(any Bindable)?]) {
        let all = "account_id = ? AND \(notMerged)"
        guard !search.isEmpty else { return (all, [account]) }
        let patterns = search.map { "%\(escapedForLike($0.lowercased()))%" }
        let places = ["LOWER(name)", "LOWER(email)", "phone_number", "LOWER(identifier)"]
        let found = places.flatMap { place in patterns.map { _ in "\(place) LIKE ? ESCAPE '\\'" } }.joined(separator: " OR ")
        return ("\(all) AND (\(found))", [account] + places.flatMap { _ in patterns })
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
