import Continuity
import Conversations

/// One random moment of a conversation, in whole seconds.
enum RandomSnapshot {
    /// By now everything has left that will: messages are written until 900 and wait for 900 at most.
    static let lastSecond = 1_900

    static func make(_ random: inout SeededGenerator) -> (ContinuitySnapshot, ContinuitySettings) {
        var snapshot = baseSnapshot()
        snapshot.messages = (1...Int.random(in: 1...24, using: &random)).map { id in
            let kinds: [(Message.Kind, Bool, String)] = [
                (.outgoing, false, "text"), (.outgoing, false, "text"), (.outgoing, false, "text"), (.outgoing, true, "text"),
                (.template, false, "input_csat"), (.template, false, "text"), (.incoming, false, "text"), (.activity, false, "text"),
            ]
            let (kind, note, type) = kinds.randomElement(using: &random) ?? kinds[0]
            let choice: Message.Choice = random.chance(4) ? .emailNow : random.chance(15) ? .chatOnly : .automatic
            let states: [DeliveryState?] = [nil, nil, nil, nil, DeliveryState(.waiting), DeliveryState(.emailed), DeliveryState(.seen)]
            return entry(
                id, at: Int.random(in: 0...900, using: &random), choice, kind: kind, note: note, type: type,
                delivery: states.randomElement(using: &random) ?? nil)
        }
        snapshot.mode = random.chance(30) ? .email : .chat
        if random.chance(40) { snapshot.contactLastSeenAt = at(Int.random(in: -10...900, using: &random)) }
        snapshot.presence =
            [
                .unknown, .connected, .disconnected(at: at(Int.random(in: -100...1200, using: &random))),
            ].randomElement(using: &random) ?? .unknown
        if random.chance(50) { snapshot.agentTypedAt = at(Int.random(in: 0...1200, using: &random)) }
        if random.chance(30) { snapshot.visitorTypedAt = at(Int.random(in: 0...1200, using: &random)) }
        if random.chance(50) { snapshot.lastMailAt = at(Int.random(in: -400...1200, using: &random)) }
        snapshot.addressState = [.proven, .proven, .claimed, nil].randomElement(using: &random) ?? nil
        snapshot.unprovenMails = Int.random(in: 0...3, using: &random)
        var settings = ContinuitySettings()
        if random.chance(50) {
            func seconds(_ range: ClosedRange<Int>) -> Duration { .seconds(Int.random(in: range, using: &random)) }
            settings = ContinuitySettings(
                closedAfter: seconds(0...100), unseenAfter: seconds(0...400), quietFor: seconds(0...100), atLatest: seconds(0...900),
                minInterval: seconds(0...900), undoWindow: seconds(0...60), messagesPerMail: Int.random(in: 1...20, using: &random))
        }
        return (snapshot, settings)
    }
}

/// Behaviour §3 as sentences about one second; slow and plain, to hold the real rule against.
enum NaiveRule {
    static func leaves(_ s: ContinuitySnapshot, _ t: ContinuitySettings, second: Int) -> Bool {
        let now = at(second)
        if s.addressState != .proven && s.unprovenMails >= t.unprovenMails { return false }
        let waiting = s.messages.filter { message in
            let leavesAtAll = (message.kind == .outgoing || message.contentType == "input_csat") && !message.isPrivate
            let fresh = message.delivery == nil || message.delivery?.name == .waiting
            let seen = s.contactLastSeenAt.map { message.createdAt <= $0 } ?? false
            let surveyToStranger = message.contentType == "input_csat" && s.addressState != .proven
            return leavesAtAll && fresh && !seen && message.choice != .chatOnly && !surveyToStranger
        }
        guard let oldest = waiting.map(\.createdAt).min(), let newest = waiting.map(\.createdAt).max() else { return false }
        // `email_now` is due from the moment that it was written.
        if waiting.contains(where: { $0.choice == .emailNow && $0.createdAt <= now }) { return true }
        if now.since(oldest) >= t.atLatest { return true }
        if s.mode == .email { return now.since(newest) >= t.undoWindow }
        if let lastMail = s.lastMailAt, now.since(lastMail) < t.minInterval { return false }
        var signs = waiting.map(\.createdAt) + s.messages.filter { $0.kind == .outgoing && !$0.isPrivate }.map(\.createdAt)
        signs += [s.agentTypedAt, s.visitorTypedAt].compactMap { $0 }
        if signs.contains(where: { now.since($0) < t.quietFor }) { return false }
        let pageOpen =
            switch s.presence {
            case .unknown: false
            case .connected: true
            case .disconnected(let closed): now.since(closed) < t.closedAfter
            }
        return pageOpen ? now.since(oldest) >= t.unseenAfter : true
    }
}
