import Continuity
import Conversations

/// A conversation's random life: people write, type, look, leave, mute; timers fire exactly at their time; mails stand in the outbox for a
/// while before they are tried. After every step the promises of behaviour §3 are checked; the first broken one ends the history.
struct RandomHistory {
    private var snapshot = baseSnapshot()
    private var settings = ContinuitySettings()
    private var now = 0
    private var nextID = 1
    private var timer: Instant?
    /// The one mail that is queued but not yet attempted.
    private var queued: (ids: [ID<Message>], to: String, attemptAt: Int, lastMailBefore: Instant?)?
    private var attempted: [ID<Message>: Int] = [:]
    private var lastAttempt: Instant?
    private var mailsWhileClaimed = 0
    private let keepsLog: Bool
    private(set) var log: [String] = []
    private(set) var broken: String?

    init(_ random: inout SeededGenerator, keepsLog: Bool) {
        self.keepsLog = keepsLog
        snapshot.messages = []
        snapshot.presence = .connected
        if random.chance(50) { (snapshot.address, snapshot.addressState) = (nil, nil) }
        if random.chance(30) { snapshot.mode = .email }
        guard random.chance(40) else { return }
        // An inbox's own timing; `at_latest` is the longest of them, as anybody would set it.
        settings.quietFor = .seconds(Int.random(in: 0...90, using: &random))
        settings.closedAfter = .seconds(Int.random(in: 0...90, using: &random))
        settings.unseenAfter = .seconds(Int.random(in: 0...300, using: &random))
        settings.undoWindow = .seconds(Int.random(in: 0...60, using: &random))
        settings.minInterval = .seconds(Int.random(in: 0...400, using: &random))
        settings.messagesPerMail = Int.random(in: 1...20, using: &random)
    }

    mutating func run(_ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 5...60, using: &random) {
            let next = now + (random.chance(60) ? Int.random(in: 0...20, using: &random) : Int.random(in: 0...400, using: &random))
            advance(to: next, &random)
            change(&random)
            withdrawIfNeeded()
            decideNow(&random)
            check()
            if broken != nil { return }
        }
        advance(to: now + 3_000, &random)
        checkEnd()
    }

    /// Lets timers and the outbox do what falls due on the way.
    private mutating func advance(to next: Int, _ random: inout SeededGenerator) {
        while broken == nil {
            let fires = [timer.map(second), queued?.attemptAt].compactMap { $0 }.filter { $0 <= next }.min()
            guard let fires else { break }
            now = max(now, fires)
            if let mail = queued, mail.attemptAt <= now { attempt(mail.ids) }
            if let timer, second(timer) <= now { decideNow(&random, fromTimer: true) }
            check()
        }
        now = next
    }

    private func second(_ instant: Instant) -> Int { Int((instant.milliseconds - at(0).milliseconds) / 1000) }

    private mutating func change(_ random: inout SeededGenerator) {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...5: write(&random)
        case 6: snapshot.agentTypedAt = at(now)
        case 7: snapshot.visitorTypedAt = at(now)
        case 8, 9: snapshot.presence = .connected
        case 10, 11: snapshot.presence = .disconnected(at: at(now))
        case 12: snapshot.presence = .unknown
        case 13, 14: snapshot.contactLastSeenAt = at(random.chance(70) ? now : max(0, now - 30))
        case 15:
            (snapshot.address, snapshot.addressState, snapshot.unprovenMails) = ("new\(now)@x.test", .claimed, 0)
            mailsWhileClaimed = 0
        case 16 where snapshot.address != nil:
            (snapshot.addressState, snapshot.unprovenMails) = (.proven, 0)
            mailsWhileClaimed = 0
        case 17: snapshot.mode = snapshot.mode == .chat ? .email : .chat
        case 18 where random.chance(20): snapshot.blocked.toggle()
        case 18 where random.chance(20): snapshot.loopStopped.toggle()
        case 18 where random.chance(20): snapshot.continuityViaEmail.toggle()
        case 18: snapshot.muted.toggle()
        case 19 where snapshot.address != nil && random.chance(20): snapshot.addressState = .unreachable
        default: break
        }
        if keepsLog {
            let seen = snapshot.contactLastSeenAt.map(second) ?? -1
            log.append("\(now): \(snapshot.messages.count) messages, \(snapshot.presence), \(snapshot.mode), seen \(seen)")
        }
    }

    private mutating func write(_ random: inout SeededGenerator) {
        for _ in 0..<(random.chance(5) ? 30 : 1) {
            let choice: Message.Choice = random.chance(10) ? .emailNow : random.chance(15) ? .chatOnly : .automatic
            let what = Int.random(in: 0..<10, using: &random)
            snapshot.messages.append(
                what == 0
                    ? entry(nextID, at: now, choice, note: true)
                    : what == 1
                        ? entry(nextID, at: now, choice, kind: .template, type: random.chance(50) ? "input_csat" : "text")
                        : entry(nextID, at: now, choice))
            nextID += 1
        }
    }

    private mutating func decideNow(_ random: inout SeededGenerator, fromTimer: Bool = false) {
        for _ in 0..<200 {
            // One mail at a time stands in the outbox here; the next waits for its turn.
            if queued != nil { break }
            let before = snapshot
            switch decide(snapshot, settings, now: at(now)) {
            case .nothing:
                timer = nil
                return
            case .wait(let until):
                if fromTimer && timer == until { broken = "asked at its own time it waits again" }
                if until <= at(now) { broken = "it waits for a time that is past" }
                timer = until
                checkStatesAgree(until)
                return
            case .email(let batch):
                timer = nil
                checkMail(batch, before)
                let delay = random.chance(50) ? 0 : Int.random(in: 0...5, using: &random)
                queued = (batch.messages, batch.to, now + delay, snapshot.lastMailAt)
                for index in snapshot.messages.indices where batch.messages.contains(snapshot.messages[index].id) {
                    snapshot.messages[index].delivery = DeliveryState(.queued)
                }
                snapshot.lastMailAt = at(now)
                if snapshot.addressState != .proven { snapshot.unprovenMails += 1 }
                if keepsLog { log.append("\(now): queued \(batch.messages)") }
                if delay == 0 { attempt(batch.messages) }
            }
        }
        // Decided again as soon as the outbox is free.
        if queued != nil { timer = nil }
    }

    private mutating func withdrawIfNeeded() {
        guard let mail = queued, snapshot.withdraws(queued: mail.ids, to: mail.to, settings) else { return }
        queued = nil
        for index in snapshot.messages.indices where mail.ids.contains(snapshot.messages[index].id) {
            snapshot.messages[index].delivery = nil
        }
        snapshot.lastMailAt = mail.lastMailBefore
        if snapshot.addressState != .proven { snapshot.unprovenMails = max(0, snapshot.unprovenMails - 1) }
        if keepsLog { log.append("\(now): withdrawn \(mail.ids)") }
    }

    /// The relay takes the mail: from here on nothing can be taken back.
    private mutating func attempt(_ ids: [ID<Message>]) {
        queued = nil
        for index in snapshot.messages.indices where ids.contains(snapshot.messages[index].id) {
            let message = snapshot.messages[index]
            attempted[message.id, default: 0] += 1
            if attempted[message.id] != 1 { broken = "message \(message.id) mailed twice" }
            if message.isSeen(watermark: snapshot.contactLastSeenAt) { broken = "message \(message.id) mailed after it was seen" }
            snapshot.messages[index].delivery = DeliveryState(.emailed, at: at(now), to: snapshot.address)
        }
        if snapshot.muted || snapshot.blocked || snapshot.loopStopped { broken = "mailed although nothing may leave" }
        if snapshot.addressState != .proven { mailsWhileClaimed += 1 }
        if mailsWhileClaimed > settings.unprovenMails { broken = "\(mailsWhileClaimed) mails to an unproven address" }
        lastAttempt = at(now)
        // Now the rest is decided.
        timer = timer ?? at(now)
    }

    private mutating func checkMail(_ batch: ContinuityBatch, _ before: ContinuitySnapshot) {
        let messages = batch.messages.compactMap { id in before.messages.first { $0.id == id } }
        if messages.count > settings.messagesPerMail || messages.isEmpty { broken = "\(messages.count) messages in a mail" }
        if messages.map(\.id) != messages.sorted(by: { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }).map(\.id) {
            broken = "out of order"
        }
        if messages.contains(where: { $0.isPrivate || $0.choice == .chatOnly || ($0.kind == .template && $0.contentType != "input_csat") })
        {
            broken = "a mail with what never leaves"
        }
        if batch.onlyNewMessages != (before.addressState != .proven) { broken = "history for an unproven address" }
        if batch.to != before.address { broken = "the wrong address" }
        if before.addressState != .proven, messages.contains(where: { $0.contentType == "input_csat" }) {
            broken = "automatic mail to an unproven address"
        }
        let forced =
            before.messages.contains { $0.choice == .emailNow && !$0.wasMailed && !$0.isPrivate }
            || (messages.first.map { at(now).since($0.createdAt) >= settings.atLatest } ?? false)
        if before.mode == .chat, !forced {
            if let last = before.lastMailAt, at(now).since(last) < settings.minInterval { broken = "two mails within min_interval" }
            if let typed = before.agentTypedAt, at(now).since(typed) < settings.quietFor { broken = "not quiet" }
        }
    }

    /// Nothing that may leave is still waiting after `at_latest`, unless the outbox is busy with the mail before it.
    private mutating func check() {
        guard broken == nil, queued == nil, timer.map({ second($0) > now }) ?? true, snapshot.obstacle(settings) == nil else { return }
        for message in snapshot.messages
        where message.isForTheCustomer && !message.wasMailed && message.choice != .chatOnly
            && !message.isSeen(watermark: snapshot.contactLastSeenAt)
        {
            if message.isSurvey && snapshot.addressState != .proven { continue }
            if at(now).since(message.createdAt) >= settings.atLatest { broken = "message \(message.id) waits longer than at_latest" }
        }
    }

    private mutating func checkStatesAgree(_ until: Instant) {
        let states = deliveryStates(snapshot, settings, now: at(now))
        let first = states.values.compactMap { $0.name == .waiting ? $0.until : nil }.min()
        if first != until { broken = "the shown time \(String(describing: first)) is not the decided \(until)" }
        // Never silently: at every moment each message for the customer says where it is.
        for message in snapshot.messages where message.isForTheCustomer && states[message.id] == nil {
            broken = "message \(message.id) has no state while others wait"
        }
    }

    /// In the end every message for the customer is in exactly one state that says what became of it.
    private mutating func checkEnd() {
        guard broken == nil else { return }
        let states = deliveryStates(snapshot, settings, now: at(now))
        for message in snapshot.messages where message.isForTheCustomer {
            guard let state = states[message.id] else {
                broken = "message \(message.id) has no state"
                return
            }
            switch state.name {
            case .seen: if !message.isSeen(watermark: snapshot.contactLastSeenAt) { broken = "shown as seen" }
            case .emailed: if attempted[message.id] != 1 { broken = "shown as emailed" }
            case .notSent: if state.reason == nil { broken = "not sent without a reason" }
            case .waiting: broken = "message \(message.id) still waits after \(settings.atLatest)"
            default: broken = "message \(message.id) ended as \(state.name)"
            }
            if state.name != .emailed, attempted[message.id] != nil { broken = "mailed, but shown as \(state.name)" }
        }
    }
}
