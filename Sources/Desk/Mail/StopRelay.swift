import Conversations
import Logging
import Store

extension RelayStop {
    /// How long all mail waits before one careful try: a server that is asked again and again with a wrong password locks the account.
    static let pause = Duration.seconds(3_600)
}

extension Desk {
    /// The relay refuses us, whatever the mail: nothing more is handed to it. Said once in the log, and to every account.
    func stopRelay(_ relay: MailWayOut.Relay, _ words: String, _ tx: any Connection) throws -> RelayStop {
        let known = try tx.relayStop(relay.name)
        let stop = RelayStop(
            relay: relay.name, inboxID: relay.owner?.inbox, accountID: relay.owner?.account, since: known?.since ?? now(), reason: words,
            retryAt: now() + RelayStop.pause)
        try tx.stopRelay(stop)
        if known == nil {
            logger.error("The relay refuses us: mail waits until that is mended", metadata: ["relay": "\(relay.name)", "what": "\(words)"])
            try tellOfMailHealth(tx, relay.owner?.account)
        }
        return stop
    }

    /// The relay takes mail again, or somebody says that it is mended: what waited is tried at once.
    @discardableResult
    func resumeRelay(_ which: RelaysToResume, _ tx: any Connection) throws -> Bool {
        guard try tx.resumeRelay(which, at: now()) else { return false }
        logger.notice("Mail leaves again", metadata: ["relay": "\(which)"])
        try tellOfMailHealth(tx, nil)
        return true
    }

    /// - Parameter account: whose relay it is about; nil: everybody's.
    func tellOfMailHealth(_ tx: any Connection, _ account: ID<Account>?) throws {
        for account in try account.map({ [$0] }) ?? tx.accountIDs(limit: 1_000) {
            try tx.append(.mailHealth, account: account, payload: JSON.mailHealth(try mailHealth(of: account, tx)).text, at: now())
        }
    }
}

/// An administrator says that the relay is mended; also what the start of the server says, since its settings may be new.
public struct ResumeRelay: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter account: of the administrator: the relays of other accounts' inboxes are not theirs; nil: all.
    public func run(for account: ID<Account>? = nil) async throws {
        let desk = self.desk
        try await desk.database.write { _ = try desk.resumeRelay(account.map { .of($0) } ?? .all, $0) }
    }
}
