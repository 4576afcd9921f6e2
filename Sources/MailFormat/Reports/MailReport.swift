/// A machine's report about another mail: RFC 3464 (delivery), RFC 5965 (feedback), RFC 8098 (disposition), or only the mail that came back.
public struct MailReport: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        case delivery, feedback, disposition
        /// No report part, but another mail's headers: in a part of their own, or below the text of a non-standard bounce.
        case returned
    }

    /// What the report says about one recipient (RFC 3464 §2.3).
    public struct Recipient: Sendable, Codable, Equatable {
        /// From `Final-Recipient`, without its type.
        public var address: String?
        /// From `Original-Recipient`, without its type.
        public var originalAddress: String?
        /// Lower-case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`.
        public var action: String?
        /// As `5.1.1`.
        public var status: String?
        /// From `Diagnostic-Code`, without its type.
        public var diagnostic: String?
        /// From `Remote-MTA`, without its type: the server that refused.
        public var remoteMTA: String?
        /// All fields of this recipient, decoded and unfolded.
        public var fields: [MailHeader] = []

        public init() {}
    }

    public var kind: Kind
    /// The fields for the whole mail, or all fields of a feedback or disposition report.
    public var fields: [MailHeader] = []
    /// Of a delivery report, or of what a non-standard bounce says; at most 500.
    public var recipients: [Recipient] = []
    /// Message-ID of the mail that the report is about.
    public var originalMessageID: String?
    /// Headers of the mail that the report is about, as far as they came back, decoded and unfolded; at most 200.
    public var originalHeaders: [MailHeader] = []

    public init(kind: Kind) {
        self.kind = kind
    }

    /// At most this many recipients of one report are kept.
    static let recipientLimit = 500

    /// Reads the content of a `message/delivery-status`, `message/feedback-report` or `message/disposition-notification` part.
    mutating func read(_ text: String) {
        var isFirst = true
        for block in Self.blocks(text) {
            let isRecipient = block.contains { $0.isNamed("Final-Recipient") || $0.isNamed("Original-Recipient") || $0.isNamed("Action") }
            if kind != .delivery || isFirst && !isRecipient {
                fields += block
                if originalMessageID == nil {
                    originalMessageID = block.first { $0.isNamed("Original-Message-ID") }.flatMap { MessageIDs.list($0.value).first }
                }
            } else if recipients.count < Self.recipientLimit {
                recipients.append(Self.recipient(block))
            }
            isFirst = false
        }
    }

    private static func recipient(_ fields: [MailHeader]) -> Recipient {
        var recipient = Recipient()
        recipient.fields = fields
        func value(_ name: String) -> String? { fields.first { $0.isNamed(name) }?.value }
        // "rfc822; sam@example.test", "dns; mail.example.test", "smtp; 550 5.1.1 …".
        func untyped(_ value: String?) -> String? {
            guard let value else { return nil }
            guard let semicolon = value.firstIndex(of: ";"), value[..<semicolon].utf8.count <= 20 else { return value.foldingWhiteSpace() }
            return value[value.index(after: semicolon)...].description.foldingWhiteSpace()
        }
        func address(_ value: String?) -> String? {
            guard let text = untyped(value) else { return nil }
            return MailAddress(text)?.address ?? (text.isEmpty ? nil : text)
        }
        recipient.address = address(value("Final-Recipient"))
        recipient.originalAddress = address(value("Original-Recipient"))
        recipient.action = value("Action")?.split(whereSeparator: { $0 == " " || $0 == "(" }).first.map { $0.lowercased() }
        recipient.status = value("Status")?.split(whereSeparator: { $0 == " " || $0 == "(" }).first.map(String.init)
        recipient.diagnostic = untyped(value("Diagnostic-Code"))
        recipient.remoteMTA = untyped(value("Remote-MTA"))
        return recipient
    }

    /// Header blocks divided by blank lines.
    static func blocks(_ text: String) -> [[MailHeader]] {
        var blocks: [[MailHeader]] = []
        var block: [MailHeader] = []
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                if !block.isEmpty { blocks.append(block) }
                block = []
            } else if let first = line.first, first == 0x20 || first == 0x09, let last = block.indices.last {
                if block[last].value.utf8.count < 8_000 { block[last].value += " " + String(Substring(line)).foldingWhiteSpace() }
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].count <= 60, block.count < 200 {
                let value = EncodedWords.unfolded(Array(line[line.index(after: colon)...])[...])
                block.append(MailHeader(name: String(Substring(line[..<colon])).foldingWhiteSpace(), value: value))
            }
        }
        if !block.isEmpty { blocks.append(block) }
        return blocks
    }
}
