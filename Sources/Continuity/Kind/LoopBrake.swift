import Conversations

/// Whether so many automatic mails came in on one conversation that no more mail may leave for it until an agent resumes:
/// more than 5 within 10 minutes (behaviour §5.3).
/// - Parameter automaticMailsAt: arrivals of automatic mails of this conversation, in any order, since an agent last resumed.
public func stopsAsLoop(
    automaticMailsAt: [Instant], now: Instant, allowed: Int = 5, within window: Duration = .seconds(600)
) -> Bool {
    let begin = now - window
    return automaticMailsAt.lazy.filter { $0 > begin && $0 <= now }.count > allowed
}
