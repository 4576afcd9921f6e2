import Conversations

/// Whether, when and with which messages a conversation goes on by email (behaviour §3). Nothing else decides.
///
/// Pure: no clock, no store. `wait(until:)` is exact: asked again at that moment with the same snapshot the answer is `email`, and
/// asked at any moment before it the answer is the same `wait`.
public func decide(_ snapshot: ContinuitySnapshot, _ settings: ContinuitySettings, now: Instant) -> ContinuityDecision {
    let waiting = snapshot.waiting
    if waiting.isEmpty { return .nothing(snapshot.sawSomething ? .seen : .nothingWaiting) }
    if let obstacle = snapshot.obstacle(settings) { return .nothing(.notSent(obstacle)) }
    let sendable = waiting.filter { snapshot.obstacle(to: $0) == nil }
    guard let mail = snapshot.mails(sendable, settings, now: now, limit: 1).first else {
        return .nothing(.notSent(.unproven))
    }
    if now < mail.leaves { return .wait(until: mail.leaves) }
    return .email(
        ContinuityBatch(
            messages: mail.messages.map(\.id), to: snapshot.address ?? "", onlyNewMessages: !snapshot.isProven,
            copies: mail.messages.first?.copies ?? []))
}
