import Synchronization

/// DNS for one mail: after a number of questions, or when its time is over, every answer is `.failed`.
public final class BoundedDNS: DNS {
    private let dns: any DNS
    private let deadline: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let left: Mutex<Int>
    private let late = Mutex(false)

    /// - Parameters:
    ///   - questions: SPF alone may need 111 (RFC 7208 §4.6.4), and then almost never comes near.
    public init(
        _ dns: any DNS, questions: Int = 160, deadline: ContinuousClock.Instant, now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.dns = dns
        self.deadline = deadline
        self.now = now
        left = Mutex(questions)
    }

    public func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
        let admitted = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard admitted else { return .failed }
        let answer = now() < deadline ? await dns.ask(name, type) : .failed
        if answer == .failed, now() >= deadline { late.withLock { $0 = true } }
        return answer
    }

    /// Whether the time was over before a question had its answer.
    public var ranOut: Bool { late.withLock { $0 } }
}
