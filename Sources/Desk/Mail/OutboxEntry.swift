import Continuity
import Conversations
import Store

/// One mail of the outbox in one transaction. Each way that a try can begin or end writes the mail, its job and the states of its messages
/// together.
struct OutboxEntry {
    private let desk: Desk
    private let tx: any Connection
    private let job: Job
    private(set) var mail: OutboxMail

    /// Nil where the job is no longer this worker's, or the mail needs nothing more; the job goes then.
    /// - Parameter evenIfLost: the relay has said that it took the mail: true whoever holds the job now.
    init?(_ desk: Desk, _ tx: any Connection, _ job: Job, evenIfLost: Bool = false) throws {
        let holds = try tx.holds(job)
        guard holds || evenIfLost, let mail = try tx.outboxMail(ID(job.subjectID)) else {
            _ = try tx.finish(job)
            return nil
        }
        switch mail.state {
        case .sent, .failed, .withdrawn, .bounced:
            _ = try tx.finish(job)
            return nil
        case .queued, .attempting, .deferred, .stopped, .uncertain, .dataSent: break
        }
        self.desk = desk
        self.tx = tx
        self.job = job
        self.mail = mail
    }

    /// Whether a try could begin now, were it not for the relay.
    var mayBeTried: Bool { mail.state != .dataSent && (mail.nextAttemptAt ?? desk.now()) <= desk.now() && mail.doubts < 2 }

    /// Begins a try and writes that down; false where none is to be made.
    mutating func begin() throws -> Bool {
        if mail.state == .dataSent {
            // Whoever had it is dead: the lease behind the dot is longer than the wait for the last answer.
            try doubt("the server was stopped while the last answer was awaited")
            return false
        }
        if let next = mail.nextAttemptAt, next > desk.now() {
            // Woken only to say that it is late by now.
            if mail.doubts == 0 {
                try write(DeliveryState(.deferred, until: next, at: mail.firstAttemptAt, to: mail.toAddress, reason: mail.reason))
            }
            try tx.postpone(job, to: next)
            return false
        }
        if mail.state == .uncertain, try !sendsAgain() { return false }
        mail.state = .attempting
        mail.attempts += 1
        mail.firstAttemptAt = mail.firstAttemptAt ?? desk.now()
        mail.nextAttemptAt = nil
        try tx.updateOutboxMail(mail)
        return true
    }

    /// What goes over the wire; a mail that cannot be opened has failed.
    mutating func opened() throws -> (envelopeSender: String, raw: [UInt8])? {
        do {
            if let opened = try desk.outgoing(mail.id, tx) { return opened }
            try fail("The bytes of this mail are gone.")
        } catch let error as SealedMail.CannotOpen {
            try fail(error.description)
        }
        return nil
    }

    mutating func sent() throws {
        mail.state = .sent
        mail.reason = mail.doubts > 0 ? "It was sent a second time: after the first try no clear answer came." : nil
        mail.sentAt = desk.now()
        try tx.dequeue(.outbox, mail.id.value)
        try write(DeliveryState(.emailed, at: desk.now(), to: mail.toAddress, reason: mail.reason))
        try desk.sendCopies(of: mail, tx)
    }

    /// The relay took it not, for now.
    mutating func tryLater(_ words: String) throws {
        let first = mail.firstAttemptAt ?? desk.now()
        let retry = OutboxRetry.standard
        let jitter = Double(desk.random(1).first ?? 0) / 256
        switch retry.after(attempt: mail.attempts, firstAttemptAt: first, now: desk.now(), jitter: jitter) {
        case .giveUp: try fail("\(words) It was tried for five days.")
        case .again(let next):
            // When it is late enough for a warning, that is said at once and not at the next try.
            let late = first + retry.warnAfter
            try wait(.deferred, until: next, since: first, words)
            try tx.postpone(job, to: late > desk.now() ? min(next, late) : next)
        }
    }

    /// The relay takes nothing of us at all: the mail waits with the others and loses no time of its own.
    mutating func stop(_ stop: RelayStop) throws {
        mail.attempts = 0
        mail.firstAttemptAt = nil
        try wait(.stopped, until: stop.retryAt, since: mail.createdAt, stop.reason)
        try tx.postpone(job, to: stop.retryAt)
    }

    /// The relay that refused us is not the inbox's relay any more: nothing was lost but a moment.
    mutating func tryByNewSettings(_ words: String) throws {
        mail.attempts = 0
        mail.firstAttemptAt = nil
        try wait(.deferred, until: desk.now(), since: mail.createdAt, words)
        try tx.postpone(job, to: desk.now())
    }

    /// A mail that may be out already stays uncertain, whatever its second try meets: it is never taken back to be written anew.
    private mutating func wait(_ state: OutboxMail.State, until next: Instant, since: Instant, _ words: String) throws {
        mail.state = mail.doubts > 0 ? .uncertain : state
        mail.reason = words
        mail.nextAttemptAt = next
        try write(
            DeliveryState(mail.doubts > 0 ? .uncertain : .deferred, until: next, at: since, to: mail.toAddress, reason: words))
    }

    mutating func fail(_ words: String) throws {
        mail.state = .failed
        mail.reason = mail.doubts > 0 ? "The first try had no clear answer. At the second: \(words)" : words
        _ = try tx.finish(job)
        try write(DeliveryState(.failed, at: desk.now(), to: mail.toAddress, reason: mail.reason))
        try desk.copyFailed(mail, words, tx)
    }

    /// The final dot was on its way and no answer came: nobody knows, and the agent sees that nobody knows. It waits for a bounce or an
    /// answer, and is then sent once more, never a third time.
    mutating func doubt(_ words: String) throws {
        mail.state = .uncertain
        mail.doubts += 1
        mail.reason = words
        mail.nextAttemptAt = mail.doubts < 2 ? desk.now() + desk.options.uncertainWait : nil
        if let next = mail.nextAttemptAt { try tx.postpone(job, to: next) } else { _ = try tx.finish(job) }
        try write(DeliveryState(.uncertain, until: mail.nextAttemptAt, at: desk.now(), to: mail.toAddress, reason: words))
        if mail.nextAttemptAt == nil { try desk.sendCopies(of: mail, tx) }
    }

    /// Whether an uncertain mail is sent once more: not where the customer has seen all of it in chat, or may get no mail any more.
    private mutating func sendsAgain() throws -> Bool {
        guard let conversation = try tx.conversation(mail.conversationID), let contact = try tx.contact(conversation.contactID),
            let inbox = try tx.inbox(conversation.inboxID)
        else {
            _ = try tx.finish(job)
            return false
        }
        let messages = try tx.messages(inOutboxMail: mail.id)
        let seen = conversation.contactLastSeenAt
        let obstacle = try desk.snapshot(of: conversation, contact: contact, inbox: inbox, tx).obstacle(desk.timing(of: inbox))
        // Six digits have expired by then; what carries no messages is not seen in chat.
        if mail.purpose == .code {
            mail.nextAttemptAt = nil
            try tx.updateOutboxMail(mail)
            _ = try tx.finish(job)
            return false
        }
        let isUnseen = mail.purpose != .conversation || messages.contains { message in seen.map { message.createdAt > $0 } ?? true }
        if isUnseen, obstacle == nil || obstacle == .unprovenLimit { return true }
        mail.nextAttemptAt = nil
        try tx.updateOutboxMail(mail)
        _ = try tx.finish(job)
        for var message in messages {
            let isSeen = seen.map { message.createdAt <= $0 } ?? false
            let state =
                isSeen
                ? DeliveryState(.seen, at: seen)
                : DeliveryState(.uncertain, at: desk.now(), to: mail.toAddress, reason: mail.reason)
            try desk.setDelivery(state, of: &message, in: conversation, tx)
        }
        try desk.sendCopies(of: mail, tx)
        return false
    }

    /// The mail's own row and the state of every message in it.
    private func write(_ state: DeliveryState) throws {
        try tx.updateOutboxMail(mail)
        guard let conversation = try tx.conversation(mail.conversationID) else { return }
        for var message in try tx.messages(inOutboxMail: mail.id) {
            try desk.setDelivery(state, of: &message, in: conversation, tx)
        }
    }
}
