import Conversations
import Store

/// How mail of one inbox is to leave and to come back.
struct MailSetup: Sendable {
    enum WayIn: Sendable, Hashable {
        /// Other servers bring it to us, by MX or by a server that stands before us.
        case receiver
        /// We fetch it, or a provider hands it over: where its MX leads is that provider's business.
        case elsewhere(String)
        case none
    }

    /// Sender of its mail; nil where none is set.
    var from: String?
    /// Domain of its reply addresses; nil where none is set.
    var replyDomain: String?
    var wayIn: WayIn
    /// Our name in the world.
    var hostname: String
    /// Where our receiver listens, for people.
    var receivers: [String]
    /// Nothing leaves this machine.
    var staysHere: Bool
    /// Whose address has the reply domain, where somebody's has.
    var replyDomainUser: String?
    /// The row that our own signature needs, where this server signs.
    var signature: OwnSignature?

    struct OwnSignature: Sendable, Hashable {
        /// `selector._domainkey.domain`.
        var name: String
        var record: String
    }

    /// The domain that has to vouch for the author.
    var fromDomain: String { from.map { mailDomain(of: $0) } ?? "" }
}

extension Desk {
    func mailSetup(of inbox: Inbox, _ tx: any Connection) throws -> MailSetup {
        let domain = replyDomain(of: inbox)
        let returns = returnAddresses(of: inbox)
        var user: String?
        if let domain {
            let own = try tx.inboxes(of: inbox.accountID).compactMap(\.address) + [options.mailFrom].compactMap { $0 }
            user =
                try tx.agents(of: inbox.accountID).map(\.email).first { mailDomain(of: $0) == domain }
                ?? own.first { mailDomain(of: $0) == domain }
        }
        return MailSetup(
            from: senderAddress(of: inbox), replyDomain: returns?.domain, wayIn: try wayIn(of: inbox, tx),
            hostname: options.check.hostname, receivers: options.check.receivers,
            staysHere: try mailStaysHere(of: inbox, tx),
            replyDomainUser: user, signature: try ownSignature(of: inbox, tx))
    }

    /// Whether mail of this inbox is kept in the local mailbox: there is no relay, and it has none of its own.
    func mailStaysHere(of inbox: Inbox, _ tx: any Connection) throws -> Bool {
        try options.check.mailStaysHere && tx.relay(of: inbox.id) == nil
    }

    private func wayIn(of inbox: Inbox, _ tx: any Connection) throws -> MailSetup.WayIn {
        if let provider = try tx.provider(of: inbox.id) {
            return .elsewhere(ProviderKind(rawValue: provider.kind)?.title ?? provider.kind)
        }
        if replyDomain(of: inbox) == nil, inbox.hasMailbox { return .elsewhere("the mailbox's server") }
        return options.check.receivers.isEmpty ? .none : .receiver
    }

    private func ownSignature(of inbox: Inbox, _ tx: any Connection) throws -> MailSetup.OwnSignature? {
        guard let domain = sendingDomain(of: inbox), let key = try tx.dkimKey(of: inbox.accountID, domain: domain), key.isOn else {
            return nil
        }
        return .init(name: key.recordName, record: key.record)
    }
}

/// What the continuity check needs to know of the installation.
public struct CheckOptions: Sendable {
    /// Our host name in the world.
    public var hostname = "localhost"
    /// Where mail is received, for people; none where the receiver is off.
    public var receivers: [String] = []
    /// The installation's relay; nil where mail stays here.
    public var relayHost: String?
    /// `mail.relay-url` is `mailbox:`.
    public var mailStaysHere = true
    /// How long a probe may take.
    public var patience = Duration.seconds(180)
    /// Where the world finds our receiver.
    public var port = 25

    public init() {}
}
