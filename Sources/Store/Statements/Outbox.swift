import Conversations

/// A mail that leaves, its bytes fixed before the first try.
public struct OutboxMail: Sendable {
    public enum State: String, Sendable, Codable {
        case queued
        /// A try is under way; nothing that ends the mail was sent yet.
        case attempting
        /// The body is out and the final dot is next: from here on only an answer tells.
        case dataSent = "data_sent"
        case sent, deferred, uncertain, failed, bounced, withdrawn
        /// Waits with all others because the relay refuses us; see `RelayStop`.
        case stopped
    }

    /// What a mail is for.
    public enum Purpose: String, Sendable, Codable {
        /// Agents' messages and surveys.
        case conversation
        /// The same bytes for somebody whom an agent named; it carries no message of its own.
        case copy
        case transcript
        /// The six digits that open a conversation on a new device.
        case code
        case outOfOffice = "out_of_office"
        /// Tells an agent what a customer said; it carries no message and goes to no customer.
        case notification
        /// Tells an agent that a colleague called them by name in a note.
        case mention

        /// Whether it goes to an agent.
        public var isForAgents: Bool { self == .notification || self == .mention }
    }

    public var id: ID<OutgoingMailRow>
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    public var inboxID: ID<Inbox>
    public var contactID: ID<Contact>
    public var toAddress: String
    public var envelopeSender: String
    /// SHA-256 in hex of the token in the envelope sender.
    public var bounceHash: String
    /// Without angle brackets; the same at every try.
    public var messageID: String
    public var subject: String
    public var purpose: Purpose
    public var state: State
    public var reason: String?
    public var attempts: Int
    public var createdAt: Instant
    public var firstAttemptAt: Instant?
    public var sentAt: Instant?
    /// When it is tried next; nil for at once. Its job may fall due before, to say that it is late.
    public var nextAttemptAt: Instant?
    /// How often a try ended without an answer behind the final dot. Never more than two: then no further try is made.
    public var doubts: Int

    public init(
        accountID: ID<Account>, conversationID: ID<Conversation>, inboxID: ID<Inbox>, contactID: ID<Contact>, toAddress: String,
        envelopeSender: String, bounceHash: String, messageID: String, subject: String, createdAt: Instant
    ) {
        id = ID(0)
        self.accountID = accountID
        self.conversationID = conversationID
        self.inboxID = inboxID
        self.contactID = contactID
        self.toAddress = toAddress
        self.envelopeSender = envelopeSender
        self.bounceHash = bounceHash
        self.messageID = messageID
        self.subject = subject
        purpose = .conversation
        state = .queued
        attempts = 0
        doubts = 0
        self.createdAt = createdAt
    }
}

extension Connection {
    private var outboxColumns: String {
        """
        account_id, conversation_id, inbox_id, contact_id, to_address, envelope_sender, bounce_hash, message_id, subject, created_at, id, state,
        reason, attempts, first_attempt_at, sent_at, purpose, next_attempt_at, doubts
        """
    }

    private func outboxMail(_ row: Row) throws -> OutboxMail {
        var row = row.reader()
        var mail = OutboxMail(
            accountID: try row.id(), conversationID: try row.id(), inboxID: try row.id(), contactID: try row.id(),
            toAddress: try row.text(), envelopeSender: try row.text(), bounceHash: try row.text(), messageID: try row.text(),
            subject: try row.text(), createdAt: try row.instant())
        mail.id = try row.id()
        mail.state = try row.word()
        mail.reason = try row.optionalText()
        mail.attempts = Int(try row.integer())
        mail.firstAttemptAt = try row.optionalInstant()
        mail.sentAt = try row.optionalInstant()
        mail.purpose = try row.word()
        mail.nextAttemptAt = try row.optionalInstant()
        mail.doubts = Int(try row.integer())
        return mail
    }

    /// Puts a mail with its bytes into the outbox and queues it.
    /// - Parameter raw: sealed, with the envelope sender.
    public func addToOutbox(_ draft: OutboxMail, raw: [UInt8], messages: [ID<Message>], due: Instant) throws -> OutboxMail {
        var mail = draft
        mail.id = ID(
            try insert(
                """
                INSERT INTO outbox (account_id, conversation_id, inbox_id, contact_id, to_address, envelope_sender, bounce_hash, message_id,
                    subject, state, created_at, purpose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, draft.conversationID, draft.inboxID, draft.contactID, draft.toAddress, draft.envelopeSender,
                    draft.bounceHash, draft.messageID, draft.subject, draft.state.rawValue, draft.createdAt, draft.purpose.rawValue,
                ]))
        try run("INSERT INTO outbox_raw (outbox_id, raw, sealed) VALUES (?, ?, 1)", [mail.id, raw])
        for message in messages {
            try run("INSERT INTO outbox_messages (outbox_id, message_id) VALUES (?, ?)", [mail.id, message])
        }
        try enqueue(mail, due: due)
        return mail
    }

    /// Queues a mail, in the lane of the relay that takes it.
    public func enqueue(_ mail: OutboxMail, due: Instant) throws {
        let hasOwnRelay = try !rows("SELECT 1 FROM inbox_relays WHERE inbox_id = ?", [mail.inboxID]).isEmpty
        try enqueue(.outbox, mail.id.value, lane: hasOwnRelay ? mail.inboxID : nil, due: due)
    }

    public func outboxMail(_ id: ID<OutgoingMailRow>) throws -> OutboxMail? {
        try rows("SELECT \(outboxColumns) FROM outbox WHERE id = ?", [id]).first.map(outboxMail)
    }

    public func outboxRaw(_ id: ID<OutgoingMailRow>) throws -> [UInt8]? {
        guard var row = try rows("SELECT raw FROM outbox_raw WHERE outbox_id = ?", [id]).first?.reader() else { return nil }
        return try row.blob()
    }

    public func updateOutboxMail(_ mail: OutboxMail) throws {
        try run(
            """
            UPDATE outbox SET state = ?, reason = ?, attempts = ?, first_attempt_at = ?, sent_at = ?, next_attempt_at = ?, doubts = ?
            WHERE id = ?
            """,
            [
                mail.state.rawValue, mail.reason, mail.attempts, mail.firstAttemptAt, mail.sentAt, mail.nextAttemptAt, mail.doubts, mail.id,
            ])
    }

    /// A word from outside says what became of a mail, an answer or a bounce: it is not tried again, whatever the relay said or will say.
    public func settle(_ mail: inout OutboxMail, as state: OutboxMail.State, _ reason: String?) throws {
        mail.state = state
        mail.reason = reason
        mail.nextAttemptAt = nil
        try updateOutboxMail(mail)
        try dequeue(.outbox, mail.id.value)
    }

    /// The messages that a mail carries.
    public func messages(inOutboxMail id: ID<OutgoingMailRow>) throws -> [Message] {
        let ids: [ID<Message>] = try rows("SELECT message_id FROM outbox_messages WHERE outbox_id = ? ORDER BY message_id LIMIT 100", [id])
            .map {
                var row = $0.reader()
                return try row.id()
            }
        return try messages(ids)
    }

    /// The mails of a conversation that are certainly not out and wait for a try: they can be taken back.
    public func mailsNotOut(of conversation: ID<Conversation>) throws -> [OutboxMail] {
        try rows(
            """
            SELECT \(outboxColumns) FROM outbox WHERE conversation_id = ? AND state IN ('queued', 'deferred', 'stopped') ORDER BY id LIMIT 100
            """, [conversation]
        ).map(outboxMail)
    }

    /// The last mail that carried a message.
    public func outboxMail(carrying message: ID<Message>) throws -> OutboxMail? {
        try rows(
            """
            SELECT \(outboxColumns) FROM outbox WHERE id = (SELECT MAX(outbox_id) FROM outbox_messages WHERE message_id = ?)
            """, [message]
        ).first.map(outboxMail)
    }

    /// A conversation's mails that bear one of these Message-IDs; at most 100 are looked for.
    public func outboxMails(withMessageIDs ids: [String], in conversation: ID<Conversation>) throws -> [OutboxMail] {
        guard !ids.isEmpty else { return [] }
        let wanted = ids.prefix(100)
        return try rows(
            "SELECT \(outboxColumns) FROM outbox WHERE conversation_id = ? AND message_id IN (\(placeholders(wanted.count))) ORDER BY id",
            [conversation] + wanted.map { $0 as (any Bindable)? }
        ).map(outboxMail)
    }

    /// How many mails of one purpose a conversation has sent since then.
    public func mails(of conversation: ID<Conversation>, for purpose: OutboxMail.Purpose, since: Instant) throws -> Int {
        guard
            var row = try rows(
                "SELECT COUNT(*) FROM outbox WHERE conversation_id = ? AND purpose = ? AND created_at > ?",
                [conversation, purpose.rawValue, since]
            ).first?.reader()
        else { return 0 }
        return Int(try row.integer())
    }

    /// Whether a copy of a mail that carries the message went, or is to go, to an address.
    public func hasCopy(of message: ID<Message>, to address: String) throws -> Bool {
        try !rows(
            """
            SELECT 1 FROM outbox_messages JOIN outbox AS mail ON mail.id = outbox_messages.outbox_id
            JOIN outbox AS copy ON copy.conversation_id = mail.conversation_id AND copy.message_id = mail.message_id
            WHERE outbox_messages.message_id = ? AND copy.purpose = 'copy' AND copy.to_address = ? AND copy.state NOT IN ('failed', 'bounced')
            LIMIT 1
            """, [message, address]
        ).isEmpty
    }

    public func outboxMail(bounceHash: String) throws -> OutboxMail? {
        try rows("SELECT \(outboxColumns) FROM outbox WHERE bounce_hash = ?", [bounceHash]).first.map(outboxMail)
    }

    /// How many mails of a conversation went, or are to go, to one address.
    public func mails(of conversation: ID<Conversation>, to address: String) throws -> Int {
        guard
            var row = try rows(
                "SELECT COUNT(*) FROM outbox WHERE conversation_id = ? AND to_address = ? AND purpose = 'conversation' AND state <> 'withdrawn'",
                [conversation, address]
            ).first?.reader()
        else { return 0 }
        return Int(try row.integer())
    }
}
