import Conversations
import Foundation
import Store

/// An administrator changes the account's name, language or time zone.
public struct UpdateAccount: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Changes: Sendable {
        public var name: String?
        /// BCP 47.
        public var locale: String?
        /// IANA; empty: UTC.
        public var timeZone: String?

        public init() {}
    }

    public func run(_ changes: Changes, by agent: Agent) async throws -> Account {
        let name = try changes.name.map { try required($0, "the account’s name", longest: 255) }
        let locale = try changes.locale.map { try required($0, "a language", longest: 35) }
        if let zone = changes.timeZone, !zone.isEmpty, !TimeZone.knownTimeZoneIdentifiers.contains(zone), zone != "UTC" {
            throw DeskError.invalid("That is no time zone. Write one such as Europe/Berlin.", attributes: ["timezone"])
        }
        return try await desk.database.write { tx in
            guard var account = try tx.account(agent.accountID) else { throw DeskError.notFound("There is no such account.") }
            account.name = name ?? account.name
            account.locale = locale ?? account.locale
            if let zone = changes.timeZone { account.timeZone = zone.isEmpty ? nil : zone }
            try tx.updateAccount(account)
            return account
        }
    }
}
