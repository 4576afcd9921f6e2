/// One thing in a mail that may name its conversation (behaviour §5.1).
public struct EvidenceCandidate: Sendable, Hashable {
    /// In the order in which they count. The raw value is the API's word.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case replyToken = "reply_token"
        /// One of our own Message-IDs, or the id that a relay put in its place.
        case ownMessageID = "own_message_id"
        /// The Message-ID of another mail of the same conversation.
        case threadMessageID = "thread_message_id"
        /// Our hidden marker in the quoted body.
        case marker
    }

    public var kind: Kind
    /// Token or marker in lower case; Message-ID without angle brackets.
    public var value: String
    /// Where it stood: `envelope recipient`, `Cc`, `References` …
    public var place: String

    public init(kind: Kind, value: String, place: String) {
        self.kind = kind
        self.value = value
        self.place = place
    }

    /// Why the mail is where it is, for people. Never carries the token.
    public var sentence: String {
        switch kind {
        case .replyToken: "The reply address of this conversation stood in \(place == Self.envelope ? "the envelope" : place)."
        case .ownMessageID: "\(place) names a mail that we sent in this conversation."
        case .threadMessageID: "\(place) names another mail of this conversation."
        case .marker: "The quoted text carries the mark of this conversation."
        }
    }

    static let envelope = "envelope recipient"
}
