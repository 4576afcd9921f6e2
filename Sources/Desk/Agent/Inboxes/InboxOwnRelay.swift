import Conversations
import MailTransport
import Store

/// The relay that an inbox's mail leaves through; administrators alone see and change it. Its password is never shown again.
public struct InboxOwnRelay: Sendable {
    public struct Shown: Sendable {
        /// Without the password; nil: the installation's relay.
        public let relay: InboxRelay?
        /// It refuses us.
        public let stop: RelayStop?
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(_ number: Int64, by agent: Agent) async throws -> Shown {
        try await desk.database.read { tx in
            let inbox = try tx.inbox(number, of: agent)
            return Shown(relay: try tx.relay(of: inbox.id), stop: try tx.relayStops().first { $0.inboxID == inbox.id })
        }
    }

    /// - Parameter url: `smtp://…`, `smtps://…`, or a provider's as `HTTPRelay` reads it.
    ///   With a password, or the user alone where `refreshToken` is given.
    /// - Parameters:
    ///   - refreshToken: for a server that wants a token which ends (XOAUTH2); with it go the other three.
    ///   - clientSecret: nil where the application has none.
    public func keep(
        _ url: String, tokenURL: String? = nil, clientID: String? = nil, clientSecret: String? = nil, refreshToken: String? = nil,
        of number: Int64, by agent: Agent
    ) async throws -> Shown {
        let desk = self.desk
        let draft = OAuthGrant.Draft(tokenURL: tokenURL, clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken)
        let secret = OwnRelaySecret(url: url, grant: draft.isEmpty ? nil : try OAuthGrant(draft))
        if desk.options.isDemo { throw DeskError.invalid("In the demo nothing leaves the machine, so an inbox needs no relay.") }
        let shown = try Self.shown(secret)
        return try await desk.database.write { tx in
            let inbox = try tx.inbox(number, of: agent)
            var relay = InboxRelay(inboxID: inbox.id, accountID: inbox.accountID, secret: [], shown: shown, updatedAt: desk.now())
            relay.secret = try SealedSecret.seal(secret.text, for: relay.place, by: desk.secrets)
            try tx.keepRelay(relay)
            try desk.resumeRelay(.ofInbox(inbox.id), tx)
            return Shown(relay: relay, stop: nil)
        }
    }

    public func forget(_ number: Int64, by agent: Agent) async throws -> Shown {
        let desk = self.desk
        return try await desk.database.write { tx in
            let inbox = try tx.inbox(number, of: agent)
            try tx.forgetRelay(of: inbox.id)
            try desk.resumeRelay(.ofInbox(inbox.id), tx)
            return Shown(relay: nil, stop: nil)
        }
    }

    /// The URL without its password, if it can be used.
    private static func shown(_ secret: OwnRelaySecret) throws -> String {
        let url = secret.openURL
        guard url.utf8.count <= 4_096 else { throw DeskError.invalid("The address is too long.", attributes: ["url"]) }
        do {
            guard HTTPRelay.isOne(url) else {
                let relay = try SMTPRelay(url: url)
                if secret.grant != nil, relay.signIn != .xoauth2 || relay.credentials == nil {
                    throw DeskError.invalid(
                        "A token goes with a user and XOAUTH2: smtp://user@host:587?auth=xoauth2. Write the @ in a user as %40.",
                        attributes: ["url"])
                }
                return "\(relay)"
            }
            guard secret.grant == nil else {
                throw DeskError.invalid(
                    "A refresh token goes with a mail server, not with a provider's key.", attributes: ["refresh_token"])
            }
            return "\(try HTTPRelay(url: url, takesEndpoint: false))"
        } catch let error as DeskError {
            throw error
        } catch {
            throw DeskError.invalid("\(error)", attributes: ["url"])
        }
    }
}

extension JSON {
    public static func inboxRelay(_ shown: InboxOwnRelay.Shown) -> JSON {
        .object([
            ("url", JSON(shown.relay?.shown)), ("is_own", .bool(shown.relay != nil)),
            ("state", .string(shown.stop == nil ? "working" : "stopped")), ("since", JSON(shown.stop?.since.seconds)),
            ("reason", JSON(shown.stop?.reason)), ("retry_at", JSON(shown.stop?.retryAt.seconds)),
            ("updated_at", JSON(shown.relay?.updatedAt.seconds)),
        ])
    }
}
