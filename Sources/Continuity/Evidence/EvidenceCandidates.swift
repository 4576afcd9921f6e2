/// What in a mail may name its conversation, in the order of behaviour §5.1.
public enum MailEvidence {
    /// Header fields whose addresses may carry a reply token, after the envelope recipients.
    static let places = ["Delivered-To", "X-Original-To", "To", "Cc", "X-Forwarded-To"]

    /// Bounds on what one mail may make us look up.
    public struct Limits: Sendable, Hashable {
        public var tokens: Int
        public var messageIDs: Int
        public var markers: Int

        public init(tokens: Int = 16, messageIDs: Int = 50, markers: Int = 4) {
            self.tokens = tokens
            self.messageIDs = messageIDs
            self.markers = markers
        }
    }

    /// Candidates in the order in which they count, each once, at most `tokens + 2 · messageIDs + markers`.
    ///
    /// Each Message-ID is named twice: all of them are asked as ours before any is asked as somebody else's.
    /// - Parameter markers: what was found in the quoted body.
    public static func candidates(_ mail: MailFacts, markers: [String] = [], limits: Limits = Limits()) -> [EvidenceCandidate] {
        var candidates = tokens(mail, limit: limits.tokens)
        let ids = messageIDs(mail, limit: limits.messageIDs)
        candidates += ids.map { EvidenceCandidate(kind: .ownMessageID, value: $0.id, place: $0.place) }
        candidates += ids.map { EvidenceCandidate(kind: .threadMessageID, value: $0.id, place: $0.place) }
        var seen: Set<String> = []
        for marker in markers.prefix(limits.markers) where seen.insert(marker.lowercased()).inserted {
            candidates.append(EvidenceCandidate(kind: .marker, value: marker.lowercased(), place: "quoted text"))
        }
        return candidates
    }

    /// What may be the token of an envelope sender of ours that this mail came back to (`bounce+<32 hex>@`, and `support+<32 hex>@` where mail comes
    /// back to an ordinary mailbox; behaviour §4). Only the envelope counts: a header anyone can write. Where there is none, because the
    /// mail was fetched from a mailbox, the fields in which its server and its sender name the recipient stand for it.
    public static func bounceTokens(_ mail: MailFacts, limit: Int = 16) -> [String] {
        let fields = mail.envelopeSender == nil ? ["Delivered-To", "X-Original-To", "To"].flatMap(mail.values) : []
        return (mail.envelopeRecipients + fields).prefix(limit).flatMap { ReplyTokens.find(in: $0, limit: 1) }
            .filter { $0.prefix != replyPrefix }.map(\.token)
    }

    /// The local part before the `+` of our envelope senders.
    public static let bouncePrefix = "bounce"
    /// And of our reply addresses.
    public static let replyPrefix = "reply"

    private static func tokens(_ mail: MailFacts, limit: Int) -> [EvidenceCandidate] {
        var found: [EvidenceCandidate] = []
        var seen: Set<String> = []
        func read(_ text: String, _ place: String) {
            guard found.count < limit else { return }
            for (prefix, token) in ReplyTokens.find(in: text, limit: limit)
            where prefix != bouncePrefix && found.count < limit && seen.insert(token).inserted {
                found.append(EvidenceCandidate(kind: .replyToken, value: token, place: place))
            }
        }
        for recipient in mail.envelopeRecipients { read(recipient, EvidenceCandidate.envelope) }
        for place in places { for value in mail.values(place) { read(value, place) } }
        return found
    }

    /// `In-Reply-To` as written, then `References` from the last backwards: the nearest mail first.
    private static func messageIDs(_ mail: MailFacts, limit: Int) -> [(id: String, place: String)] {
        var found: [(id: String, place: String)] = []
        var seen: Set<String> = []
        func add(_ raw: String, _ place: String) {
            guard found.count < limit, let id = MessageIDText.plain(raw), seen.insert(id).inserted else { return }
            found.append((id, place))
        }
        for id in mail.inReplyTo.prefix(limit) { add(id, "In-Reply-To") }
        for id in mail.references.reversed().prefix(limit) { add(id, "References") }
        return found
    }
}
