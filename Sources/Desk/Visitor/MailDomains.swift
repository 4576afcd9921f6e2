import Conversations
import MailTrust
import Synchronization

/// Refuses typed addresses whose domain has no mail (behaviour §7), only where DNS says so for certain: who answers late, or not at all, is
/// believed. Answers are remembered for a while, and no more than a few questions are out at once.
final class MailDomains: Sendable {
    /// How long a visitor waits for DNS at most.
    static let patience = Duration.milliseconds(1500)
    static let remembered = Duration.seconds(600)
    /// Domains that are remembered at most.
    static let capacity = 5_000
    /// Questions on their way at most; whoever comes then is believed.
    static let mostAtOnce = 32

    private struct Known {
        var takesMail: Bool
        var until: Instant
    }

    private struct State {
        var known: [String: Known] = [:]
        var asking = 0
    }

    private let dns: any DNS
    private let state = Mutex(State())

    init(dns: any DNS) { self.dns = dns }

    /// - Parameter address: `local@domain`; what is no address is left to whoever reads it.
    func check(_ address: String, now: Instant) async throws {
        let domain = mailDomain(of: address.trimmingWhitespace)
        guard isDomain(domain), await !takesMail(domain, now: now) else { return }
        throw DeskError.invalid("No mail arrives at \(domain). Check the part behind the @.", attributes: ["email"])
    }

    private func takesMail(_ domain: String, now: Instant) async -> Bool {
        let known: Bool? = state.withLock { state in
            if let known = state.known[domain], known.until > now { return known.takesMail }
            guard state.asking < Self.mostAtOnce else { return true }
            state.asking += 1
            return nil
        }
        if let known { return known }
        let answer = await ask(domain)
        state.withLock { state in
            state.asking -= 1
            guard let answer else { return }
            if state.known.count >= Self.capacity { state.known = state.known.filter { $0.value.until > now } }
            if state.known.count >= Self.capacity { state.known.removeAll() }
            state.known[domain] = Known(takesMail: answer, until: now + Self.remembered)
        }
        return answer ?? true
    }

    /// - Returns: nil where there is no answer in time.
    private func ask(_ domain: String) async -> Bool? {
        let dns = self.dns
        return await withTaskGroup(of: Bool?.self) { group in
            group.addTask { await MailDomain.takesMail(domain, dns: dns) }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            // A question that is given up answers at once.
            group.cancelAll()
            return first
        }
    }
}
