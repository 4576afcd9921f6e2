import Foundation

/// A mail to be written.
public struct OutgoingMail: Sendable, Codable, Equatable {
    public var from: MailAddress
    /// Who sent it, where that is not the author (RFC 5322 §3.6.2).
    public var sender: MailAddress?
    public var to: [MailAddress]
    public var cc: [MailAddress]
    public var replyTo: [MailAddress]
    /// Any characters; line ends become spaces.
    public var subject: String
    /// Written in UTC, in whole seconds.
    public var date: Date
    /// Without angle brackets, as all ids here.
    public var messageID: String
    public var inReplyTo: [String]
    /// The oldest first (RFC 5322 §3.6.4).
    public var references: [String]
    /// Further headers in their order, such as `Auto-Submitted` or `List-Unsubscribe`; not those that the fields above or MIME make.
    public var headers: [MailHeader]
    /// Any line ends.
    public var text: String
    /// Any line ends; written as it stands, beside the text.
    public var html: String?
    public var attachments: [OutgoingAttachment]

    public init(
        from: MailAddress, to: [MailAddress], subject: String, date: Date, messageID: String, text: String, html: String? = nil,
        cc: [MailAddress] = [], replyTo: [MailAddress] = [], sender: MailAddress? = nil, inReplyTo: [String] = [],
        references: [String] = [],
        headers: [MailHeader] = [], attachments: [OutgoingAttachment] = []
    ) {
        self.from = from
        self.sender = sender
        self.to = to
        self.cc = cc
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.headers = headers
        self.text = text
        self.html = html
        self.attachments = attachments
    }
}

/// A file to be sent.
public struct OutgoingAttachment: Sendable, Codable, Equatable {
    /// Any characters; folders and control characters are taken out, and 255 bytes are kept at most.
    public var filename: String
    /// `type/subtype`; anything else is sent as `application/octet-stream`.
    public var contentType: String
    /// Before encoding; any number.
    public var bytes: Data
    /// Without angle brackets; with one, and `inline`, the HTML can show it as `cid:`.
    public var contentID: String?
    public var inline: Bool

    public init(filename: String, contentType: String, bytes: Data, contentID: String? = nil, inline: Bool = false) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
        self.contentID = contentID
        self.inline = inline
    }
}

/// Why a mail cannot be written. The value is what was refused.
public enum MailWriterError: Error, Sendable, Equatable, CustomStringConvertible {
    case address(String)
    case messageID(String)
    case headerName(String)

    public var description: String {
        switch self {
        case .address(let text): "“\(text)” is not an email address; write it as name@example.org"
        case .messageID(let text): "“\(text)” is not a Message-ID; write it as unique@example.org, without brackets and spaces"
        case .headerName(let text): "“\(text)” is not a header that can be added"
        }
    }
}
