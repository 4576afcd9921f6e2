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

    let desk: Desk
    private let open: Open
    private let opened = Mutex<[ID<Inbox>: Opened]>([:])

    public init(desk: Desk, open: @escaping Open) {
        self.desk = desk
        self.open = open
    }

    /// The relay of an inbox; nil where it has none of its own.
    public func wayOut(of inbox: ID<Inbox>) async throws -> MailWayOut? {
        guard let row = try await desk.database.read({ try $0.relay(of: inbox) }) else { return nil }
        do {
            return .relay(relay(try await fresh(row)))
        } catch let problem as TokenProblem {
            return .relay(named(.withoutToken(row.shown, problem), row))
        }
    }

    private func relay(_ row: InboxRelay) -> MailWayOut.Relay {
        let inbox = row.inboxID
        if let known = opened.withLock({ $0[inbox] }), known.secret == row.secret { return known.relay }
        var relay: MailWayOut.Relay
        do {
            relay = try open(OwnRelaySecret(text: SealedSecret.open(row.secret, for: row.place, by: desk.secrets)).openURL)
        } catch {
            relay = .broken(row.shown, "\(error)")
        }
        relay = named(relay, row)
        let fresh = Opened(secret: row.secret, relay: relay)
        opened.withLock { opened in
            if opened.count >= Self.most { opened = [:] }
            opened[inbox] = fresh
        }
        return relay
    }
}

extension OwnRelays {
    /// Two inboxes with one relay do not stop each other: their passwords may differ.
    fileprivate func named(_ relay: MailWayOut.Relay, _ row: InboxRelay) -> MailWayOut.Relay {
        var relay = relay
        relay.name = "\(relay.name) (inbox \(row.inboxID))"
        relay.owner = (row.inboxID, row.accountID)
        relay.settings = row.secret
        return relay
    }
}

extension InboxRelay {
    /// What its secret is bound to.
    var place: String { "relay \(inboxID)" }
}

extension MailWayOut.Relay {
    /// One that could not be asked, since there is no token to sign in with.
    fileprivate static func withoutToken(_ shown: String, _ problem: TokenProblem) -> MailWayOut.Relay {
        MailWayOut.Relay(name: shown, host: shown) { _, _, _ in
            problem.isForGood ? .relayFault(.connecting, .words(problem.description)) : .temporary(.connecting, .words(problem.description))
        }
    }

    /// One that cannot be used as it stands: its mail waits until an administrator has written it again.
    fileprivate static func broken(_ shown: String, _ words: String) -> MailWayOut.Relay {
        MailWayOut.Relay(name: shown, host: shown) { _, _, _ in .relayFault(.connecting, .words(words)) }
    }
}
