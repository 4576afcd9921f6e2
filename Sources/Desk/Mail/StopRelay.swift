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
        let stop = RelayStop(relay: relay.name, since: known?.since ?? now(), reason: words, retryAt: now() + RelayStop.pause)
        try tx.stopRelay(stop)
        if known == nil {
            logger.error("The relay refuses us: mail waits until that is mended", metadata: ["relay": "\(relay.name)", "what": "\(words)"])
            try tellOfMailHealth(tx)
        }
        return stop
    }

    /// The relay takes mail again, or somebody says that it is mended: what waited is tried at once.
    /// - Parameter name: nil means every relay.
    @discardableResult
    func resumeRelay(_ name: String?, _ tx: any Connection) throws -> Bool {
        guard try tx.resumeRelay(name, at: now()) else { return false }
        logger.notice("Mail leaves again", metadata: ["relay": "\(name ?? "all")"])
        try tellOfMailHealth(tx)
        return true
    }

    private func tellOfMailHealth(_ tx: any Connection) throws {
        let payload = JSON.mailHealth(try mailHealth(tx)).text
        for account in try tx.accountIDs(limit: 1_000) { try tx.append(.mailHealth, account: account, payload: payload, at: now()) }
    }
}

/// An administrator says that the relay is mended; also what the start of the server says, since its settings may be new.
public struct ResumeRelay: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run() async throws {
        let desk = self.desk
        try await desk.database.write { _ = try desk.resumeRelay(nil, $0) }
    }
}
