/// Who the sender of a mail is to a conversation (behaviour §5.2). The raw value is the API's word.
public enum SenderStanding: String, Sendable, Codable, CaseIterable {
    case contact, participant, agent, stranger
    case ownAddress = "own_address"
}

/// The addresses that standing is judged by. Letter case and white space around them do not matter.
public struct KnownAddresses: Sendable, Hashable {
    /// Of the conversation's contact.
    public var contact: Set<String>
    /// In To or Cc of an earlier mail of this thread, or accepted before by an agent.
    public var participants: Set<String>
    /// Of the account's agents.
    public var agents: Set<String>
    /// Addresses that mail to us goes to, and From addresses of our mail.
    public var own: Set<String>
    /// Domains that are used for reply addresses and nothing else.
    public var ownDomains: Set<String>

    public init(
        contact: Set<String> = [], participants: Set<String> = [], agents: Set<String> = [], own: Set<String> = [],
        ownDomains: Set<String> = []
    ) {
        self.contact = Set(contact.map(Self.key))
        self.participants = Set(participants.map(Self.key))
        self.agents = Set(agents.map(Self.key))
        self.own = Set(own.map(Self.key))
        self.ownDomains = Set(ownDomains.map(Self.key))
    }

    /// Whether this is one of our own addresses, with or without a `+detail`.
    public func isOwn(_ address: String) -> Bool {
        let key = Self.key(address)
        guard let at = key.lastIndex(of: "@") else { return own.contains(key) }
        let domain = key[key.index(after: at)...]
        if own.contains(key) || ownDomains.contains(String(domain)) { return true }
        guard let plus = key[..<at].firstIndex(of: "+") else { return false }
        return own.contains(String(key[..<plus]) + String(key[at...]))
    }

    /// The form that addresses are compared in.
    static func key(_ address: String) -> String {
        var text = Substring(address)
        while let first = text.first, first.isWhitespace || first == "<" { text.removeFirst() }
        while let last = text.last, last.isWhitespace || last == ">" { text.removeLast() }
        return text.lowercased()
    }
}
