import Continuity
import Conversations
import Foundation
import Logging
import MailTransport
import NIOCore
import Store

/// What takes our mail: a relay, or the local mailbox that keeps it.
public enum MailWayOut: Sendable {
    case relay(SMTPSender)
    case mailbox
}

/// Hands the mails of the outbox to the relay and writes down what became of each, before, during and after.
public struct SendOutbox: Sendable {
    /// Longer than the longest that a relay may take for its last answer (RFC 5321 §4.5.3.2.6), so that no second worker begins too.
    public static let lease = Duration.seconds(30 * 60)
    /// After a fault of the relay itself (wrong password, bad certificate) nothing is hammered.
    static let pauseAfterRelayFault = Duration.seconds(15 * 60)

    private let desk: Desk
    private let wayOut: MailWayOut

    public init(desk: Desk, wayOut: MailWayOut) {
        self.desk = desk
        self.wayOut = wayOut
    }

    public func run(_ jobs: [Job]) async throws {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs {
                group.addTask {
                    do {
                        try await self.send(job)
                    } catch {
                        desk.logger.error("A mail could not be handed over", metadata: ["mail": "\(job.subjectID)", "error": "\(error)"])
                    }
                }
            }
        }
    }

    private func send(_ job: Job) async throws {
        guard let (mail, raw) = try await begin(job) else { return }
        switch wayOut {
        case .mailbox:
            try await desk.database.write { tx in
                try tx.keepInMailbox(mail, at: desk.now())
                try finish(mail, job, tx)
            }
        case .relay(let sender):
            let outcome = await sender.send(
                ByteBuffer(bytes: raw), envelope: OutboundEnvelope(sender: mail.envelopeSender, recipients: [mail.toAddress])
            ) {
                try await record(.dataSent, mail)
            }
            try await conclude(outcome, mail, job, server: sender.relay.host)
        }
    }

    /// Notes the try before it begins. A mail whose last try broke off after its body was out is uncertain, not tried again blindly.
    private func begin(_ job: Job) async throws -> (OutboxMail, [UInt8])? {
        try await desk.database.write { tx in
            guard try tx.holds(job), var mail = try tx.outboxMail(ID(job.subjectID)), let raw = try tx.outboxRaw(mail.id) else {
                _ = try tx.finish(job)
                return nil
            }
            switch mail.state {
            case .sent, .failed, .withdrawn, .bounced, .uncertain:
                _ = try tx.finish(job)
                return nil
            case .dataSent:
                try doubt(&mail, "the server was stopped while the last answer was awaited", job, tx)
                return nil
            case .queued, .attempting, .deferred:
                mail.state = .attempting
                mail.attempts += 1
                mail.firstAttemptAt = mail.firstAttemptAt ?? desk.now()
                try tx.updateOutboxMail(mail)
                return (mail, raw)
            }
        }
    }

    private func record(_ state: OutboxMail.State, _ mail: OutboxMail) async throws {
        try await desk.database.write { tx in
            var mail = mail
            mail.state = state
            try tx.updateOutboxMail(mail)
        }
    }

    private func conclude(_ outcome: SendOutcome, _ mail: OutboxMail, _ job: Job, server: String) async throws {
        try await desk.database.write { tx in
            var mail = mail
            let words = outcome.sentence(server: server)
            switch outcome {
            case .accepted: try finish(mail, job, tx)
            case .temporary:
                let retry = OutboxRetry.standard.after(
                    attempt: mail.attempts, firstAttemptAt: mail.firstAttemptAt ?? desk.now(), now: desk.now(),
                    jitter: Double.random(in: 0..<1))
                switch retry {
                case .again(let at): try wait(&mail, until: at, words, job, tx)
                case .giveUp: try fail(&mail, "\(words) It was tried for five days.", job, tx)
                }
            case .permanent: try fail(&mail, words, job, tx)
            case .uncertain(let how): try doubt(&mail, how, job, tx)
            case .relayFault:
                desk.logger.error("The relay refuses us; mail waits", metadata: ["server": "\(server)", "what": "\(words)"])
                try wait(&mail, until: desk.now() + Self.pauseAfterRelayFault, words, job, tx)
            }
        }
    }

    private func finish(_ mail: OutboxMail, _ job: Job, _ tx: any Connection) throws {
        var mail = mail
        mail.state = .sent
        mail.reason = nil
        mail.sentAt = desk.now()
        _ = try tx.finish(job)
        try write(mail, DeliveryState(.emailed, at: desk.now(), to: mail.toAddress), tx)
    }

    private func wait(_ mail: inout OutboxMail, until: Instant, _ words: String, _ job: Job, _ tx: any Connection) throws {
        mail.state = .deferred
        mail.reason = words
        try tx.postpone(job, to: until)
        try write(mail, DeliveryState(.deferred, until: until, at: desk.now(), to: mail.toAddress, reason: words), tx)
    }

    private func fail(_ mail: inout OutboxMail, _ words: String, _ job: Job, _ tx: any Connection) throws {
        mail.state = .failed
        mail.reason = words
        _ = try tx.finish(job)
        try write(mail, DeliveryState(.failed, at: desk.now(), to: mail.toAddress, reason: words), tx)
    }

    /// The final dot was on its way and no answer came: nobody knows, and the agent sees that nobody knows.
    private func doubt(_ mail: inout OutboxMail, _ words: String, _ job: Job, _ tx: any Connection) throws {
        mail.state = .uncertain
        mail.reason = words
        _ = try tx.finish(job)
        try write(mail, DeliveryState(.uncertain, at: desk.now(), to: mail.toAddress, reason: words), tx)
    }

    /// The mail's own state and that of every message in it. A message that was answered meanwhile stays answered.
    private func write(_ mail: OutboxMail, _ state: DeliveryState, _ tx: any Connection) throws {
        try tx.updateOutboxMail(mail)
        guard let conversation = try tx.conversation(mail.conversationID) else { return }
        for var message in try tx.messages(inOutboxMail: mail.id)
        where message.delivery?.name != .answered && message.delivery?.name != .bounced {
            message.delivery = state
            message.updatedAt = desk.now()
            try tx.updateMessage(message)
            try desk.journal(tx).delivery(of: message, in: conversation)
        }
    }
}
