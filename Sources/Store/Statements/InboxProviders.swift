import Conversations

/// Which provider hands an inbox's mail over by HTTP, and the key by which it proves that.
public struct InboxProvider: Sendable {
    public var inboxID: ID<Inbox>
    public var accountID: ID<Account>
    /// As in the path of its requests: `mailgun`.
    public var kind: String
    /// The key, sealed.
    public var secret: [UInt8]
    /// Amazon's name of the one topic that counts.
    public var topic: String?
    public var updatedAt: Instant

    public init(inboxID: ID<Inbox>, accountID: ID<Account>, kind: String, secret: [UInt8], topic: String?, updatedAt: Instant) {
        self.inboxID = inboxID
        self.accountID = accountID
        self.kind = kind
        self.secret = secret
        self.topic = topic
        self.updatedAt = updatedAt
    }
}

extension Connection {
    private var providerColumns: String { "inbox_id, account_id, kind, secret, topic, updated_at" }

    private func provider(_ row: Row) throws -> InboxProvider {
        var row = row.reader()
        return InboxProvider(
            inboxID: try row.id(), accountID: try row.id(), kind: try row.text(), secret: try row.blob(), topic: try row.optionalText(),
            updatedAt: try row.instant())
    }

    public func provider(of inbox: ID<Inbox>) throws -> InboxProvider? {
        try rows("SELECT \(providerColumns) FROM inbox_providers WHERE inbox_id = ?", [inbox]).first.map(provider)
    }

    /// All of a kind: whose request it is shows by whose key it was signed with.
    public func providers(ofKind kind: String) throws -> [InboxProvider] {
        try rows("SELECT \(providerColumns) FROM inbox_providers WHERE kind = ? ORDER BY inbox_id LIMIT 1000", [kind]).map(provider)
    }

    public func keepProvider(_ provider: InboxProvider) throws {
        try run(
            """
            INSERT INTO inbox_providers (inbox_id, account_id, kind, secret, topic, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (inbox_id) DO UPDATE SET kind = excluded.kind, secret = excluded.secret, topic = excluded.topic,
                updated_at = excluded.updated_at
            """,
            [provider.inboxID, provider.accountID, provider.kind, provider.secret, provider.topic, provider.updatedAt])
    }

    public func forgetProvider(of inbox: ID<Inbox>) throws {
        try run("DELETE FROM inbox_providers WHERE inbox_id = ?", [inbox])
    }

    /// Notes that a signed delivery was taken.
    /// - Parameters:
    ///   - mark: SHA-256 in hex of what is new in every delivery.
    ///   - oldest: what is older is forgotten; nothing so old would be taken again.
    /// - Returns: false where it was taken before.
    public func noteDelivery(_ mark: String, account: ID<Account>, at now: Instant, forget oldest: Instant) throws -> Bool {
        try run("DELETE FROM provider_deliveries WHERE taken_at < ?", [oldest])
        return try run(
            "INSERT INTO provider_deliveries (account_id, mark, taken_at) VALUES (?, ?, ?) ON CONFLICT (account_id, mark) DO NOTHING",
            [account, mark, now]) == 1
    }
}
