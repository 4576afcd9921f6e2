/// One organisation's data. Nothing ever crosses accounts.
public struct Account: Sendable, Hashable {
    public var id: ID<Account>
    public var name: String
    /// BCP 47 language of the account, for example `en`.
    public var locale: String

    public init(id: ID<Account>, name: String, locale: String) {
        self.id = id
        self.name = name
        self.locale = locale
    }
}
