import Conversations

/// Something that happens in a conversation, for the what-if: when, counted from its start, and what.
public struct PreviewEvent: Sendable, Hashable {
    public enum What: Sendable, Hashable {
        case agentMessage(Message.Choice)
        case note
        case survey
        /// An agent takes back the message with this number; messages are numbered from 1 as they come.
        case delete(Int)
        /// An agent says how this message leaves.
        case choose(Int, Message.Choice)
        case visitorMessage(Message.Channel)
        case agentTyping
        case visitorTyping
        case pageOpen
        case pageClose
        /// The widget is open and the document visible: what stands there is seen after a second (behaviour §2).
        case look
        case lookAway
        /// Up to this message; nil means everything.
        case seen(upTo: Int?)
        case address(String?, AddressState)
        /// The address answered, or a link in a mail to it was followed.
        case prove
        /// The last mail came back for good.
        case bounce
        case mute(Bool)
        case block(Bool)
        case stopLoop(Bool)
        /// The inbox's `continuity_via_email`.
        case continuity(Bool)
    }

    /// Since the start.
    public var at: Duration
    public var what: What

    public init(at: Duration, _ what: What) {
        self.at = at
        self.what = what
    }
}

/// Which mails leave when, and what became of every message.
public struct ContinuityPreview: Sendable, Hashable {
    public struct Mail: Sendable, Hashable {
        public var at: Duration
        public var batch: ContinuityBatch
    }

    /// What the rules say right after an event.
    public struct Step: Sendable, Hashable {
        public var event: PreviewEvent
        public var decision: ContinuityDecision
    }

    /// A message to the customer, by its number, with its state in the end.
    public struct Outcome: Sendable, Hashable {
        public var message: Int
        public var writtenAt: Duration
        public var state: DeliveryState
    }

    public var mails: [Mail]
    public var steps: [Step]
    public var outcomes: [Outcome]
}
