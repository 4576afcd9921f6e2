import Conversations

/// The one visible end of every mail that came in (behaviour §5).
public enum MailOutcome: String, Sendable, Codable, CaseIterable {
    case threaded
    case newConversation = "new_conversation"
    case held, quarantined, recorded, refused, failed
}

/// A mail that came in: its envelope, and what became of it.
public struct StoredMail: Sendable {
    public var id: ID<InboundMail>
    public var accountID: ID<Account>
    public var receivedAt: Instant
    /// `smtp`, `lmtp`, `pipe`, `mailbox` …
    public var ingress: String
    public var remoteAddress: String?
    public var helo: String?
    /// Empty for the null return path.
    public var envelopeFrom: String
    public var recipients: [String]
    public var size: Int64
    public var contentHash: String?
    public var messageID: String?
    public var fromAddress: String?
    public var fromName: String?
    /// To and Cc as an agent reads them, JSON `{"to":[…],"cc":[…]}`.
    public var recipientsSeen: String?
    public var subject: String?
    public var kind: String?
    public var outcome: MailOutcome?
    public var reason: String?
    public var evidence: String?
    public var evidenceDetail: String?
    public var standing: String?
    /// What was taken off the new text.
    public var quoted: String?
    public var conversationID: ID<Conversation>?
    public var deskMessageID: ID<Message>?
    public var processedAt: Instant?
    /// The agent who let it out of quarantine.
    public var releasedBy: ID<Agent>?
    /// When an agent dealt with it on the mail desk.
    public var settledAt: Instant?
    /// The word for what its author's domain says (RFC 7489); nil where nothing was checked.
    public var dmarc: String?
    /// All that was found about its sender, JSON.
    public var senderCheck: String?
    /// nil where the mail has no HTML, or became no message.
    public var htmlShape: HTMLShape?

    public init(
        accountID: ID<Account>, receivedAt: Instant, ingress: String, remoteAddress: String?, helo: String?, envelopeFrom: String,
        recipients: [String], size: Int64
    ) {
        id = ID(0)
        self.accountID = accountID
        self.receivedAt = receivedAt
        self.ingress = ingress
        self.remoteAddress = remoteAddress
        self.helo = helo
        self.envelopeFrom = envelopeFrom
        self.recipients = recipients
        self.size = size
    }
}

extension Connection {
    private var mailColumns: String {
        """
        account_id, received_at, ingress, remote_address, helo, envelope_from, recipients, size, id, content_hash, message_id, from_address,
        from_name, recipients_seen, subject, kind, outcome, reason, evidence, evidence_detail, standing, quoted, conversation_id,
        desk_message_id, processed_at, released_by, settled_at, dmarc, sender_check, html_rich, html_new_bytes, html_new_remote_pictures,
        html_remote_pictures
        """
    }

    private func mail(_ row: Row) throws -> StoredMail {
        var row = row.reader()
        var mail = StoredMail(
            accountID: try row.id(), receivedAt: try row.instant(), ingress: try row.text(), remoteAddress: try row.optionalText(),
            helo: try row.optionalText(), envelopeFrom: try row.text(), recipients: try row.text().split(separator: "\n").map(String.init),
            size: try row.integer())
        mail.id = try row.id()
        mail.contentHash = try row.optionalText()
        mail.messageID = try row.optionalText()
        mail.fromAddress = try row.optionalText()
        mail.fromName = try row.optionalText()
        mail.recipientsSeen = try row.optionalText()
        mail.subject = try row.optionalText()
        mail.kind = try row.optionalText()
        mail.outcome = try row.optionalWord()
        mail.reason = try row.optionalText()
        mail.evidence = try row.optionalText()
        mail.evidenceDetail = try row.optionalText()
        mail.standing = try row.optionalText()
        mail.quoted = try row.optionalText()
        mail.conversationID = try row.optionalID()
        mail.deskMessageID = try row.optionalID()
        mail.processedAt = try row.optionalInstant()
        mail.releasedBy = try row.optionalID()
        mail.settledAt = try row.optionalInstant()
        mail.dmarc = try row.optionalText()
        mail.senderCheck = try row.optionalText()
        mail.htmlShape = try htmlShape(&row)
        return mail
    }

    private func htmlShape(_ row: inout RowReader) throws -> HTMLShape? {
        let (isRich, newBytes) = (try row.optionalInteger(), try row.optionalInteger())
        let (newPictures, pictures) = (try row.optionalInteger(), try row.optionalInteger())
        return isRich.map {
            HTMLShape(
                isRich: $0 != 0, newBytes: newBytes.map { Int($0) }, newRemotePictures: Int(newPictures ?? 0),
                remotePictures: Int(pictures ?? 0))
        }
    }

    /// Store first: the envelope, the raw bytes and the work to be done with them, together.
    /// - Parameter raw: sealed, with the envelope as it came.
    public func acceptMail(_ envelope: StoredMail, raw: [UInt8]) throws -> ID<InboundMail> {
        let id = try insert(
            """
            INSERT INTO inbound_mails (account_id, received_at, ingress, remote_address, helo, envelope_from, recipients, size)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                envelope.accountID, envelope.receivedAt, envelope.ingress, envelope.remoteAddress, envelope.helo, envelope.envelopeFrom,
                envelope.recipients.joined(separator: "\n"), envelope.size,
            ])
        try run("INSERT INTO inbound_raw (mail_id, raw, sealed) VALUES (?, ?, 1)", [id, raw])
        try enqueue(.inboundMail, id, due: envelope.receivedAt)
        return ID(id)
    }

    /// The bytes of a mail that could not be had before.
    public func keepRaw(of mail: ID<InboundMail>, _ raw: [UInt8]) throws {
        try run("DELETE FROM inbound_raw WHERE mail_id = ?", [mail])
        try run("INSERT INTO inbound_raw (mail_id, raw, sealed) VALUES (?, ?, 1)", [mail, raw])
    }

    /// Writes what was read in a mail and what became of it.
    public func updateMail(_ mail: StoredMail) throws {
        try run(
            """
            UPDATE inbound_mails SET content_hash = ?, message_id = ?, from_address = ?, from_name = ?, recipients_seen = ?, subject = ?,
                kind = ?, outcome = ?, reason = ?, evidence = ?, evidence_detail = ?, standing = ?, quoted = ?, conversation_id = ?,
                desk_message_id = ?, processed_at = ?, dmarc = ?, sender_check = ?, html_rich = ?, html_new_bytes = ?, html_new_remote_pictures = ?,
                html_remote_pictures = ? WHERE id = ?
            """,
            [
                mail.contentHash, mail.messageID, mail.fromAddress, mail.fromName, mail.recipientsSeen, mail.subject, mail.kind,
                mail.outcome?.rawValue, mail.reason, mail.evidence, mail.evidenceDetail, mail.standing, mail.quoted, mail.conversationID,
                mail.deskMessageID, mail.processedAt, mail.dmarc, mail.senderCheck, mail.htmlShape.map { $0.isRich ? 1 : 0 },
                mail.htmlShape?.newBytes,
                mail.htmlShape?.newRemotePictures, mail.htmlShape?.remotePictures, mail.id,
            ])
    }

    public func mail(_ id: ID<InboundMail>) throws -> StoredMail? {
        try rows("SELECT \(mailColumns) FROM inbound_mails WHERE id = ?", [id]).first.map(mail)
    }

    public func mails(_ ids: [ID<InboundMail>]) throws -> [StoredMail] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(mailColumns) FROM inbound_mails WHERE id IN (\(placeholders(ids.count))) ORDER BY id", ids).map(mail)
    }

    public func rawMail(_ id: ID<InboundMail>) throws -> [UInt8]? {
        guard var row = try rows("SELECT raw FROM inbound_raw WHERE mail_id = ?", [id]).first?.reader() else { return nil }
        return try row.blob()
    }

    /// The mails of an account with these outcomes, newest first.
    /// - Parameters:
    ///   - outcomes: none means all mails, those too that are still being read.
    ///   - unsettled: only those that nobody has dealt with.
    public func mails(of account: ID<Account>, outcomes: [MailOutcome], unsettled: Bool, limit: Int, offset: Int) throws -> [StoredMail] {
        let (condition, arguments) = mailCondition(account, outcomes, unsettled)
        return try rows(
            "SELECT \(mailColumns) FROM inbound_mails WHERE \(condition) ORDER BY id DESC LIMIT ? OFFSET ?", arguments + [limit, offset]
        ).map(mail)
    }

    public func mailCount(of account: ID<Account>, outcomes: [MailOutcome], unsettled: Bool) throws -> Int64 {
        let (condition, arguments) = mailCondition(account, outcomes, unsettled)
        guard var row = try rows("SELECT COUNT(*) FROM inbound_mails WHERE \(condition)", arguments).first?.reader() else { return 0 }
        return try row.integer()
    }

    private func mailCondition(_ account: ID<Account>, _ outcomes: [MailOutcome], _ unsettled: Bool) -> (String, [(any Bindable)?]) {
        var condition = "account_id = ?"
        if !outcomes.isEmpty { condition += " AND outcome IN (\(placeholders(outcomes.count)))" }
        if unsettled { condition += " AND settled_at IS NULL" }
        return (condition, [account] + outcomes.map { $0.rawValue as (any Bindable)? })
    }

    /// The mails that failed, in any account, oldest first.
    public func failedMails(limit: Int) throws -> [StoredMail] {
        try rows("SELECT \(mailColumns) FROM inbound_mails WHERE outcome = 'failed' ORDER BY id LIMIT ?", [limit]).map(mail)
    }

    /// A mail of the account that already became something and has the same id and content: the same mail by a second way.
    ///
    /// A copy that was put aside because nobody vouched for its sender does not stand for one that somebody vouches for: else whoever has a
    /// copy could make the genuine mail vanish by handing theirs in first.
    public func sameMail(as mail: StoredMail) throws -> StoredMail? {
        guard let messageID = mail.messageID, let hash = mail.contentHash else { return nil }
        return try rows(
            """
            SELECT \(mailColumns) FROM inbound_mails WHERE account_id = ? AND message_id = ? AND content_hash = ? AND id <> ?
            AND outcome IS NOT NULL AND outcome NOT IN ('failed', 'quarantined', 'refused')
            AND (outcome <> 'held' OR COALESCE(dmarc, '') = 'pass' OR ? <> 'pass') ORDER BY id LIMIT 1
            """,
            [mail.accountID, messageID, hash, mail.id, mail.dmarc ?? ""]
        ).first.map(self.mail)
    }

    /// Whether another mail of the account bears the same Message-ID.
    public func isKnownMessageID(_ messageID: String, besides mail: StoredMail) throws -> Bool {
        try !rows(
            "SELECT 1 FROM inbound_mails WHERE account_id = ? AND message_id = ? AND id <> ? AND outcome IS NOT NULL LIMIT 1",
            [mail.accountID, messageID, mail.id]
        ).isEmpty
    }

    /// When automatic mails came to a conversation since a moment, and since an agent last resumed its mail.
    public func automaticMails(in conversation: ID<Conversation>, since: Instant) throws -> [Instant] {
        try rows(
            """
            SELECT received_at FROM inbound_mails WHERE conversation_id = ? AND received_at >= ? AND kind <> 'human'
            AND received_at > COALESCE((SELECT resumed_at FROM loop_brakes WHERE conversation_id = ?), 0)
            ORDER BY received_at DESC LIMIT 50
            """, [conversation, since, conversation]
        ).map {
            var row = $0.reader()
            return try row.instant()
        }
    }

    /// An agent lets mail leave again: what came before counts no more.
    public func resumeAfterLoop(_ conversation: ID<Conversation>, at now: Instant) throws {
        try run(
            """
            INSERT INTO loop_brakes (conversation_id, resumed_at) VALUES (?, ?)
            ON CONFLICT (conversation_id) DO UPDATE SET resumed_at = excluded.resumed_at
            """, [conversation, now])
    }

    /// Forgets the raw bytes of mails that were processed before a moment; the outcome stays. Answers how many went.
    public func forgetRawMails(before limit: Instant, atMost count: Int) throws -> Int {
        try run(
            """
            DELETE FROM inbound_raw WHERE mail_id IN (
                SELECT m.id FROM inbound_mails m JOIN inbound_raw r ON r.mail_id = m.id
                WHERE m.processed_at < ? ORDER BY m.id LIMIT ?)
            """, [limit, count])
    }
}
