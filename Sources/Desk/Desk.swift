import Continuity
import Conversations
import Foundation
import Logging
import MailTrust
import Store

/// What every use case needs: the store, the time, randomness, the installation's secret and its settings.
public struct Desk: Sendable {
    public let database: any Database
    public let options: DeskOptions
    public let secrets: Secrets
    /// The time; tests set it.
    public let now: @Sendable () -> Instant
    /// That many bytes which nobody can guess.
    public let random: @Sendable (Int) -> [UInt8]
    /// This process among those that share the store.
    public let node: String
    public let logger: Logger
    public let refusals = RefusalTally()
    let tokenTurns = TokenTurns()
    let triedGrants = TriedGrants()
    /// What mails are written with; nil in commands that write none.
    public private(set) var mailTemplates: MailTemplates?

    public init(
        database: any Database, options: DeskOptions, secrets: Secrets, node: String, logger: Logger,
        now: @escaping @Sendable () -> Instant = { Instant(Date()) },
        random: @escaping @Sendable (Int) -> [UInt8] = Secrets.systemRandom
    ) {
        self.database = database
        self.options = options
        self.secrets = secrets
        self.now = now
        self.random = random
        self.node = node
        self.logger = logger
    }

    /// Who is asked about domains; nil where nobody is.
    public private(set) var dns: (any DNS)?
    /// Which domains have mail; nil where nobody is asked.
    private(set) var mailDomains: MailDomains?

    /// The same desk, able to ask DNS.
    public func asking(_ dns: (any DNS)?) -> Desk {
        var desk = self
        desk.dns = dns
        desk.mailDomains = dns.map { MailDomains(dns: $0) }
        return desk
    }

    /// The same desk, able to write mail.
    public func writingMail(with templates: MailTemplates) -> Desk {
        var desk = self
        desk.mailTemplates = templates
        return desk
    }

    /// A random identifier in hex, `bytes` long before encoding.
    func randomHex(_ bytes: Int) -> String { Secrets.hex(random(bytes)) }

    /// A random version 4 UUID (RFC 9562 §5.4), lower-case.
    func randomUUID() -> String {
        var bytes = Array(random(16).prefix(16))
        guard bytes.count == 16 else { return UUID().uuidString.lowercased() }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Secrets.hex(bytes))
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }.joined(separator: "-")
    }
}

/// The installation's settings that use cases read.
public struct DeskOptions: Sendable {
    /// Where people reach this server, without a slash at the end.
    public var publicURL: String
    /// For inboxes that have none of their own.
    public var replyDomain: String?
    /// From address for website inboxes that have none of their own.
    public var mailFrom: String?
    public var continuity: ContinuitySettings
    /// How long raw mail is kept.
    public var keepRawFor: Duration
    /// How long a mail whose last answer was lost waits for a bounce before it is sent once more.
    public var uncertainWait: Duration
    /// How long a customer's word may lie unopened before an agent is told by mail; zero: never.
    public var notifyAgentsAfter = Duration.seconds(180)
    /// What the continuity check goes by.
    public var check = CheckOptions()
    /// What the health page looks at beside the store.
    public var machine = MachineOptions()
    /// The local mailbox and its pages are on.
    public var isDemo: Bool
    /// The largest mail and the largest upload, in bytes.
    public var maxMessageBytes: Int
    /// A PEM file of certificates that are trusted beside the system's.
    public var trustedCertificates: String?

    public init(
        publicURL: String, replyDomain: String?, mailFrom: String?, continuity: ContinuitySettings, keepRawFor: Duration,
        uncertainWait: Duration = .seconds(1_800), isDemo: Bool, maxMessageBytes: Int
    ) {
        self.publicURL = publicURL
        self.replyDomain = replyDomain
        self.mailFrom = mailFrom
        self.continuity = continuity
        self.keepRawFor = keepRawFor
        self.uncertainWait = uncertainWait
        self.isDemo = isDemo
        self.maxMessageBytes = maxMessageBytes
    }
}

/// Why a use case could not do what was asked. Each is a sentence for the person who asked.
public enum DeskError: Error, Sendable, CustomStringConvertible {
    /// Not there, or not theirs: the same answer for both.
    case notFound(String)
    case notAllowed(String)
    case signInNeeded(String)
    case invalid(String, attributes: [String] = [])
    case tooLarge(String)
    /// Too often or too many at once: later it works.
    case tooMany(String)

    public var description: String {
        switch self {
        case .notFound(let words), .notAllowed(let words), .signInNeeded(let words), .invalid(let words, _), .tooLarge(let words),
            .tooMany(let words):
            words
        }
    }
}
