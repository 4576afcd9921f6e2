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

    public func updateAccount(_ account: Account) throws {
        try run(
            "UPDATE accounts SET name = ?, locale = ?, time_zone = ? WHERE id = ?",
            [account.name, account.locale, account.timeZone, account.id])
    }

    public func account(_ id: ID<Account>) throws -> Account? {
        try rows("SELECT id, name, locale, time_zone FROM accounts WHERE id = ?", [id]).first.map(account)
    }

    private func account(_ row: Row) throws -> Account {
        var row = row.reader()
        return Account(id: try row.id(), name: try row.text(), locale: try row.text(), timeZone: try row.optionalText())
    }

    /// The account that commands work on: the first one.
    public func firstAccount() throws -> Account? {
        try rows("SELECT id, name, locale, time_zone FROM accounts ORDER BY id LIMIT 1").first.map(account)
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
