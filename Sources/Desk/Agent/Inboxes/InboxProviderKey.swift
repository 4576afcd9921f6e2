import Conversations
import CryptoExtras
import Foundation
import Store

/// Which provider hands an inbox's mail over by HTTP, and the key that proves it; administrators alone see and change it. The key is never
/// shown again.
public struct InboxProviderKey: Sendable {
    /// Characters of a key: what is shorter can be guessed.
    static let shortest = 12
    static let longest = 4_096

    public struct Shown: Sendable {
        public let provider: InboxProvider?
        /// A key that was made here, which is shown this once.
        public let madeKey: String?
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(_ number: Int64, by agent: Agent) async throws -> Shown {
        try await desk.database.read { tx in Shown(provider: try tx.provider(of: try tx.inbox(number, of: agent).id), madeKey: nil) }
    }

    /// - Parameters:
    ///   - key: the provider's signing key, or the password in the address; nil: one is made, for providers that sign with no key of their own.
    ///   - topic: Amazon's name of the topic; for it alone, which has no key.
    public func keep(_ kind: ProviderKind, key: String?, topic: String?, of number: Int64, by agent: Agent) async throws -> Shown {
        let desk = self.desk
        let topic = try Self.topic(topic, kind)
        let made = key == nil && kind.takesOurKey ? desk.randomHex(24) : nil
        let key = try made ?? Self.key(key, kind)
        return try await desk.database.write { tx in
            let inbox = try tx.inbox(number, of: agent)
            var provider = InboxProvider(
                inboxID: inbox.id, accountID: inbox.accountID, kind: kind.rawValue, secret: [], topic: topic, updatedAt: desk.now())
            provider.secret = try SealedSecret.seal(key, for: provider.place, by: desk.secrets)
            try tx.keepProvider(provider)
            return Shown(provider: provider, madeKey: made)
        }
    }

    public func forget(_ number: Int64, by agent: Agent) async throws -> Shown {
        try await desk.database.write { tx in
            try tx.forgetProvider(of: try tx.inbox(number, of: agent).id)
            return Shown(provider: nil, madeKey: nil)
        }
    }

    private static func topic(_ text: String?, _ kind: ProviderKind) throws -> String? {
        guard kind == .ses else { return nil }
        guard let topic = text?.trimmingCharacters(in: .whitespaces), SNSTopic(topic) != nil else {
            throw DeskError.invalid(
                "Amazon SES needs `topic_arn`, the topic's name: arn:aws:sns:eu-west-1:123456789012:mail.", attributes: ["topic_arn"])
        }
        return topic
    }

    private static func key(_ text: String?, _ kind: ProviderKind) throws -> String {
        if kind == .ses { return "" }
        let key = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !key.isEmpty else {
            throw DeskError.invalid("\(kind.title) needs `signing_key`, which its settings show.", attributes: ["signing_key"])
        }
        guard (shortest...longest).contains(key.utf8.count) else {
            throw DeskError.invalid("A key has \(shortest) characters at least and \(longest) at most.", attributes: ["signing_key"])
        }
        return key
    }
}

extension ProviderKind {
    /// Its key is a password or a secret that we may choose.
    var takesOurKey: Bool {
        switch self {
        case .postmark, .sendgrid, .raw: true
        case .mailgun, .ses, .mandrill: false
        }
    }
}

extension JSON {
    /// - Parameter publicURL: where providers reach this server.
    public static func inboxProvider(_ shown: InboxProviderKey.Shown, publicURL: String) -> JSON {
        let addresses = ProviderKind.allCases.map { kind in
            (
                kind.rawValue,
                JSON.object([
                    ("url", .string(publicURL + kind.path)), ("action_mailbox_url", JSON(kind.actionMailboxPath.map { publicURL + $0 })),
                ])
            )
        }
        return .object([
            ("kind", JSON(shown.provider?.kind)), ("topic_arn", JSON(shown.provider?.topic)),
            ("url", JSON(shown.provider.flatMap { ProviderKind(rawValue: $0.kind) }.map { publicURL + $0.path })),
            ("has_key", .bool(shown.provider != nil)), ("signing_key", JSON(shown.madeKey)),
            ("updated_at", JSON(shown.provider?.updatedAt.seconds)), ("urls", .object(addresses)),
        ])
    }
}
