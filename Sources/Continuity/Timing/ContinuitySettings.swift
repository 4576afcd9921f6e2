import Conversations

/// The numbers of behaviour §2 and §3. Every one is a setting; the defaults are the ones given there.
public struct ContinuitySettings: Sendable, Hashable {
    /// How long a page still counts as open after its last event stream closed: a reload is not a departure.
    public var closedAfter: Duration
    /// Page open, message not seen: how long the message waits.
    public var unseenAfter: Duration
    /// How long the agent (and the visitor) must have been silent before a mail leaves.
    public var quietFor: Duration
    /// The longest that any message waits, whatever the typing.
    public var atLatest: Duration
    /// The least time between two mails of one conversation in chat mode.
    public var minInterval: Duration
    /// Email mode: how long the agent can take a message back.
    public var undoWindow: Duration
    /// Messages in one mail, at most.
    public var messagesPerMail: Int
    /// Mails to an address that is only claimed, until it answers or follows a link.
    public var unprovenMails: Int

    public init(
        closedAfter: Duration = .seconds(45), unseenAfter: Duration = .seconds(180), quietFor: Duration = .seconds(45),
        atLatest: Duration = .seconds(600), minInterval: Duration = .seconds(300), undoWindow: Duration = .seconds(20),
        messagesPerMail: Int = 20, unprovenMails: Int = 3
    ) {
        self.closedAfter = closedAfter
        self.unseenAfter = unseenAfter
        self.quietFor = quietFor
        self.atLatest = atLatest
        self.minInterval = minInterval
        self.undoWindow = undoWindow
        self.messagesPerMail = max(1, messagesPerMail)
        self.unprovenMails = unprovenMails
    }
}
