import Conversations
import MailTrust
import Store

/// Whether the mail of an inbox is signed with DKIM here, and the DNS row that makes the signature count. A key belongs to the account and the
/// sending domain: inboxes that send from one domain share it. Administrators alone see and change it.
public struct InboxSigning: Sendable {
    public typealias KeyKind = SignDKIM.KeyKind

    static let standardSelector = "throughline"

    public struct Changes: Sendable {
        public var isOn: Bool?
        public var selector: String?
        /// Another kind makes a new key.
        public var kind: SignDKIM.KeyKind?
        /// A new key in the place of the old one.
        public var renews: Bool

        public init(isOn: Bool?, selector: String?, kind: SignDKIM.KeyKind?, renews: Bool) {
            self.isOn = isOn
            self.selector = selector
            self.kind = kind
            self.renews = renews
        }
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Returns: the sending domain, and its key; nil where none was made yet.
    public func show(_ number: Int64, by agent: Agent) async throws -> (domain: String?, key: StoredDKIMKey?) {
        let desk = self.desk
        return try await desk.database.read { tx in
            let inbox = try tx.inbox(number, of: agent)
            let domain = desk.sendingDomain(of: inbox)
            return (domain, try domain.flatMap { try tx.dkimKey(of: inbox.accountID, domain: $0) })
        }
    }

    public func change(_ changes: Changes, of number: Int64, by agent: Agent) async throws -> (domain: String?, key: StoredDKIMKey?) {
        let desk = self.desk
        let (domain, known) = try await show(number, by: agent)
        guard let domain else {
            throw DeskError.invalid("This inbox has no address to send from yet. Give it one first.", attributes: ["address"])
        }
        let selector = try changes.selector.map(Self.selector) ?? known?.selector ?? Self.standardSelector
        let kind = changes.kind ?? known?.kind ?? .rsa
        // A key takes a while: not in a transaction.
        let fresh = known == nil || changes.renews || kind != known?.kind ? try SignDKIM.newKey(kind) : nil
        return try await desk.database.write { tx in
            var key =
                try tx.dkimKey(of: agent.accountID, domain: domain)
                ?? StoredDKIMKey(
                    accountID: agent.accountID, domain: domain, selector: selector, secret: [], record: "", isOn: false, madeAt: desk.now())
            // What DNS does not have yet must not sign: a new key waits to be switched on.
            let isNew = fresh != nil || selector != key.selector
            key.selector = selector
            key.isOn = changes.isOn ?? (key.isOn && !isNew)
            if let fresh {
                key.record = try SignDKIM(domain: domain, selector: selector, pem: fresh).record
                key.secret = try SealedSecret.seal(fresh, for: key.place, by: desk.secrets)
                key.madeAt = desk.now()
            }
            try tx.keepDKIMKey(key)
            return (domain, key)
        }
    }

    private static func selector(_ text: String) throws -> String {
        let name = text.lowercased()
        let isLabel = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard isLabel, (1...63).contains(name.utf8.count), !name.hasPrefix("-"), !name.hasSuffix("-") else {
            throw DeskError.invalid("A selector is 1 to 63 letters, digits and hyphens.", attributes: ["selector"])
        }
        return name
    }
}

extension StoredDKIMKey {
    fileprivate var kind: SignDKIM.KeyKind { record.contains("k=ed25519") ? .ed25519 : .rsa }

    /// Where the record is published.
    var recordName: String { "\(selector)._domainkey.\(domain)" }

    /// As a line of a zone: strings of a TXT record have 255 characters at most (RFC 1035 §3.3.14).
    var zoneLine: String {
        var (strings, rest) = ([String](), record[...])
        while !rest.isEmpty {
            strings.append("\"\(rest.prefix(255))\"")
            rest = rest.dropFirst(255)
        }
        return "\(recordName). IN TXT ( \(strings.joined(separator: " ")) )"
    }
}

extension JSON {
    public static func inboxSigning(_ domain: String?, _ key: StoredDKIMKey?) -> JSON {
        .object([
            ("on", .bool(key?.isOn ?? false)), ("domain", JSON(domain)),
            ("selector", .string(key?.selector ?? InboxSigning.standardSelector)),
            ("algorithm", JSON(key?.kind.rawValue)), ("made_at", JSON(key?.madeAt.seconds)),
            (
                "record",
                key.map {
                    .object([
                        ("type", .string("TXT")), ("name", .string($0.recordName)), ("value", .string($0.record)),
                        ("zone", .string($0.zoneLine)),
                    ])
                } ?? .null
            ),
        ])
    }
}
