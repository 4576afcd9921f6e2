/// What the decisions need to know of a mail that came in, as plain values: whoever reads mail fills it in.
public struct MailFacts: Sendable, Hashable {
    /// A header field as it stood in the mail, unfolded.
    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        /// Header names are equal in any letter case (RFC 5322 §1.2.2).
        func isNamed(_ other: String) -> Bool {
            name.utf8.count == other.utf8.count && zip(name.utf8, other.utf8).allSatisfy { $0 == $1 || $0 ^ $1 == 0x20 && $0.isASCIILetter }
        }
    }

    /// The report part that it carries, if it carries one.
    public enum Report: Sendable, Hashable {
        /// RFC 3464; the `Action` of each recipient (`failed`, `delayed`, `delivered`, `relayed`, `expanded`).
        case delivery(actions: [String])
        /// RFC 5965: somebody pressed "this is spam".
        case feedback
        /// RFC 8098: a receipt.
        case disposition
        /// Only the returned mail or its head, without fields.
        case returned
    }

    /// `MAIL FROM`: the empty string is the null return path; nil where no envelope is known (then `Return-Path` is read).
    public var envelopeSender: String?
    /// `RCPT TO`, all of them.
    public var envelopeRecipients: [String]
    public let fields: [Field]
    /// The address alone of the first author.
    public var from: String?
    public var fromName: String?
    public var subject: String?
    /// How the body begins; nil where it is not asked. The first thousand characters are enough.
    public var text: String?
    /// Ids with or without angle brackets.
    public var inReplyTo: [String]
    public var references: [String]
    public var report: Report?

    public init(
        envelopeSender: String? = nil, envelopeRecipients: [String] = [], fields: [Field] = [], from: String? = nil,
        fromName: String? = nil, subject: String? = nil, inReplyTo: [String] = [], references: [String] = [], report: Report? = nil,
        text: String? = nil
    ) {
        self.envelopeSender = envelopeSender
        self.envelopeRecipients = envelopeRecipients
        self.fields = fields
        self.from = from
        self.fromName = fromName
        self.subject = subject
        self.inReplyTo = inReplyTo
        self.references = references
        self.report = report
        self.text = text
    }

    /// All values of a header, in order, whatever the letter case of its name.
    public func values(_ name: String) -> [String] { fields.indices.filter { fields[$0].isNamed(name) }.map { fields[$0].value } }

    /// Whether the mail answers another one.
    public var isAnswer: Bool { !inReplyTo.isEmpty || !references.isEmpty }

    /// Whether it came with the null return path (RFC 5321 §4.5.5); nil where neither envelope nor `Return-Path` tells.
    public var hasNullReturnPath: Bool? {
        let path: String
        if let envelopeSender {
            path = envelopeSender
        } else if let header = values("Return-Path").first {
            path = header
        } else {
            return nil
        }
        return path.allSatisfy { $0 == "<" || $0 == ">" || $0.isWhitespace }
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
}
