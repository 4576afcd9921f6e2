import Conversations
import Store

/// What the health page goes by, read at one moment.
public struct HealthFacts: Sendable {
    /// An inbox whose mail is looked after.
    public struct InboxMail: Sendable {
        public var id: ID<Inbox>
        public var name: String
        public var proof: MailProof
        /// Its mail is kept in the local mailbox.
        public var staysHere: Bool
        public var lastCheck: ContinuityCheck?

        public init(id: ID<Inbox>, name: String, proof: MailProof, staysHere: Bool, lastCheck: ContinuityCheck?) {
            self.id = id
            self.name = name
            self.proof = proof
            self.staysHere = staysHere
            self.lastCheck = lastCheck
        }
    }

    public struct Queue: Sendable {
        public var name: QueueName
        public var jobs: Int64
        /// Since when the oldest could have been done; nil where none is late.
        public var oldest: Instant?

        public init(_ name: QueueName, jobs: Int64, oldest: Instant?) {
            self.name = name
            self.jobs = jobs
            self.oldest = oldest
        }
    }

    public var now: Instant
    public var mail: MailHealth
    /// The installation's relay; nil where mail stays on this machine.
    public var relayHost: String?
    public var inboxes: [InboxMail] = []
    public var queues: [Queue] = []
    public var waiting = WaitingMails()
    /// Mails of each end that nobody has dealt with.
    public var undecided: [MailOutcome: Int64] = [:]
    public var loops = StoppedLoops()
    /// Mails to customers of the last seven days, and those of them that came back.
    public var sent: Int64 = 0
    public var bounced: Int64 = 0
    public var lastMailIn: Instant?
    public var lastMailOut: Instant?
    public var machine = MachineFacts()

    public init(now: Instant, mail: MailHealth) {
        self.now = now
        self.mail = mail
    }
}

/// What the machine itself tells.
public struct MachineFacts: Sendable {
    /// Bytes on the disk that holds the data; nil where the machine does not say.
    public var diskFree: Int64?
    public var diskSize: Int64?
    public var certificate = Certificate.none

    public enum Certificate: Sendable, Hashable {
        /// None is set.
        case none
        case until(Instant)
        /// It cannot be read, and why.
        case unreadable(String)
    }

    public init() {}
}
