import Conversations

/// A candidate with what the store knows of it.
public struct EvidenceLookup: Sendable, Hashable {
    public enum Result: Sendable, Hashable {
        /// Never issued, or not known here.
        case unknown
        case conversation(ID<Conversation>, account: ID<Account>)
        /// A token that was once good: revoked, of a deleted conversation, of a retired domain. The conversation, where it still is.
        case retired(ID<Conversation>?, account: ID<Account>)
    }

    public var candidate: EvidenceCandidate
    public var result: Result

    public init(_ candidate: EvidenceCandidate, _ result: Result) {
        self.candidate = candidate
        self.result = result
    }
}

/// Where a mail belongs.
public enum ConversationChoice: Sendable, Hashable {
    /// Into this conversation, for this reason.
    case thread(ID<Conversation>, by: EvidenceCandidate)
    /// Into a new conversation. `linkedTo` is the old one, if there is one to link to, and `because` is why it is not simply continued.
    case new(linkedTo: ID<Conversation>?, by: EvidenceCandidate?, because: NewReason)

    public enum NewReason: String, Sendable, Codable, CaseIterable {
        /// Nothing in the mail names a conversation.
        case noEvidence = "no_evidence"
        /// A reply token that was once good and is no more.
        case retiredToken = "retired_token"
        /// It names a mail of a conversation whose people the sender is not one of.
        case senderNotInConversation = "sender_not_in_conversation"
        /// The conversation was resolved so long ago that its inbox begins a new one.
        case followUp = "follow_up"
    }
}

/// Which conversation a mail belongs to: the first candidate that resolves wins (behaviour §5.1).
///
/// - A good token wins wherever it stands, also behind a retired one: who has it was given it.
/// - Without a good token a retired one decides: a new conversation, linked. It does not fall through to Message-IDs, because every
///   answer names one and revoking an address would then change nothing.
/// - Message-IDs and markers can be read in any forwarded mail, so they count only if the sender is in the conversation already. The first
///   that resolves decides here too: a mail that names a foreign thread first is not threaded by what it names later.
/// - What belongs to another account is as good as unknown.
///
/// - Parameters:
///   - looked: all candidates in their order, each with its lookup.
///   - account: the account whose address the mail came in by.
///   - senderIsIn: whether the sender is the contact or a participant of that conversation, or an agent of the account.
public func chooseConversation(
    _ looked: [EvidenceLookup], account: ID<Account>, senderIsIn: (ID<Conversation>) -> Bool
) -> ConversationChoice {
    var retired: (ID<Conversation>?, EvidenceCandidate)?
    for (candidate, result) in looked.map({ ($0.candidate, $0.result) }) where candidate.kind == .replyToken {
        switch result {
        case .conversation(let conversation, account: account): return .thread(conversation, by: candidate)
        case .retired(let conversation, account: account): retired = retired ?? (conversation, candidate)
        default: continue
        }
    }
    if let (conversation, candidate) = retired { return .new(linkedTo: conversation, by: candidate, because: .retiredToken) }
    for kind in EvidenceCandidate.Kind.allCases where kind != .replyToken {
        for lookup in looked where lookup.candidate.kind == kind {
            guard case .conversation(let conversation, account: account) = lookup.result else { continue }
            if senderIsIn(conversation) { return .thread(conversation, by: lookup.candidate) }
            return .new(linkedTo: conversation, by: lookup.candidate, because: .senderNotInConversation)
        }
    }
    return .new(linkedTo: nil, by: nil, because: .noEvidence)
}
