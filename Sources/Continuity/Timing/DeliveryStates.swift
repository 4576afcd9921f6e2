import Conversations

/// The state that each message for the customer shows (behaviour §3, "Never silently"), by the same rules as `decide`.
///
/// Notes, activities, greetings and the customer's own messages have none. What is in the outbox or further keeps the state that the
/// outbox gave it. Store a state only where it differs from the stored one: a changed state is an event.
public func deliveryStates(
    _ snapshot: ContinuitySnapshot, _ settings: ContinuitySettings, now: Instant
) -> [ID<Message>: DeliveryState] {
    var states: [ID<Message>: DeliveryState] = [:]
    for entry in snapshot.messages where entry.isForTheCustomer {
        states[entry.id] = settledState(of: entry, in: snapshot)
    }
    let waiting = snapshot.waiting
    if let obstacle = snapshot.obstacle(settings) {
        for entry in waiting { states[entry.id] = .notSent(obstacle) }
        return states
    }
    for mail in snapshot.mails(waiting.filter { snapshot.obstacle(to: $0) == nil }, settings, now: now) {
        for entry in mail.messages { states[entry.id] = DeliveryState(.waiting, until: mail.leaves, to: snapshot.address) }
    }
    // What no mail takes: a survey to a claimed address, or more than such an address may still get.
    for entry in waiting where states[entry.id] == nil { states[entry.id] = .notSent(snapshot.obstacle(to: entry) ?? .unprovenLimit) }
    return states
}

/// The state of a message that no mail waits for; nil if one does.
private func settledState(of entry: ContinuitySnapshot.Entry, in snapshot: ContinuitySnapshot) -> DeliveryState? {
    if entry.wasMailed || entry.delivery?.name == .seen { return entry.delivery }
    if entry.isSeen(watermark: snapshot.contactLastSeenAt) { return DeliveryState(.seen, at: snapshot.contactLastSeenAt) }
    return entry.choice == .chatOnly ? .notSent(.chatOnly) : nil
}

extension DeliveryState {
    /// `not_sent` with its reason's word.
    static func notSent(_ reason: NotSentReason) -> DeliveryState { DeliveryState(.notSent, reason: reason.rawValue) }
}
