import Foundation
import NIOCore

/// The numbers and names that a receiver keeps to. Sizes in bytes.
public struct SMTPServerSettings: Sendable {
    /// Which of the two languages is spoken; they differ in their hello and in what follows the final dot.
    public enum Language: Sendable {
        case smtp
        /// RFC 2033: a mail server hands over, and hears of each recipient what became of the mail.
        case lmtp
    }

    public var language = Language.smtp
    /// What the server calls itself in its greeting and in `Received` lines.
    public var hostname: String
    /// The largest mail taken, announced as SIZE (RFC 1870). Counted without dot-stuffing and without our own trace lines.
    public var maxMessageBytes = 26_214_400
    /// How much mail may be in memory on all connections together; above it, a mail that comes in is told to come again.
    public var maxBytesInMemory = 536_870_912
    /// RFC 5321 §4.5.3.1.8 wants at least 100.
    public var maxRecipients = 100
    /// The longest command line with its CRLF. RFC 5321 §4.5.3.1.4 says 512; extensions may add to it.
    public var maxCommandBytes = 4_096
    /// So many refusals in a row end the connection with 421.
    public var maxErrorsInARow = 20
    /// So many commands without a mail (NOOP, RSET, EHLO, VRFY…) end the connection with 421.
    public var maxIdleCommands = 100
    /// How long the server waits for the next command (RFC 5321 §4.5.3.2.7: at least 5 minutes).
    public var commandTimeout = TimeAmount.minutes(5)
    /// How long it waits for the next block of a mail (RFC 5321 §4.5.3.2.5).
    public var dataTimeout = TimeAmount.minutes(3)
    /// How long a TLS handshake may take.
    public var handshakeTimeout = TimeAmount.minutes(1)
    /// How long a proxy has for its header.
    public var proxyTimeout = TimeAmount.seconds(10)
    /// Proxies that say for whom they speak (the PROXY protocol, versions 1 and 2): each of their connections begins with its header,
    /// and nobody else's may.
    public var trustedProxies: [AddressRange] = []
    /// The least speed of a mail that comes in, in bytes a second, once `dataTimeout` has gone by: who trickles does not hold a
    /// connection for ever.
    public var leastDataRate = 1_000
    /// How long to wait before the nth refused recipient of an address is told so (n from 1): guessing addresses gets slow.
    public var refusalDelay: @Sendable (_ refused: Int) -> TimeAmount = SMTPServerSettings.growingDelay
    /// Connections at the same time, in all and from one address (of IPv6, one /64).
    public var maxConnections = 500
    public var maxConnectionsPerAddress = 100
    /// The clock for `receivedAt` and `Received`.
    public var now: @Sendable () -> Date = { Date() }
    /// Makes the ids of mails.
    public var makeID: @Sendable () -> String = { String(UInt64.random(in: .min ... .max), radix: 36, uppercase: true) }

    public init(hostname: String) {
        self.hostname = hostname
    }

    /// For a mail server that hands mail over: it is one of ours, so nobody is slowed down or sent away for many refusals.
    public static func lmtp(hostname: String) -> SMTPServerSettings {
        var settings = SMTPServerSettings(hostname: hostname)
        settings.language = .lmtp
        settings.maxErrorsInARow = .max
        settings.maxIdleCommands = .max
        settings.refusalDelay = { _ in .zero }
        settings.maxConnectionsPerAddress = settings.maxConnections
        return settings
    }

    /// Nothing for the first two (a typing error, an old address), then 0.5 s, 1 s, 2 s … up to 8 s.
    public static func growingDelay(_ refused: Int) -> TimeAmount {
        refused <= 2 ? .zero : .milliseconds(500 << Int64(min(refused - 3, 4)))
    }
}
