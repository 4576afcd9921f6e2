import Conversations
import Foundation
import Logging
import MailFormat
import MailTransport
import MailTrust
import NIOCore
import Store
import Synchronization

/// Sends a check's probe out through the inbox's own relay; when it has come back by the inbox's own way in, or its time is over, says what
/// was seen on the way and what is wrong (behaviour §10).
public struct RunContinuityCheck: Sendable {
    /// Longer than any probe may take.
    public static let lease = Duration.seconds(90 * 60)
    /// How often a check that the end of the program interrupted is begun; a probe that ends the program does not do so for ever.
    static let mostBeginnings = 3
    /// How often a check is tried that the store cannot keep.
    static let mostTries = 10
    /// How long a probe is waited for that DNS has no way for.
    static let hopeless = Duration.seconds(30)

    let desk: Desk
    private let wayOut: @Sendable (Inbox) async throws -> MailWayOut
    private let look: LookAtMail

    /// - Parameter wayOut: what takes an inbox's mail.
    public init(desk: Desk, wayOut: @escaping @Sendable (Inbox) async throws -> MailWayOut) {
        self.desk = desk
        self.wayOut = wayOut
        look = LookAtMail(dns: desk.dns, port: desk.options.check.port)
    }

    /// - Parameter jobs: whose subjects are checks.
    public func run(_ jobs: [Job]) async throws {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs {
                group.addTask {
                    do { try await one(job) } catch {
                        // The program ends: what was seen is not the mail's fault, and after the next start the check begins anew.
                        if Task.isCancelled { return }
                        desk.logger.error(
                            "A continuity check could not be made", metadata: ["check": "\(job.subjectID)", "error": "\(error)"])
                        // Where not even that can be written down, it comes back when its lease is over.
                        try? await giveUpLater(job)
                    }
                }
            }
        }
    }

    private func one(_ job: Job) async throws {
        let desk = self.desk
        let loaded = try await desk.database.read { tx -> (ContinuityCheck, Inbox, MailSetup)? in
            guard let check = try tx.check(ID<ContinuityCheck>(job.subjectID)), let inbox = try tx.inbox(check.inboxID) else { return nil }
            return (check, inbox, try desk.mailSetup(of: inbox, tx))
        }
        guard let (check, inbox, setup) = loaded, check.state == .running || check.arrival != nil else {
            return try await desk.database.write { _ = try $0.finish(job) }
        }
        if check.hops == "[]" { return try await send(check, inbox, setup, job) }
        if check.acceptedAt == nil, check.arrival == nil, job.attempts <= Self.mostBeginnings {
            // Whoever was sending is dead: the probe is sent by us, in a time of its own.
            let again = try await beginAnew(check)
            return try await send(again, inbox, setup, job)
        }
        if check.acceptedAt == nil, check.arrival != nil, check.state == .running, desk.now() < check.deadline {
            // It came back before the relay had said its last word to us: another worker is still writing that down.
            return try await desk.database.write { try $0.postpone(job, to: desk.now() + .seconds(1)) }
        }
        try await judge(check, setup, job)
    }

    // MARK: Out

    private func send(_ check: ContinuityCheck, _ inbox: Inbox, _ setup: MailSetup, _ job: Job) async throws {
        if let fault = JudgeSettings.fault(setup) {
            // In a demo nothing has to leave for the words to be true.
            let isFine = fault.level == .warning
            return try await conclude(
                check, isFine ? .passed : .failed, [hop(.settings, isFine ? .done : .failed, fault.words)], [fault], job)
        }
        var wayOut: MailWayOut?
        do { wayOut = try await self.wayOut(inbox) } catch {
            let fault = CheckFault(.relayRefuses, "The relay cannot be used: \(error)", "Correct its settings.", setting: "mail.relay-url")
            return try await conclude(check, .failed, [hop(.settings, .failed, fault.words)], [fault], job)
        }
        guard case .relay(let relay)? = wayOut else {
            return try await conclude(check, .passed, [hop(.settings, .done, "Mail stays here.")], [], job)
        }
        try await add(
            [hop(.settings, .done, "Mail leaves as \(setup.from ?? "") by \(relay.host); answers go to \(setup.replyDomain ?? "").")],
            to: check)
        let seen = await look.run(setup, client: nil, withPorts: true)
        try Task.checkCancellation()
        try await add(look.hops(setup, seen, at: desk.now()) + [hop(.written, .done, "The probe is written.")], to: check)

        let token = Probe.token(check, desk.secrets)
        let domain = setup.replyDomain ?? ""
        let returns = desk.returnAddresses(of: inbox)
        let recipient = returns?.reply(token) ?? "reply+\(token)@\(domain)"
        let mail = OutgoingMail(
            from: MailAddress(name: desk.company(of: inbox), address: setup.from ?? ""), to: [MailAddress(address: recipient)],
            subject: "Continuity check", date: desk.now().date, messageID: "\(desk.randomHex(16))@\(domain)",
            text: "Throughline sent this mail to itself, to see whether answers to its mails come back. Nobody needs to read it.",
            replyTo: [MailAddress(address: recipient)],
            headers: [MailHeader(name: "Auto-Submitted", value: "auto-generated"), MailHeader(name: Probe.field, value: token)])
        let envelope = OutboundEnvelope(sender: returns?.bounce(token) ?? "bounce+\(token)@\(domain)", recipients: [recipient])
        let (unsigned, house) = (try MailWriter.write(mail), self.desk)
        let raw = try await house.database.read { try house.signed(unsigned, of: inbox.id, $0) }
        let stages = StageLog()
        let (now, desk) = (desk.now, desk)
        let outcome = await SendProgress.$observer.withValue({ stages.note($0, at: now()) }) {
            await Self.within(check.deadline.since(desk.now())) { await relay.send(ByteBuffer(bytes: raw), envelope) {} }
        }
        // What was cut short says nothing; only what the relay has taken is out.
        if case .accepted = outcome {} else { try Task.checkCancellation() }
        var hops = stages.hops(server: relay.host)
        if let fault = JudgeRelay.fault(outcome, server: relay.host, setup: setup, recipient: recipient.withoutTokens) {
            hops.append(hop(.accepted, .failed, fault.words))
            return try await conclude(check, .failed, hops, [fault], job)
        }
        hops.append(hop(.accepted, .done, outcome.sentence(server: relay.host)))
        let sent = hops
        try await desk.database.write { tx in
            guard var check = try tx.check(check.id) else { return }
            check.acceptedAt = desk.now()
            check.hops = CheckList.encode(CheckList<CheckHop>.decode(check.hops) + sent)
            try tx.updateCheck(check)
            try desk.journal(tx).check(check)
            // Where it came back already, its arrival has put the job forward, and this changes nothing.
            let isHopeless = JudgeWayBack.isHopeless(setup, seen.dns)
            try tx.postpone(job, to: isHopeless ? min(check.deadline, desk.now() + Self.hopeless) : check.deadline)
        }
    }

    // MARK: Back

    private func judge(_ check: ContinuityCheck, _ setup: MailSetup, _ job: Job) async throws {
        let arrival = check.arrival.flatMap { try? JSONDecoder().decode(ProbeArrival.self, from: Data($0.utf8)) }
        if let arrival, arrival.bounce == nil { return try await judge(arrival, check, setup, job) }
        let seen = await look.run(setup, client: nil, withPorts: true)
        try Task.checkCancellation()
        if arrival == nil, check.acceptedAt != nil, desk.now() < check.deadline, !JudgeWayBack.isHopeless(setup, seen.dns) {
            return try await desk.database.write { try $0.postpone(job, to: check.deadline) }
        }
        let rows = DNSRows.all(setup, seen.dns, client: nil, relay: nil, signatures: [], cameBack: false)
        var fault: CheckFault
        if let notice = arrival?.bounce {
            fault = JudgeBounce.fault(notice, setup: setup, rows: rows)
        } else if check.acceptedAt == nil {
            fault = CheckFault(.interrupted, "The server was stopped while the probe was being sent.", "Run the check again.")
        } else {
            let said = CheckList<CheckHop>.decode(check.hops).last { $0.name == .accepted }?.words ?? ""
            let waited = "\((check.deadline.since(check.startedAt)).components.seconds) seconds"
            fault = JudgeWayBack.fault(setup, seen.dns, seen.ports, rows: rows, relaySaid: said, waited: waited)
        }
        let words = arrival == nil ? "Nothing came back." : fault.words
        var faults = [fault]
        if let dns = seen.dns {
            faults += JudgeSenderRecords.faults(setup, dns, nil, client: nil, keys: [:], rows: rows)
        }
        try await conclude(check, .failed, [hop(.cameBack, .failed, words)], faults, job)
    }

    private func judge(_ arrival: ProbeArrival, _ check: ContinuityCheck, _ setup: MailSetup, _ job: Job) async throws {
        var hops = arrival.received.map { line in
            CheckHop(
                name: .received, state: .done, at: arrival.at.milliseconds,
                words: "\(line.by.withoutTokens) took it\(line.from.map { " from \($0)" } ?? "").")
        }
        let by = arrival.remoteAddress.map { " from \($0)" } ?? ""
        hops.append(CheckHop(name: .cameBack, state: .done, at: arrival.at.milliseconds, words: "It came back by \(arrival.ingress)\(by)."))
        let seen = await look.judge(arrival, setup)
        try Task.checkCancellation()
        var faults: [CheckFault] = []
        if let dns = seen.dns, let report = seen.report {
            let rows = DNSRows.all(setup, dns, client: arrival.client, relay: nil, signatures: seen.signatures, cameBack: true)
            faults = JudgeSenderRecords.faults(setup, dns, report, client: arrival.client, keys: seen.keys, rows: rows)
            hops.append(hop(.senderChecks, faults.isEmpty ? .done : .failed, report.checkWords(client: arrival.client)))
        } else {
            hops.append(hop(.senderChecks, .unknown, "DNS is not asked (mail.dns is off)."))
        }
        guard let place = arrival.tokenPlace else {
            let fault = CheckFault(
                .tokenStripped,
                "The probe came back, but its address had lost what stands behind the + (reply+…@\(setup.replyDomain ?? "")).",
                "Some server rewrites the addresses of \(setup.replyDomain ?? "the reply domain") (a catch-all, an alias, a forwarder). Have it hand them on as they are; "
                    + "in Postfix: recipient_delimiter = +, and no virtual alias for the domain.")
            return try await conclude(check, .failed, hops + [hop(.inConversation, .failed, fault.words)], [fault] + faults, job)
        }
        if place != "envelope recipient" {
            faults.append(
                CheckFault(
                    .recipientRewritten, .warning,
                    "The envelope of the probe was rewritten on its way; its conversation was found by the field \(place) alone, which a hidden recipient does not have.",
                    "Have the server that takes mail for \(setup.replyDomain ?? "the reply domain") hand addresses on as they are."))
        }
        hops.append(hop(.inConversation, .done, "It found its conversation by \(place == "envelope recipient" ? "the envelope" : place)."))
        try await conclude(check, .passed, hops, faults, job)
    }

    // MARK: Writing down

    private func hop(_ name: CheckHop.Name, _ state: CheckHop.State, _ words: String) -> CheckHop {
        CheckHop(name: name, state: state, at: desk.now().milliseconds, words: words)
    }

    private func add(_ hops: [CheckHop], to check: ContinuityCheck) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            guard var check = try tx.check(check.id) else { return }
            check.hops = CheckList.encode(CheckList<CheckHop>.decode(check.hops) + hops)
            try tx.updateCheck(check)
            try desk.journal(tx).check(check)
        }
    }

    func conclude(
        _ check: ContinuityCheck, _ state: ContinuityCheck.State, _ hops: [CheckHop], _ faults: [CheckFault], _ job: Job
    ) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            // A job that was put forward meanwhile stays: something has come in since.
            _ = try tx.finish(job)
            guard var check = try tx.check(check.id) else { return }
            // What a late arrival adds stands in the place of “nothing came back”.
            let before = CheckList<CheckHop>.decode(check.hops).filter { $0.name != .cameBack || $0.state != .failed }
            check.hops = CheckList.encode(before + hops)
            check.faults = CheckList.encode(faults)
            check.state = state
            check.finishedAt = desk.now()
            try tx.updateCheck(check)
            try desk.journal(tx).check(check)
            let jitter = desk.random(1).first ?? 0
            try tx.enqueue(.nightlyCheck, check.inboxID.value, due: NightlyChecks.next(after: desk.now(), jitter: jitter))
            if state == .failed {
                desk.logger.warning(
                    "A continuity check failed",
                    metadata: ["inbox": "\(check.inboxID)", "fault": "\(faults.first?.code.rawValue ?? "unknown")"])
            }
        }
    }

    /// Gives up when the time is over: the connection ends, and says what is certain.
    private static func within(_ time: Duration, _ send: @escaping @Sendable () async -> SendOutcome) async -> SendOutcome {
        await withTaskGroup(of: SendOutcome?.self) { group in
            group.addTask { await send() }
            group.addTask {
                try? await Task.sleep(for: max(time, .seconds(1)))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            let last = await group.next() ?? nil
            if case .accepted? = last { return last ?? .uncertain("it did not answer in time") }
            return .temporary(.connecting, .words("it did not answer in time"))
        }
    }
}

/// The stages of one mail, as they begin.
private final class StageLog: Sendable {
    private let stages = Mutex<[(stage: SendStage, at: Instant)]>([])

    func note(_ stage: SendStage, at time: Instant) { stages.withLock { $0.append((stage, time)) } }

    func hops(server: String) -> [CheckHop] {
        let stages = stages.withLock { $0 }
        var hops: [CheckHop] = []
        func add(_ name: CheckHop.Name, _ at: Instant, _ words: String) {
            guard !hops.contains(where: { $0.name == name }) else { return }
            hops.append(CheckHop(name: name, state: .done, at: at.milliseconds, words: words))
        }
        for (index, step) in stages.enumerated() {
            let before = index > 0 ? stages[index - 1].stage : nil
            if index == 0 { add(.connected, step.at, "Connected to \(server).") }
            if before == .connecting && step.stage == .greeting || before == .startTLS && step.stage != .connecting {
                add(.encrypted, step.at, "The connection is encrypted.")
            }
            if before == .authentication { add(.signedIn, step.at, "\(server) accepted the user name and password.") }
        }
        return hops
    }
}
