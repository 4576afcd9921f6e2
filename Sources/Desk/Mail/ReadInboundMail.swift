import Conversations
import Logging
import Store

/// Reads stored mails and puts each into its conversation, in the order in which they were taken.
public struct ReadInboundMail: Sendable {
    /// How many mails are read and placed together: they share commits where nobody else comes.
    static let atOnce = 16
    /// How many bytes they have together; a larger mail is alone.
    static let bytesAtOnce: Int64 = 8_000_000
    /// How long the placing of a mail lets the taking of others go first.
    public static let yieldsFor = Duration.seconds(1)

    private let desk: Desk
    private let readers: [MailReadingChild]
    private let checkSender: CheckSender?

    /// - Parameters:
    ///   - readers: at least one; as many mails are read at the same time.
    ///   - checkSender: nil where nobody's sender is checked.
    public init(desk: Desk, readers: [MailReadingChild], checkSender: CheckSender?) {
        self.desk = desk
        self.readers = readers
        self.checkSender = checkSender
    }

    /// A few mails are in memory at the same time, however large they are: the next few are read while the last few are placed.
    public func run(_ jobs: [Job]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let sizes = try await sizes(of: jobs)
            for some in Self.portions(of: jobs, sizes: sizes) {
                let (stored, answers) = try await read(some)
                let (mails, late) = try await check(some, stored, answers)
                // A check that was cut short says nothing: after the next start these mails are looked at again.
                try Task.checkCancellation()
                // One after the other, so that the mails of a conversation keep their order.
                try await group.next()
                group.addTask { try await self.place(some, answers, mails, late) }
            }
            try await group.waitForAll()
        }
    }

    private func sizes(of jobs: [Job]) async throws -> [Int64: Int64] {
        let ids = jobs.map { ID<InboundMail>($0.subjectID) }
        let mails = try await desk.database.read { try $0.mails(ids) }
        return Dictionary(mails.map { ($0.id.value, $0.size) }, uniquingKeysWith: { first, _ in first })
    }

    static func portions(of jobs: [Job], sizes: [Int64: Int64]) -> [[Job]] {
        var portions: [[Job]] = []
        var bytes: Int64 = 0
        for job in jobs {
            let size = sizes[job.subjectID] ?? 0
            if let last = portions.last, last.count < atOnce, bytes + size <= bytesAtOnce {
                portions[portions.count - 1].append(job)
                bytes += size
            } else {
                portions.append([job])
                bytes = size
            }
        }
        return portions
    }

    private func read(_ jobs: [Job]) async throws -> (mails: [Int64: StoredMail], answers: [Result<ReadMail, MailReadingError>?]) {
        let ids = jobs.map { ID<InboundMail>($0.subjectID) }
        let desk = self.desk
        let (mails, raws) = try await desk.database.read { tx in
            var mails: [Int64: StoredMail] = [:]
            var raws: [Int64: [UInt8]?] = [:]
            for mail in try tx.mails(ids) {
                mails[mail.id.value] = mail
                do {
                    guard let (original, raw) = try desk.original(of: mail, tx) else { continue }
                    (mails[mail.id.value], raws[mail.id.value]) = (original, raw)
                } catch let error as SealedMail.CannotOpen {
                    // It ends as failed and can be replayed once the right secret is back.
                    desk.logger.error("\(error)", metadata: ["mail": "\(mail.id)"])
                }
            }
            return (mails, raws)
        }
        return (mails, try await read(jobs, mails, raws))
    }

    /// Who vouches for the senders: all of these mails at the same time.
    /// - Returns: the mails, and those whose check may yet be answered: when they are to be looked at again.
    private func check(
        _ jobs: [Job], _ mails: [Int64: StoredMail], _ answers: [Result<ReadMail, MailReadingError>?]
    ) async throws -> (mails: [Int64: StoredMail], late: [Int64: Duration]) {
        guard let checkSender else { return (mails, [:]) }
        let unchecked = zip(jobs, answers).compactMap { job, answer -> (mail: StoredMail, read: ReadMail, attempts: Int)? in
            guard case .success(let read) = answer, let mail = mails[job.subjectID], mail.outcome == nil, mail.releasedBy == nil else {
                return nil
            }
            return (mail, read, job.attempts)
        }
        let desk = self.desk
        let forwarders = try await desk.database.read { tx in try unchecked.map { try TrustedForwarders.of($0.0, desk, tx) } }
        return await withTaskGroup(of: (CheckSender.Answer, Int).self) { group in
            for ((mail, read, attempts), forwarders) in zip(unchecked, forwarders) {
                group.addTask { (await checkSender.run(mail, read, forwarders: forwarders, isFirst: attempts <= 1), attempts) }
            }
            return await group.reduce(into: (mails, [:])) { found, next in
                let (answer, attempts) = next
                found.0[answer.mail.id.value] = answer.mail
                if case .late = answer, 1...CheckSender.waits.count ~= attempts {
                    found.1[answer.mail.id.value] = CheckSender.waits[attempts - 1]
                }
            }
        }
    }

    /// Each in a transaction of its own, so that one bad mail holds up none of the others.
    private func place(
        _ jobs: [Job], _ answers: [Result<ReadMail, MailReadingError>?], _ mails: [Int64: StoredMail], _ late: [Int64: Duration]
    ) async throws {
        let placed = await desk.database.writeEach(
            precedence(of: jobs.compactMap { mails[$0.subjectID] }),
            zip(jobs, answers).map { job, answer in
                { tx in try place(job, answer, mails[job.subjectID], late[job.subjectID], tx) }
            })
        for (job, result) in zip(jobs, placed) {
            if case .failure(let error) = result { try await fail(job, mails[job.subjectID], "\(error)") }
        }
    }

    /// A mail that came just now lets the next one be taken first: its sender waits for the answer. Not for long: whoever looks at the
    /// conversation waits for this one.
    private func precedence(of mails: [StoredMail]) -> Precedence {
        guard let oldest = mails.map(\.receivedAt).min() else { return .ordinary }
        return desk.now().since(oldest) < Self.yieldsFor ? .yielding : .ordinary
    }

    private func read(
        _ jobs: [Job], _ mails: [Int64: StoredMail], _ raws: [Int64: [UInt8]?]
    ) async throws -> [Result<ReadMail, MailReadingError>?] {
        let installation = desk.secrets.installation
        return try await withThrowingTaskGroup(of: [(Int, Result<ReadMail, MailReadingError>?)].self) { group in
            for (lane, reader) in readers.enumerated() {
                group.addTask {
                    var answers: [(Int, Result<ReadMail, MailReadingError>?)] = []
                    for index in stride(from: lane, to: jobs.count, by: readers.count) {
                        let job = jobs[index]
                        guard let mail = mails[job.subjectID], let raw = raws[job.subjectID] ?? nil else {
                            answers.append((index, nil))
                            continue
                        }
                        let envelope = MailEnvelope(sender: mail.envelopeSender, recipients: mail.recipients, installation: installation)
                        do {
                            answers.append((index, .success(try await reader.read(raw, envelope: envelope))))
                        } catch let error as MailReadingError {
                            if case .noReader = error { throw error }
                            answers.append((index, .failure(error)))
                        }
                    }
                    return answers
                }
            }
            var all = [Result<ReadMail, MailReadingError>?](repeating: nil, count: jobs.count)
            for try await part in group {
                for (index, answer) in part { all[index] = answer }
            }
            return all
        }
    }

    private func place(
        _ job: Job, _ answer: Result<ReadMail, MailReadingError>?, _ mail: StoredMail?, _ late: Duration?, _ tx: any Connection
    ) throws {
        if let late { return try tx.postpone(job, to: desk.now() + late) }
        // Perhaps the machine was busy: once more, when the others have had their turn.
        if case .failure(.tooSlow) = answer, job.attempts < 2 { return try tx.postpone(job, to: desk.now() + .seconds(10)) }
        guard try tx.finish(job) else { return }
        guard let mail, mail.outcome == nil else { return }
        switch answer {
        case .success(let read):
            var place = PlaceMail(desk: desk, tx: tx, mail: mail, read: read)
            try place.run()
        case .failure(let error): try end(mail, .failed, error.description, tx)
        case nil: try end(mail, .failed, "The bytes of this mail are gone: it was kept for its time.", tx)
        }
    }

    /// A mail that cannot be placed is kept and said to have failed; it can be replayed. What may pass is tried a few times.
    private func fail(_ job: Job, _ mail: StoredMail?, _ words: String) async throws {
        desk.logger.error(
            "A mail could not be placed", metadata: ["mail": "\(job.subjectID)", "attempt": "\(job.attempts)", "error": "\(words)"])
        try await desk.database.write { tx in
            // Waiting for DNS took tries of its own.
            let tries = checkSender == nil ? 3 : 3 + CheckSender.waits.count
            if job.attempts < tries { return try tx.postpone(job, to: desk.now() + .seconds(10 * min(job.attempts, 3))) }
            guard try tx.finish(job), let mail else { return }
            try end(mail, .failed, "This mail could not be put into a conversation. It is kept; replay it when the cause is mended.", tx)
        }
    }

    private func end(_ mail: StoredMail, _ outcome: MailOutcome, _ reason: String, _ tx: any Connection) throws {
        var mail = mail
        try desk.conclude(&mail, outcome, reason, tx)
    }
}

/// Processes stored mail again: the ones named, or all that failed.
public struct ReplayMail: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Returns: the mails that will be read again; those that already became a message are left alone.
    public func run(_ ids: [ID<InboundMail>]?, account: ID<Account>? = nil) async throws -> [ID<InboundMail>] {
        try await desk.database.write { tx in
            var replayed: [ID<InboundMail>] = []
            for var mail in try ids.map({ try tx.mails($0) }) ?? tx.failedMails(limit: 1000) {
                if let account, mail.accountID != account { continue }
                guard mail.deskMessageID == nil, mail.outcome != nil else { continue }
                if try mail.isFetched && !tx.keptOriginals(of: [mail.id]).contains(mail.id) {
                    guard try tx.wantFetched(mail.id) else { continue }
                    try tx.settleMail(mail.id, at: nil)
                    replayed.append(mail.id)
                    continue
                }
                try desk.readAgain(&mail, tx)
                replayed.append(mail.id)
            }
            return replayed
        }
    }
}

extension Desk {
    /// Puts a stored mail back to the beginning.
    func readAgain(_ mail: inout StoredMail, _ tx: any Connection) throws {
        mail.outcome = nil
        mail.reason = nil
        try tx.updateMail(mail)
        try tx.settleMail(mail.id, at: nil)
        mail.settledAt = nil
        try tx.enqueue(.inboundMail, mail.id.value, due: now())
        try journal(tx).mail(mail)
    }
}
