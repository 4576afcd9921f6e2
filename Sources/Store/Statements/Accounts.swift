import Conversations

extension Connection {
    public func createAccount(name: String, locale: String, at now: Instant) throws -> Account {
        let id = try insert(
            "INSERT INTO accounts (name, locale, created_at) VALUES (?, ?, ?) RETURNING id", [name, locale, now])
        return Account(id: ID(id), name: name, locale: locale)
    }

    public func rename(_ account: ID<Account>, to name: String) throws {
        try run("UPDATE accounts SET name = ? WHERE id = ?", [name, account])
    }

    public func account(_ id: ID<Account>) throws -> Account? {
        guard var row = try rows("SELECT id, name, locale FROM accounts WHERE id = ?", [id]).first?.reader() else { return nil }
        return Account(id: try row.id(), name: try row.text(), locale: try row.text())
    }

    /// The account that commands work on: the first one.
    public func firstAccount() throws -> Account? {
        guard var row = try rows("SELECT id, name, locale FROM accounts ORDER BY id LIMIT 1").first?.reader() else { return nil }
        return Account(id: try row.id(), name: try row.text(), locale: try row.text())
    }

    /// The numbers of all accounts, the oldest first.
    public func accountIDs(limit: Int) throws -> [ID<Account>] {
        try rows("SELECT id FROM accounts ORDER BY id LIMIT ?", [limit]).map {
            var row = $0.reader()
            return try row.id()
        }
    }

    /// The account's next conversation number, from 1, without holes under concurrency.
    func nextDisplayID(in account: ID<Account>) throws -> Int64 {
        try insert("UPDATE accounts SET last_display_id = last_display_id + 1 WHERE id = ? RETURNING last_display_id", [account])
    }
}
