import Conversations

/// An answer kept ready under a short word, for the whole team.
public struct CannedResponse: Sendable, Hashable {
    public var id: Int64
    public var accountID: ID<Account>
    /// What is typed after `/`; unique in the account, lower-case.
    public var shortCode: String
    /// The text, with variables such as `{{contact.name}}`.
    public var content: String
    public var createdAt: Instant
    public var updatedAt: Instant
}

extension Connection {
    private var cannedColumns: String { "id, account_id, short_code, content, created_at, updated_at" }

    private func canned(_ row: Row) throws -> CannedResponse {
        var row = row.reader()
        return CannedResponse(
            id: try row.integer(), accountID: try row.id(), shortCode: try row.text(), content: try row.text(),
            createdAt: try row.instant(),
            updatedAt: try row.instant())
    }

    public func cannedResponses(in account: ID<Account>, limit: Int) throws -> [CannedResponse] {
        try rows("SELECT \(cannedColumns) FROM canned_responses WHERE account_id = ? ORDER BY short_code LIMIT ?", [account, limit])
            .map(canned)
    }

    public func cannedResponseCount(in account: ID<Account>) throws -> Int64 {
        guard var row = try rows("SELECT COUNT(*) FROM canned_responses WHERE account_id = ?", [account]).first?.reader() else { return 0 }
        return try row.integer()
    }

    public func cannedResponse(_ id: Int64) throws -> CannedResponse? {
        try rows("SELECT \(cannedColumns) FROM canned_responses WHERE id = ?", [id]).first.map(canned)
    }

    /// nil where the account has one of this short word.
    public func createCannedResponse(account: ID<Account>, shortCode: String, content: String, at now: Instant) throws -> CannedResponse? {
        try rows(
            """
            INSERT INTO canned_responses (account_id, short_code, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING \(cannedColumns)
            """, [account, shortCode, content, now, now]
        ).first.map(canned)
    }

    /// False where another one has this short word.
    public func updateCannedResponse(_ response: CannedResponse) throws -> Bool {
        try run(
            """
            UPDATE canned_responses SET short_code = ?, content = ?, updated_at = ? WHERE id = ? AND NOT EXISTS (
                SELECT 1 FROM canned_responses other WHERE other.account_id = ? AND other.short_code = ? AND other.id <> canned_responses.id)
            """,
            [
                response.shortCode, response.content, response.updatedAt, response.id, response.accountID, response.shortCode,
            ]) == 1
    }

    public func deleteCannedResponse(_ id: Int64) throws {
        try run("DELETE FROM canned_responses WHERE id = ?", [id])
    }
}
