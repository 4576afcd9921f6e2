/// A mail's text taken apart.
public struct ExtractedReply: Sendable, Codable, Equatable {
    /// What the sender wrote anew. Never empty where the mail is not.
    public var reply: String
    /// What was taken off: earlier mails and the lines that announce them.
    public var quoted: String
    /// The sender's signature; nil where none was found.
    public var signature: String?

    public init(reply: String, quoted: String = "", signature: String? = nil) {
        self.reply = reply
        self.quoted = quoted
        self.signature = signature
    }
}
