/// A person of the team.
public struct Agent: Sendable, Hashable {
    public enum Role: String, Sendable, Codable, CaseIterable { case agent, administrator }
    public enum Availability: String, Sendable, Codable, CaseIterable { case online, busy, offline }

    public var id: ID<Agent>
    public var accountID: ID<Account>
    public var name: String
    /// Lower-cased address, unique in the installation.
    public var email: String
    public var role: Role
    public var availability: Availability
    public var createdAt: Instant

    public init(
        id: ID<Agent>, accountID: ID<Account>, name: String, email: String, role: Role, availability: Availability,
        createdAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.email = email
        self.role = role
        self.availability = availability
        self.createdAt = createdAt
    }
}
