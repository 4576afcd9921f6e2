/// One organisation's data. Nothing ever crosses accounts.
public struct Account: Sendable, Hashable {
    public var id: ID<Account>
    public var name: String
    /// BCP 47 language of the account, for example `en`.
    public var locale: String
    /// IANA name of the zone whose days its reports count; nil: UTC.
    public var timeZone: String?

    public init(id: ID<Account>, name: String, locale: String, timeZone: String? = nil) {
        self.id = id
        self.name = name
        self.locale = locale
        self.timeZone = timeZone
    }
}
