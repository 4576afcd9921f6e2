import Conversations

/// What happens next with a conversation's mail.
public enum ContinuityDecision: Sendable, Hashable {
    case nothing(NothingReason)
    /// Ask again at this moment; before it, only a change of the snapshot can change the answer.
    case wait(until: Instant)
    /// Send this now. One transaction takes it into the outbox, marks its messages `queued` and asks again for the rest.
    case email(ContinuityBatch)
}

/// Why no mail is due and none will be until something changes.
public enum NothingReason: Sendable, Hashable {
    /// No message counts: none was written, or all were mailed, are private, greetings or chat only.
    case nothingWaiting
    /// The customer has seen all that could have been mailed.
    case seen
    /// Messages wait, but none may leave.
    case notSent(NotSentReason)
}

/// One mail: all that is waiting, in order.
public struct ContinuityBatch: Sendable, Hashable {
    /// Oldest first; never empty; at most `messagesPerMail`.
    public var messages: [ID<Message>]
    public var to: String
    /// The address is only claimed: the mail carries these messages alone, no earlier history and no attachments.
    public var onlyNewMessages: Bool
    /// Who gets a copy, named with every one of the messages.
    public var copies: [String]

    public init(messages: [ID<Message>], to: String, onlyNewMessages: Bool, copies: [String] = []) {
        self.messages = messages
        self.to = to
        self.onlyNewMessages = onlyNewMessages
        self.copies = copies
    }
}
