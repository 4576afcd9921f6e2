import Continuity
import Conversations
import Foundation
import Logging
import MailTransport
import NIOCore
import Store

/// Hands the mails of the outbox to the relay and writes down what became of each, before, during and after.
///
/// As near to exactly once as SMTP allows: bytes and Message-ID are fixed before the first try; that the mail may be out is committed before
/// its final dot leaves; whatever ends without a clear answer behind that dot is `uncertain`, and is sent once more, at most once, with the
/// same Message-ID, when neither a bounce nor an answer has come. Several workers may run: only the one that holds the job says the dot.
public struct SendOutbox: Sendable {
    /// How long one try may take before another worker may begin it again.
    public static let lease = Duration.seconds(30 * 60)
    /// From the final dot on: longer than a relay may take for its last answer (RFC 5321 §4.5.3.2.6).
    static let leaseBehindDot = Duration.seconds(15 * 60)

    private let desk: Desk
    private let wayOut: MailWayOut
    private let ownRelays: OwnRelays?

    /// - Parameters:
    ///   - wayOut: the installation's.
    ///   - ownRelays: for inboxes that have a relay of their own.
    public init(desk: Desk, wayOut: MailWayOut, ownRelays: OwnRelays? = nil) {
        self.desk = desk
        self.wayOut = wayOut
        self.ownRelays = ownRelays
    }

    public func run(_ jobs: [Job]) async throws {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs {
                group.addTask {
                    do {
                        switch try await self.wayOut(for: job) {
                        case .mailbox: try await self.keep(job)
                        case .relay(let relay): try await self.send(job, relay)
                        }
                    } catch {
                        desk.logger.error("A mail could not be handed over", metadata: ["mail": "\(job.subjectID)", "error": "\(error)"])
                    }
                }
            }
        }
    }

    /// The relay of the mail's inbox, else the installation's.
    private func wayOut(for job: Job) async throws -> MailWayOut {
        guard let ownRelays else { return wayOut }
        guard let mail = try await desk.database.read({ try $0.outboxMail(ID(job.subjectID)) }) else { return wayOut }
        return try await ownRelays.wayOut(of: mail.inboxID) ?? wayOut
    }

    /// The local mailbox is in the same store: taken and kept are one transaction.
    private func keep(_ job: Job) async throws {
        try await desk.database.write { tx in
            guard var entry = try OutboxEntry(desk, tx, job), try entry.begin() else { return }
            try tx.keepInMailbox(entry.mail, at: desk.now())
            try entry.sent()
        }
    }

    private func send(_ job: Job, _ relay: MailWayOut.Relay) async throws {
        guard let attempt = try await begin(job, relay) else { return }
        let envelope = OutboundEnvelope(sender: attempt.envelopeSender, recipients: [attempt.mail.toAddress])
        let outcome = await relay.send(ByteBuffer(bytes: attempt.raw), envelope) { try await self.beforeFinalDot(job) }
        try await conclude(outcome, job, relay, isProbe: attempt.isProbe)
    }

    private struct Attempt: Sendable {
        var mail: OutboxMail
        var envelopeSender: String
        var raw: [UInt8]
        /// The one careful try at a relay that refuses us.
        var isProbe: Bool
    }

    /// Notes the try before it begins; nil where there is nothing to try now.
    private func begin(_ job: Job, _ relay: MailWayOut.Relay) async throws -> Attempt? {
        try await desk.database.write { tx in
            guard var entry = try OutboxEntry(desk, tx, job) else { return nil }
            let stop = try tx.relayStop(relay.name)
            if let stop, stop.retryAt > desk.now(), entry.mayBeTried {
                try entry.stop(stop)
                return nil
            }
            guard try entry.begin(), let (sender, raw) = try entry.opened() else { return nil }
            if var stop {
                // All others wait for what becomes of this one.
                stop.retryAt = desk.now() + RelayStop.pause
                try tx.stopRelay(stop)
            }
            return Attempt(mail: entry.mail, envelopeSender: sender, raw: raw, isProbe: stop != nil)
        }
    }

    /// From here on the mail may be out, and that is on disk before it can be. A worker whose lease is over says no dot.
    private func beforeFinalDot(_ job: Job) async throws {
        try await desk.database.write { tx in
            guard try tx.extend(job, until: desk.now() + Self.leaseBehindDot), var mail = try tx.outboxMail(ID(job.subjectID)) else {
                throw SendingIsAnothers()
            }
            mail.state = .dataSent
            try tx.updateOutboxMail(mail)
        }
    }

    private struct SendingIsAnothers: Error, CustomStringConvertible {
        var description: String { "the mail was taken back, or another worker has it" }
    }

    private func conclude(_ outcome: SendOutcome, _ job: Job, _ relay: MailWayOut.Relay, isProbe: Bool) async throws {
        try await desk.database.write { tx in
            let isCurrent = try relay.isCurrent(tx)
            if isProbe, isCurrent, outcome.cameBehindSignIn { try desk.resumeRelay(.named(relay.name), tx) }
            guard var entry = try OutboxEntry(desk, tx, job, evenIfLost: outcome.isAccepted) else { return }
            let words = outcome.sentence(server: relay.host)
            switch outcome {
            case .accepted(let answer, _):
                try entry.sent()
                try tx.rememberRelayIDs(in: answer.description, of: entry.mail)
            case .temporary where isProbe && !outcome.cameBehindSignIn:
                if let stop = try tx.relayStop(relay.name) { try entry.stop(stop) } else { try entry.tryLater(words) }
            case .temporary: try entry.tryLater(words)
            case .permanent: try entry.fail(words)
            case .uncertain(let how): try entry.doubt(how)
            // The stop would be one of settings that are gone: by those that hold now it is tried at once.
            case .relayFault where !isCurrent: try entry.tryByNewSettings(words)
            case .relayFault(.authentication, _) where try desk.forgetRefusedToken(of: relay, tx): try entry.tryByNewSettings(words)
            case .relayFault: try entry.stop(desk.stopRelay(relay, words, tx))
            }
        }
    }
}

extension SendOutcome {
    fileprivate var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
