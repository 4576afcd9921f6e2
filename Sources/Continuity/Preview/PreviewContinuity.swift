import Conversations

/// The what-if: which mails would leave when, if these things happened. It asks the very `decide` and `deliveryStates` that production
/// asks, after every event and whenever a wait ends; it knows no rule of its own about when a mail leaves.
///
/// Mails leave at once when they are due: the relay takes them.
/// - Parameters:
///   - events: in any order; those of the same moment in the order given.
///   - start: the conversation before the first event; its times count from `ContinuityPreview.origin`.
public func previewContinuity(
    _ events: [PreviewEvent], from start: ContinuitySnapshot, _ settings: ContinuitySettings
) -> ContinuityPreview {
    var run = PreviewRun(snapshot: start, settings: settings)
    for (_, event) in events.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }) {
        run.advance(to: ContinuityPreview.origin + event.at)
        run.happen(event)
    }
    run.advance(to: nil)
    return run.result()
}

extension ContinuityPreview {
    /// The moment that times of a preview count from.
    public static let origin = Instant(milliseconds: 0)
}

/// A conversation's life while it is played.
private struct PreviewRun {
    var snapshot: ContinuitySnapshot
    let settings: ContinuitySettings
    var now = ContinuityPreview.origin
    /// When the rules want to be asked again.
    var timer: Instant?
    var isLooking = false
    /// What stands on a looking visitor's screen, by the moment at which it counts as seen.
    var onScreen: [(seenAt: Instant, watermark: Instant)] = []
    var written: [(id: ID<Message>, at: Instant)] = []
    var mailsTo: [String: Int] = [:]
    var mails: [ContinuityPreview.Mail] = []
    var steps: [ContinuityPreview.Step] = []

    /// Lets everything happen that falls due on the way; nil goes on until nothing is due any more.
    mutating func advance(to end: Instant?) {
        while let due = [timer, onScreen.first?.seenAt].compactMap({ $0 }).min(), end.map({ due <= $0 }) ?? true {
            now = max(now, due)
            if let first = onScreen.first, first.seenAt <= now {
                onScreen.removeFirst()
                see(upTo: first.watermark)
            }
            _ = ask()
        }
        if let end { now = max(now, end) }
    }

    mutating func happen(_ event: PreviewEvent) {
        apply(event.what)
        steps.append(.init(event: event, decision: ask()))
    }

    /// Asks the rules and sends what they say; answers what they said first.
    private mutating func ask() -> ContinuityDecision {
        let first = decide(snapshot, settings, now: now)
        var decision = first
        while case .email(let batch) = decision {
            send(batch)
            decision = decide(snapshot, settings, now: now)
        }
        if case .wait(let until) = decision { timer = until } else { timer = nil }
        return first
    }

    private mutating func send(_ batch: ContinuityBatch) {
        mails.append(.init(at: now.since(ContinuityPreview.origin), batch: batch))
        let ids = Set(batch.messages)
        for index in snapshot.messages.indices where ids.contains(snapshot.messages[index].id) {
            snapshot.messages[index].delivery = DeliveryState(.emailed, at: now, to: batch.to)
        }
        snapshot.lastMailAt = now
        mailsTo[batch.to, default: 0] += 1
        if snapshot.addressState != .proven { snapshot.unprovenMails += 1 }
    }

    private mutating func see(upTo watermark: Instant) {
        snapshot.contactLastSeenAt = max(snapshot.contactLastSeenAt ?? watermark, watermark)
    }

    private mutating func write(_ entry: ContinuitySnapshot.Entry) {
        written.append((entry.id, entry.createdAt))
        snapshot.messages.append(entry)
        if entry.kind == .outgoing && !entry.isPrivate { snapshot.agentTypedAt = nil }
        if isLooking { onScreen.append((now + .seconds(1), now)) }
    }

    private func entry(_ kind: Message.Kind, _ choice: Message.Choice = .automatic, note: Bool = false, type: String = "text")
        -> ContinuitySnapshot.Entry
    {
        .init(id: ID(Int64(written.count + 1)), kind: kind, isPrivate: note, contentType: type, choice: choice, createdAt: now)
    }

    private mutating func apply(_ what: PreviewEvent.What) {
        switch what {
        case .agentMessage(let choice): write(entry(.outgoing, choice))
        case .note: write(entry(.outgoing, note: true))
        case .survey: write(entry(.template, type: "input_csat"))
        case .delete(let number): change(number) { $0.choice = .chatOnly }
        case .choose(let number, let choice): change(number) { $0.choice = choice }
        case .visitorMessage(let channel): hear(by: channel)
        case .agentTyping: snapshot.agentTypedAt = now
        case .visitorTyping: snapshot.visitorTypedAt = now
        case .pageOpen: snapshot.presence = .connected
        case .pageClose:
            snapshot.presence = .disconnected(at: now)
            stopLooking()
        case .look:
            snapshot.presence = .connected
            isLooking = true
            onScreen = [(now + .seconds(1), now)]
        case .lookAway: stopLooking()
        case .seen(let number): see(upTo: number.flatMap(writtenAt) ?? now)
        case .address(let address, let state): set(address, state)
        case .prove: prove()
        case .bounce: bounce()
        case .mute(let muted): snapshot.muted = muted
        case .block(let blocked): snapshot.blocked = blocked
        case .stopLoop(let stopped): snapshot.loopStopped = stopped
        case .continuity(let on): snapshot.continuityViaEmail = on
        }
    }

    private mutating func hear(by channel: Message.Channel) {
        snapshot.mode = channel
        snapshot.visitorTypedAt = nil
        guard channel == .email else { return }
        // A mail that answers one of ours: it arrived, and the address is proven by it.
        for index in snapshot.messages.indices where snapshot.messages[index].delivery?.name == .emailed {
            snapshot.messages[index].delivery = DeliveryState(.answered, at: now, to: snapshot.messages[index].delivery?.to)
        }
        if let address = snapshot.address, mailsTo[address] != nil { prove() }
    }

    private mutating func change(_ number: Int, _ change: (inout ContinuitySnapshot.Entry) -> Void) {
        guard let index = snapshot.messages.firstIndex(where: { $0.id.value == Int64(number) }) else { return }
        change(&snapshot.messages[index])
    }

    private func writtenAt(_ number: Int) -> Instant? { written.first { $0.id.value == Int64(number) }?.at }

    private mutating func stopLooking() {
        isLooking = false
        onScreen = []
    }

    private mutating func set(_ address: String?, _ state: AddressState) {
        (snapshot.address, snapshot.addressState) = (address, address == nil ? nil : state)
        snapshot.unprovenMails = address.flatMap { mailsTo[$0] } ?? 0
    }

    private mutating func prove() {
        guard snapshot.address != nil else { return }
        snapshot.addressState = .proven
        snapshot.unprovenMails = 0
    }

    private mutating func bounce() {
        guard let last = mails.last else { return }
        let ids = Set(last.batch.messages)
        for index in snapshot.messages.indices where ids.contains(snapshot.messages[index].id) {
            snapshot.messages[index].delivery = DeliveryState(.bounced, at: now, to: last.batch.to, reason: "the mail came back")
        }
        if snapshot.address == last.batch.to { snapshot.addressState = .unreachable }
    }

    func result() -> ContinuityPreview {
        let states = deliveryStates(snapshot, settings, now: now)
        let outcomes = written.compactMap { message in
            states[message.id].map {
                ContinuityPreview.Outcome(
                    message: Int(message.id.value), writtenAt: message.at.since(ContinuityPreview.origin), state: $0)
            }
        }
        return ContinuityPreview(mails: mails, steps: steps, outcomes: outcomes)
    }
}
