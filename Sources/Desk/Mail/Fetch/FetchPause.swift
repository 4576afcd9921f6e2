/// How long to wait before a mailbox is tried again: 1 s, 2 s, 4 s … 5 minutes, each a fifth more or less by chance, so that many mailboxes of
/// one server do not come back at the same moment.
struct FetchPause {
    static let longest = 300.0

    private var failures = 0

    /// It works: the next pause is a short one.
    mutating func reset() { failures = 0 }

    /// - Parameter chance: 0...1.
    mutating func next(chance: Double) -> Duration {
        let seconds = failures < 9 ? Double(1 << failures) : Self.longest
        failures += 1
        return .milliseconds(Int64(min(seconds, Self.longest) * (0.8 + 0.4 * chance) * 1000))
    }
}
