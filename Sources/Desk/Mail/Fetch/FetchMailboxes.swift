import Conversations
import Logging
import MailTransport
import ServiceLifecycle
import Store

/// Fetches the mail of every mailbox that is connected to an inbox: one connection for each, begun and ended as the settings change.
public struct FetchMailboxes: Service {
    /// Connections at the same time.
    static let most = 500
    /// With no word of a change from another node the settings are looked at this often.
    static let longestWait = Duration.seconds(30)

    private let desk: Desk
    private let bell: Bell
    private let clock: any Clock<Duration>

    /// - Parameter bell: rings when settings have changed.
    public init(desk: Desk, bell: Bell, clock: any Clock<Duration> = ContinuousClock()) {
        self.desk = desk
        self.bell = bell
        self.clock = clock
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.supervise() }
    }

    private func supervise() async {
        await withDiscardingTaskGroup { group in
            var running: [ID<Inbox>: (revision: Int64, stop: Bell)] = [:]
            while !Task.isCancelled {
                let heard = bell.rings
                do {
                    let mailboxes = try await desk.database.read { try $0.imapMailboxes(limit: Self.most) }
                    let wanted = Dictionary(mailboxes.map { ($0.inboxID, $0.revision) }, uniquingKeysWith: { $1 })
                    for (inbox, task) in running where wanted[inbox] != task.revision {
                        task.stop.ring()
                        running[inbox] = nil
                    }
                    for mailbox in mailboxes where running[mailbox.inboxID] == nil {
                        let stop = Bell()
                        running[mailbox.inboxID] = (mailbox.revision, stop)
                        let fetch = FetchMailbox(desk: desk, inbox: mailbox.inboxID, revision: mailbox.revision, clock: clock)
                        group.addTask { await fetch.run(until: stop) }
                    }
                } catch {
                    desk.logger.error("The mailboxes' settings could not be read; trying again", metadata: ["error": "\(error)"])
                }
                await bell.wait(after: heard, atMost: Self.longestWait)
            }
            group.cancelAll()
        }
    }
}

extension StoredIMAPMailbox {
    /// What its secret is sealed for.
    static func place(_ inbox: ID<Inbox>) -> String { "mailbox \(inbox)" }

    var place: String { Self.place(inboxID) }
}

extension Desk {
    /// A mailbox with its secret, to connect to.
    /// - Throws: `SealedSecret.CannotOpen`.
    func imapMailbox(_ stored: StoredIMAPMailbox) throws -> IMAPMailbox {
        let secret = try SealedSecret.open(stored.secret, for: stored.place, by: secrets)
        let credentials: IMAPMailbox.Credentials =
            switch stored.signIn {
            case .password: .password(secret)
            case .token: .token(secret)
            case .oauth: .token((try? OAuthGrant(text: secret))?.accessToken ?? "none")
            }
        return IMAPMailbox(
            host: stored.host, port: stored.port, security: IMAPMailbox.Security(rawValue: stored.security) ?? .tls, user: stored.user,
            credentials: credentials, folder: stored.folder)
    }

    func imapSettings() -> IMAPClientSettings {
        var settings = IMAPClientSettings(maxMailBytes: options.maxMessageBytes)
        settings.additionalTrustRoots = options.trustedCertificates
        return settings
    }
}
