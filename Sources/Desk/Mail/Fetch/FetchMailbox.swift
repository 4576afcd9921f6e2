import Conversations
import Foundation
import Logging
import MailTransport
import Store

/// Fetches the mail of one mailbox as it comes, until its settings change: over one connection, each mail stored before the next is asked for.
struct FetchMailbox: Sendable {
    /// A mailbox whose server does not tell of new mail is asked this often.
    static let pollEvery = Duration.seconds(30)
    /// UIDs that are looked through together while there are many.
    static let window: UInt32 = 200
    /// A mail that the server refused to give out so often, or at which it ended the connection, is put aside where another can be had then.
    static let mostRefusals = 4
    /// Clocks of servers differ: after a new numbering, mail so much older than the first connection is passed over.
    static let clockDifference = Duration.seconds(600)

    let desk: Desk
    let inbox: ID<Inbox>
    let revision: Int64
    let clock: any Clock<Duration>

    /// Returns when the bell rings, or when trying again makes no sense.
    func run(until stop: Bell) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await tryAgainAndAgain() }
            group.addTask { await stop.wait(after: 0) }
            await group.next()
            group.cancelAll()
        }
    }

    private func tryAgainAndAgain() async {
        var pause = FetchPause()
        // A token that the server refuses is fetched anew, once.
        var token = (wasRefused: false, isAnew: false)
        while !Task.isCancelled {
            do {
                guard let mailbox = try await stored() else { return }
                let settings = try await desk.freshIMAPMailbox(mailbox, anew: token.wasRefused)
                token = (false, token.wasRefused)
                do {
                    try await fetch(mailbox, settings) {
                        pause.reset()
                        token.isAnew = false
                    }
                } catch let failure as IMAPFailure {
                    if Task.isCancelled { return }
                    let words = failure.sentence(settings)
                    desk.logger.warning("A mailbox cannot be read", metadata: ["inbox": "\(inbox)", "what": "\(failure.kind.rawValue)"])
                    if failure.kind == .signIn, mailbox.signIn == .oauth, !token.isAnew {
                        token.wasRefused = true
                        continue
                    }
                    if failure.kind == .signIn { return try await note(mailbox, .stopped, words, nextTryAt: nil) }
                    let wait = try await looksAtOthers(mailbox) ? Self.beforeLook : pause.next(chance: chance())
                    try await note(mailbox, .waiting, words, nextTryAt: desk.now() + wait)
                    try await clock.sleep(for: wait)
                }
            } catch is MailboxMovedOn {
                return
            } catch let problem as TokenProblem {
                guard !Task.isCancelled, let mailbox = try? await stored() else { return }
                desk.logger.warning("A mailbox's token cannot be renewed", metadata: ["inbox": "\(inbox)"])
                let wait = pause.next(chance: chance())
                let next = problem.isForGood ? nil : desk.now() + wait
                try? await note(mailbox, problem.isForGood ? .stopped : .waiting, problem.description, nextTryAt: next)
                if problem.isForGood { return }
                try? await clock.sleep(for: wait)
            } catch let error as SealedSecret.CannotOpen {
                desk.logger.error("\(error)", metadata: ["inbox": "\(inbox)"])
                return
            } catch {
                if Task.isCancelled { return }
                desk.logger.error("Mail could not be fetched; trying again", metadata: ["inbox": "\(inbox)", "error": "\(error)"])
                try? await clock.sleep(for: pause.next(chance: chance()))
            }
        }
    }

    private func chance() -> Double { Double(desk.random(1).first ?? 128) / 255 }

    /// nil where the settings are other ones by now.
    private func stored() async throws -> StoredIMAPMailbox? {
        let found = try await desk.database.read { try $0.imapMailbox(of: inbox) }
        return found?.revision == revision && found?.state != .stopped ? found : nil
    }

    private func note(
        _ mailbox: StoredIMAPMailbox, _ state: StoredIMAPMailbox.State, _ reason: String?, nextTryAt: Instant?, checkedAt: Instant? = nil
    ) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let before = try tx.imapMailbox(of: mailbox.inboxID)?.state
            try tx.noteIMAPState(of: mailbox, state, reason: reason, nextTryAt: nextTryAt, checkedAt: checkedAt)
            if before != state { try desk.tellOfMailHealth(tx, mailbox.accountID) }
        }
    }

    /// One connection, until it is lost.
    private func fetch(_ found: StoredIMAPMailbox, _ settings: IMAPMailbox, progress: () -> Void) async throws {
        let connection = try await IMAPConnection.open(settings, settings: desk.imapSettings())
        defer { connection.leave() }
        var mailbox = try await begin(found, connection.folder)
        var window = Self.window
        while true {
            try await fetchWanted(mailbox, connection)
            while try await take(&mailbox, &window, connection, progress) {}
            try await note(mailbox, .working, nil, nextTryAt: nil, checkedAt: desk.now())
            progress()
            if !(await connection.canIdle) { try await clock.sleep(for: Self.pollEvery) }
            try await connection.watch()
        }
    }

    /// Mail that was there before the mailbox was connected stays where it is, unless it is asked for. A server that numbers its mails anew is
    /// read from the beginning: what is here already is known by its Message-ID and content.
    private func begin(_ found: StoredIMAPMailbox, _ folder: IMAPFolder) async throws -> StoredIMAPMailbox {
        var mailbox = found
        guard mailbox.uidValidity != folder.uidValidity else { return mailbox }
        if let connectedAt = mailbox.connectedAt {
            mailbox.lastUID = 0
            (mailbox.catchUpSince, mailbox.catchUpTo) =
                mailbox.importExisting ? (nil, 0) : (connectedAt - Self.clockDifference, folder.uidNext)
            desk.logger.notice("A mailbox's mails were numbered anew", metadata: ["inbox": "\(inbox)"])
        } else {
            mailbox.connectedAt = desk.now()
            mailbox.lastUID = mailbox.importExisting ? 0 : folder.uidNext - 1
        }
        mailbox.uidValidity = folder.uidValidity
        let begun = mailbox
        guard try await desk.database.write({ try $0.beginIMAPFolder(begun) }) else { throw MailboxMovedOn() }
        return mailbox
    }

    /// Takes the next mails; false where there are none.
    private func take(
        _ mailbox: inout StoredIMAPMailbox, _ window: inout UInt32, _ connection: IMAPConnection, _ progress: () -> Void
    ) async throws -> Bool {
        guard mailbox.lastUID < .max else { return false }
        let last = mailbox.lastUID
        // Far behind, a few are asked for at a time: so a connection that does not hold long brings some mails forward all the same.
        let (end, overflows) = last.addingReportingOverflow(window)
        let isFarBehind = !overflows && end < connection.folder.uidNext - 1
        // `n:*` names the last mail too where its UID is lower (RFC 9051 §9, seq-range).
        let mails = try await connection.list(from: last + 1, through: isFarBehind ? end : nil).filter { $0.uid > last }
        if isFarBehind, mails.isEmpty {
            // A gap: no mail will ever have these numbers.
            try await passOver(end, mailbox)
            mailbox.lastUID = end
            window = window.multipliedReportingOverflow(by: 2).overflow ? window : window * 2
            progress()
            return true
        }
        window = Self.window
        var ahead: MailAhead?
        for mail in mails {
            try await take(mail, &ahead, mailbox, connection)
            mailbox.lastUID = mail.uid
            mailbox.refusals = 0
            progress()
        }
        return !mails.isEmpty
    }

    /// - Parameter ahead: a mail that was fetched before its turn.
    private func take(
        _ mail: IMAPListedMail, _ ahead: inout MailAhead?, _ mailbox: StoredIMAPMailbox, _ connection: IMAPConnection
    ) async throws {
        let accept = AcceptMail(desk: desk)
        if let since = mailbox.catchUpSince, mail.uid < mailbox.catchUpTo, let at = mail.receivedAt, at < since.seconds {
            return try await passOver(mail.uid, mailbox)
        }
        guard mail.size <= desk.options.maxMessageBytes else { return try await recordTooLarge(mail.uid, mail.size, mailbox) }
        guard mailbox.refusals < Self.mostRefusals else { return try await putAside(mail, &ahead, mailbox, connection) }
        let known = ahead?.uid == mail.uid ? ahead?.mail : nil
        ahead = nil
        let fetched = if let known { known } else { try await counted(mailbox, { try await connection.fetch(mail.uid) }) }
        switch fetched {
        case .mail(let bytes): try await accept.run(Array(bytes.readableBytesView), fetched: mail.uid, from: mailbox)
        case .gone: try await passOver(mail.uid, mailbox)
        case .tooLarge(let size): try await recordTooLarge(mail.uid, size, mailbox)
        case .refused(let words):
            try await desk.database.write { try $0.countIMAPRefusal(of: mailbox) }
            throw IMAPFailure(.lost, "it does not give out a mail (number \(mail.uid)): \(words)")
        }
    }

    private func recordTooLarge(_ uid: UInt32, _ size: Int, _ mailbox: StoredIMAPMailbox) async throws {
        let reason =
            "This mail has \(size) bytes, and \(desk.options.maxMessageBytes) are taken at most. It is still in the mailbox (number \(uid) there)."
        try await AcceptMail(desk: desk).recordFailed(uid, size: size, from: mailbox, reason)
    }

    private func passOver(_ uid: UInt32, _ mailbox: StoredIMAPMailbox) async throws {
        guard try await desk.database.write({ try $0.moveIMAPWatermark(of: mailbox, to: uid, mailAt: nil) }) else { throw MailboxMovedOn() }
    }
}
