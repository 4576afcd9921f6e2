import Foundation

/// What the SMTP conversation said about a mail, beside the mail itself (RFC 5321 §2.3.1).
public struct InboundEnvelope: Sendable, Hashable {
    /// The reverse path without its angle brackets; nil for `<>`, which bounces and other automatic mail use.
    public var sender: String?
    /// The recipients accepted so far, as written by the peer, without angle brackets and source routes. While a recipient is
    /// being asked about, these are the ones before it. `postmaster` may stand without a domain (RFC 5321 §4.5.1).
    public var recipients: [String]
    /// The peer's IP address without a port, or `local` where it has none.
    public var remoteAddress: String
    /// What the peer called itself in EHLO or HELO. Only ever a claim.
    public var helo: String
    /// `TLSv1.3` and the like; nil where the connection is not encrypted.
    public var tls: String?
    /// The peer asked for internationalised addresses and headers (RFC 6531).
    public var smtpUTF8: Bool
    /// When MAIL was accepted.
    public var receivedAt: Date
    /// Names this mail in our log and in its `Received` line.
    public var id: String

    public init(
        sender: String?, recipients: [String] = [], remoteAddress: String = "local", helo: String = "", tls: String? = nil,
        smtpUTF8: Bool = false, receivedAt: Date, id: String
    ) {
        self.sender = sender
        self.recipients = recipients
        self.remoteAddress = remoteAddress
        self.helo = helo
        self.tls = tls
        self.smtpUTF8 = smtpUTF8
        self.receivedAt = receivedAt
        self.id = id
    }
}
