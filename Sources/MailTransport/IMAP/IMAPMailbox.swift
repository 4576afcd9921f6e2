import NIOCore

/// A mailbox on a mail server, and how to get at it.
public struct IMAPMailbox: Sendable, Hashable {
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS from the first byte (RFC 8314 §3.2).
        case tls
        /// STARTTLS, or the server is not used (RFC 9051 §6.2.1).
        case startTLS = "starttls"
        /// In the clear: for a server on this machine alone.
        case none
    }

    public enum Credentials: Sendable, Hashable {
        case password(String)
        /// An access token for XOAUTH2.
        case token(String)
    }

    /// A host name or an IP address, without brackets.
    public var host: String
    public var port: Int
    public var security: Security
    public var user: String
    public var credentials: Credentials
    /// As people write it; `INBOX` in any letter case is the one that each mailbox has.
    public var folder: String

    public init(host: String, port: Int, security: Security, user: String, credentials: Credentials, folder: String = "INBOX") {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.credentials = credentials
        self.folder = folder
    }

    /// Whether the host is this machine by its very name: there alone nothing needs to be encrypted.
    public var isOnThisMachine: Bool { ["127.0.0.1", "::1", "localhost"].contains(host.lowercased()) }
}

extension IMAPMailbox.Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// How we behave towards a mailbox's server.
public struct IMAPClientSettings: Sendable {
    /// The largest mail that is taken, in bytes; a larger one is never in memory.
    public var maxMailBytes: Int
    /// Mails named in one listing, the oldest first.
    public var maxListed = 5_000
    public var timeouts = Timeouts()
    /// Certificates (a PEM file) trusted beside the system's.
    public var additionalTrustRoots: String?

    public init(maxMailBytes: Int) {
        self.maxMailBytes = maxMailBytes
    }

    public struct Timeouts: Sendable {
        public var connect = TimeAmount.seconds(30)
        public var handshake = TimeAmount.seconds(30)
        /// For each answer; while a mail comes, for each `IMAPReplyReader.blockBytes` of it.
        public var command = TimeAmount.seconds(60)
        /// So long one IDLE lasts. Servers end it after 30 minutes (RFC 2177), routers forget a silent connection much sooner; and a server that
        /// went silent is noticed when it does not answer the end of IDLE.
        public var idle = TimeAmount.minutes(4)

        public init() {}
    }
}
