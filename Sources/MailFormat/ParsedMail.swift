import Foundation

/// A mail as it was understood. Everything that could not be understood is a defect in words, never an error.
public struct ParsedMail: Sendable, Codable, Equatable {
    /// Without angle brackets, as all ids here.
    public var messageID: String?
    /// nil where the header is missing or no date can be read in it.
    public var date: Date?
    /// Decoded and unfolded; nil where the header is missing.
    public var subject: String?
    /// The first address of `From`; its address may be damaged or empty where the mail's is.
    public var from: MailAddress?
    /// The first address of `Sender`.
    public var sender: MailAddress?
    public var replyTo: [MailAddress] = []
    public var to: [MailAddress] = []
    public var cc: [MailAddress] = []
    public var inReplyTo: [String] = []
    public var references: [String] = []
    /// The message's headers in their order, decoded and unfolded. Number and length are bounded by `MailReader.Limits`.
    public var headers: [MailHeader] = []
    /// The whole body as text: `\n` line ends, no NUL. From the HTML where there is no text part; empty where there is neither.
    public var text: String = ""
    /// Whether `text` was made from the HTML.
    public var textIsFromHTML = false
    /// The whole body as HTML, as its sender wrote it: show it through `SafeHTML` alone. nil where no part is HTML.
    public var html: String?
    /// Files in the order in which they stand, those in signed mails and `winmail.dat` unpacked.
    public var attachments: [MailAttachment] = []
    /// A calendar invitation (RFC 5545) as text: what, when, where, who. The file itself is among the attachments.
    public var invitation: String?
    /// Set for delivery reports, feedback reports, read receipts, and mails that carry a returned mail.
    public var report: MailReport?
    /// What was wrong with the mail, in words.
    public var defects: [String] = []

    public init() {}

    /// The value of the first header of that name, in any letter case.
    public func header(named name: String) -> String? {
        // By place: no header is copied to be looked at.
        headers.indices.first { headers[$0].isNamed(name) }.map { headers[$0].value }
    }

    /// The values of all headers of that name, in their order.
    public func headers(named name: String) -> [String] {
        headers.filter { $0.isNamed(name) }.map(\.value)
    }
}

/// One header field.
public struct MailHeader: Sendable, Codable, Hashable {
    public var name: String
    /// In a mail that was read: decoded (RFC 2047) and unfolded.
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Header names are equal in any letter case (RFC 5322 §1.2.2).
    public func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { ($0 ^ $1 == 0) || ($0 ^ $1 == 0x20 && $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
    }
}

/// A file that came with a mail.
public struct MailAttachment: Sendable, Codable, Equatable {
    /// As the sender wrote it, without folders and control characters; nil where it has none.
    public var filename: String?
    /// `type/subtype` in lower case, without parameters.
    public var contentType: String
    /// Bytes after decoding.
    public var size: Int
    /// Meant to be shown within the text (`Content-Disposition: inline`, or named by a `cid:` link).
    public var inline: Bool
    /// Without angle brackets.
    public var contentID: String?
    /// Of the decoded bytes, in lower-case hexadecimal digits.
    public var sha256: String
    /// After decoding.
    public var bytes: Data

    public init(filename: String?, contentType: String, inline: Bool = false, contentID: String? = nil, bytes: Data) {
        self.filename = filename
        self.contentType = contentType
        self.size = bytes.count
        self.inline = inline
        self.contentID = contentID
        self.sha256 = bytes.sha256Hexadecimal
        self.bytes = bytes
    }
}
