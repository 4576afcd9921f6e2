import Conversations

/// The key that signs an account's mail from one domain.
public struct StoredDKIMKey: Sendable {
    public var accountID: ID<Account>
    /// Small letters.
    public var domain: String
    public var selector: String
    /// The private key in PEM, sealed.
    public var secret: [UInt8]
    /// The TXT record to publish.
    public var record: String
    public var isOn: Bool
    public var madeAt: Instant

    public init(
        accountID: ID<Account>, domain: String, selector: String, secret: [UInt8], record: String, isOn: Bool, madeAt: Instant
    ) {
        self.accountID = accountID
        self.domain = domain
        self.selector = selector
        self.secret = secret
        self.record = record
        self.isOn = isOn
        self.madeAt = madeAt
    }
}

extension Connection {
    public func dkimKey(of account: ID<Account>, domain: String) throws -> StoredDKIMKey? {
        guard
            var row = try rows(
                "SELECT selector, secret, record, is_on, made_at FROM dkim_keys WHERE account_id = ? AND domain = ?", [account, domain]
            ).first?.reader()
        else { return nil }
        return StoredDKIMKey(
            accountID: account, domain: domain, selector: try row.text(), secret: try row.blob(), record: try row.text(),
            isOn: try row.bool(), madeAt: try row.instant())
    }

    public func keepDKIMKey(_ key: StoredDKIMKey) throws {
        try run(
            """
            INSERT INTO dkim_keys (account_id, domain, selector, secret, record, is_on, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, domain) DO UPDATE SET selector = excluded.selector, secret = excluded.secret, record = excluded.record,
                is_on = excluded.is_on, made_at = excluded.made_at
            """, [key.accountID, key.domain, key.selector, key.secret, key.record, key.isOn, key.madeAt])
    }
}
