/// From whom and to whom a mail goes, as the relay is told. Not what stands in its headers.
public struct OutboundEnvelope: Sendable, Hashable {
    /// Nil for the null reverse path `<>`.
    public var sender: String?
    /// At least one; addresses without angle brackets.
    public var recipients: [String]

    public init(sender: String?, recipients: [String]) {
        self.sender = sender
        self.recipients = recipients
    }

    /// An address or a header in other letters than ASCII needs a relay with SMTPUTF8 (RFC 6531).
    var needsSMTPUTF8: Bool { ([sender ?? ""] + recipients).contains { $0.utf8.contains { $0 >= 0x80 } } }

    /// False where an address could break out of its command: control characters, spaces, brackets; or where nobody is to get it.
    var isSafe: Bool {
        !recipients.isEmpty && !recipients.contains("")
            && ([sender ?? ""] + recipients).allSatisfy { address in
                address.utf8.count <= MailPath.maxBytes && !address.utf8.contains { $0 <= 0x20 || $0 == 0x7F || $0 == 0x3C || $0 == 0x3E }
            }
    }
}
