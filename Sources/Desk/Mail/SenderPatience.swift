import MailTrust
import Store

/// How long a sender's DNS is waited for: less and less for a source whose mails make us wait again and again, and not a moment less for anybody
/// else. Who floods us with mails of slow domains shortens his own time alone.
struct SenderPatience {
    /// So many mails of a source may be late before it is waited for half as long, then half of that, and so on.
    static let free = 4
    /// The shortest time is a 32nd of the whole.
    static let mostHalvings = 5
    /// Sources that are remembered; when they are more, all begin anew.
    static let mostSources = 10_000

    let whole: Duration
    /// How many mails of a source were late, less those that were not.
    private var late: [String: Int] = [:]

    init(_ whole: Duration) { self.whole = whole }

    func time(for source: String) -> Duration {
        whole / (1 << min(max((late[source] ?? 0) - Self.free, 0), Self.mostHalvings))
    }

    /// - Parameter isLate: of a mail's first check; those after it say the same once more.
    mutating func note(_ source: String, isLate: Bool) {
        let count = min(max((late[source] ?? 0) + (isLate ? 1 : -1), 0), Self.free + Self.mostHalvings)
        if count == 0 {
            late[source] = nil
        } else {
            if late[source] == nil, late.count >= Self.mostSources { late = [:] }
            late[source] = count
        }
    }

    /// Who makes us wait: the host that handed the mail over, an IPv6 one with its network; where that is a server of our own, or nobody knows
    /// it, the domain that the mail names as its author's.
    static func source(of mail: StoredMail, authors: [String]) -> String {
        if let address = mail.remoteAddress.flatMap({ IPAddress($0) })?.unmapped, address.isPublic {
            return address.isIPv4 ? "\(address)" : "\(address.bytes.prefix(8))"
        }
        return authors.first.map { String($0.prefix(255)) } ?? ""
    }
}
