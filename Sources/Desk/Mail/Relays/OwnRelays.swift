import Conversations
import MailTransport
import Store
import Synchronization

/// The relays of inboxes that have one of their own, each opened when its first mail leaves and kept with its connections.
public final class OwnRelays: Sendable {
    /// Opens a relay by its URL.
    /// - Throws: `MailTransportError`.
    public typealias Open = @Sendable (_ url: String) throws -> MailWayOut.Relay

    private struct Opened {
        var secret: [UInt8]
        var relay: MailWayOut.Relay
    }

    /// More than so many open ones are not kept; their connections are few and close by themselves.
    private static let most = 200

    private let desk: Desk
    private let open: Open
    private let opened = Mutex<[ID<Inbox>: Opened]>([:])

    public init(desk: Desk, open: @escaping Open) {
        self.desk = desk
        self.open = open
    }

    /// The relay of an inbox; nil where it has none of its own.
    public func wayOut(of inbox: ID<Inbox>) async throws -> MailWayOut? {
        try await desk.database.read { try self.relay(of: inbox, $0).map { .relay($0) } }
    }

    /// The same in the caller's transaction.
    func relay(of inbox: ID<Inbox>, _ tx: any Connection) throws -> MailWayOut.Relay? {
        guard let row = try tx.relay(of: inbox) else { return nil }
        if let known = opened.withLock({ $0[inbox] }), known.secret == row.secret { return known.relay }
        var relay: MailWayOut.Relay
        do {
            relay = try open(try SealedSecret.open(row.secret, for: row.place, by: desk.secrets))
        } catch {
            relay = .broken(row.shown, "\(error)")
        }
        // Two inboxes with one relay do not stop each other: their passwords may differ.
        relay.name = "\(relay.name) (inbox \(inbox))"
        relay.owner = (inbox, row.accountID)
        relay.settings = row.secret
        let fresh = Opened(secret: row.secret, relay: relay)
        opened.withLock { opened in
            if opened.count >= Self.most { opened = [:] }
            opened[inbox] = fresh
        }
        return relay
    }
}

extension InboxRelay {
    /// What its secret is bound to.
    var place: String { "relay \(inboxID)" }
}

extension MailWayOut.Relay {
    /// One that cannot be used as it stands: its mail waits until an administrator has written it again.
    fileprivate static func broken(_ shown: String, _ words: String) -> MailWayOut.Relay {
        MailWayOut.Relay(name: shown, host: shown) { _, _, _ in .relayFault(.connecting, .words(words)) }
    }
}
