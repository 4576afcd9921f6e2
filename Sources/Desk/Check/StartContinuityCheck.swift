import Conversations
import Store

/// Begins a check of an inbox: the worker does the rest. While one runs, that one is it.
public struct StartContinuityCheck: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent, origin: ContinuityCheck.Origin = .button) async throws -> JSON {
        let desk = self.desk
        return try await desk.database.write { tx in
            let inbox = try tx.inbox(number, of: agent)
            _ = try desk.beginCheck(of: inbox, origin, tx)
            return try desk.checkJSON(of: inbox, tx)
        }
    }

    /// From the command line, which sees every account.
    public func run(_ inbox: Inbox, origin: ContinuityCheck.Origin) async throws -> ID<ContinuityCheck> {
        let desk = self.desk
        return try await desk.database.write { tx in try desk.beginCheck(of: inbox, origin, tx).id }
    }
}

extension Desk {
    /// How many checks of an inbox are kept.
    private static let kept = 30

    func beginCheck(of inbox: Inbox, _ origin: ContinuityCheck.Origin, _ tx: any Connection) throws -> ContinuityCheck {
        if let last = try tx.lastCheck(of: inbox.id), last.state == .running, last.deadline + .seconds(60) > now() { return last }
        let nonce = randomHex(16)
        let draft = ContinuityCheck(
            accountID: inbox.accountID, inboxID: inbox.id, nonce: nonce, origin: origin, startedAt: now(),
            deadline: now() + options.check.patience)
        let check = try tx.beginCheck(draft, tokenHash: Secrets.hash(Probe.token(draft, secrets)))
        try tx.forgetOldChecks(of: inbox.id, keep: Self.kept)
        try tx.enqueue(.continuityCheck, check.id.value, lane: inbox.id, due: now())
        try journal(tx).check(check)
        return check
    }
}

/// Each night the inboxes that somebody has checked once are checked again.
public struct NightlyChecks: Sendable {
    /// Checked inboxes have a job each, due in the next night: between three and four o'clock UTC.
    static func next(after now: Instant, jitter: UInt8) -> Instant {
        let day: Int64 = 86_400_000
        let three: Int64 = 3 * 3_600_000
        let today = now.milliseconds / day * day + three
        let start = today > now.milliseconds ? today : today + day
        return Instant(milliseconds: start + Int64(jitter) * 14_000)
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter jobs: whose subjects are inboxes.
    public func run(_ jobs: [Job]) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            for job in jobs where try tx.holds(job) {
                guard let inbox = try tx.inbox(ID<Inbox>(job.subjectID)) else {
                    _ = try tx.finish(job)
                    continue
                }
                // The next night is sure before this one's check begins, whatever becomes of it.
                try tx.postpone(job, to: Self.next(after: desk.now(), jitter: desk.random(1).first ?? 0))
                _ = try desk.beginCheck(of: inbox, .nightly, tx)
            }
        }
    }
}
