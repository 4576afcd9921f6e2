import NIOCore

/// How we behave towards a relay.
public struct SMTPClientSettings: Sendable {
    /// What we call ourselves in EHLO: our public host name.
    public var hostname: String
    /// How long to wait at each stage (RFC 5321 §4.5.3.2).
    public var timeouts = Timeouts()
    /// Connections to the relay at the same time. More mails wait for one.
    public var maxConnections = 4
    /// Mails in a minute; 0 for no limit. More mails wait.
    public var maxPerMinute = 0
    /// So many mails, then a fresh connection.
    public var maxMailsPerConnection = 100
    /// How long a connection without work is kept.
    public var idleTimeout = TimeAmount.seconds(20)
    /// Certificates (a PEM file) trusted beside the system's: for a relay with a certificate of one's own.
    public var additionalTrustRoots: String?
    /// The server takes us for a proxy and waits for a header of the PROXY protocol; we speak for nobody but ourselves.
    public var isProxy = false

    public init(hostname: String) {
        self.hostname = hostname
    }

    public struct Timeouts: Sendable {
        public var connect = TimeAmount.seconds(30)
        public var handshake = TimeAmount.minutes(1)
        public var greeting = TimeAmount.minutes(5)
        /// EHLO, STARTTLS and AUTH.
        public var command = TimeAmount.minutes(5)
        public var sender = TimeAmount.minutes(5)
        public var recipient = TimeAmount.minutes(5)
        public var data = TimeAmount.minutes(2)
        /// For each block of the mail to leave.
        public var block = TimeAmount.minutes(3)
        public var finalDot = TimeAmount.minutes(10)

        public init() {}
    }
}
