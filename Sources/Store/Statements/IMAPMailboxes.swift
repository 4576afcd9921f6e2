import Conversations

/// A mailbox that an inbox fetches its mail from.
public struct StoredIMAPMailbox: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        /// Nothing is known yet.
        case connecting
        case working
        /// It failed, and is tried again.
        case waiting
        /// Trying again does not help until somebody changes the settings.
        case stopped
    }

    public enum SignIn: String, Sendable, CaseIterable {
        case password
        /// An access token, as it is.
        case token
        /// What an access token is fetched with.
        case oauth
    }

    public var inboxID: ID<Inbox>
    public var accountID: ID<Account>
    public var host: String
    public var port: Int
    /// `tls`, `starttls` or `none`.
    public var security: String
    public var user: String
    public var signIn: SignIn
    /// Sealed.
    public var secret: [UInt8]
    public var folder: String
    /// Mail that was there before the mailbox was connected is taken too.
    public var importExisting: Bool
    /// Another one after each change of the settings: whoever works by older ones stops.
    public var revision: Int64
    public var connectedAt: Instant?
    /// nil until it was opened for the first time.
    public var uidValidity: UInt32?
    /// The watermark: mails up to this UID are done with.
    public var lastUID: UInt32 = 0
    /// Mails below `catchUpTo` that came before this are passed over; nil where none are.
    public var catchUpSince: Instant?
    public var catchUpTo: UInt32 = 0
    /// How often the server did not give out the next mail.
    public var refusals = 0
    public var state = State.connecting
    /// A sentence for the administrator; nil while it works.
    public var reason: String?
    public var nextTryAt: Instant?
    /// When the mailbox was last looked through to its end.
    public var lastCheckAt: Instant?
    public var lastMailAt: Instant?

    public init(
        inboxID: ID<Inbox>, accountID: ID<Account>, host: String, port: Int, security: String, user: String, signIn: SignIn,
        secret: [UInt8], folder: String, importExisting: Bool, revision: Int64
    ) {
        self.inboxID = inboxID
        self.accountID = accountID
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.signIn = signIn
        self.secret = secret
        self.folder = folder
        self.importExisting = importExisting
        self.revision = revision
    }
}

extension Connection {
    private var mailboxColumns: String {
        """
        inbox_id, account_id, host, port, security, user_name, sign_in, secret, folder, import_existing, revision, connected_at, uid_validity,
        last_uid, catch_up_since, catch_up_to, refusals, state, reason, next_try_at, last_check_at, last_mail_at
        """
    }

    private func mailbox(_ row: Row) throws -> StoredIMAPMailbox {
        var row = row.reader()
        var mailbox = StoredIMAPMailbox(
            inboxID: try row.id(), accountID: try row.id(), host: try row.text(), port: Int(try row.integer()), security: try row.text(),
            user: try row.text(), signIn: try row.word(), secret: try row.blob(), folder: try row.text(), importExisting: try row.bool(),
            revision: try row.integer())
        mailbox.connectedAt = try row.optionalInstant()
        mailbox.uidValidity = try row.optionalInteger().flatMap { UInt32(exactly: $0) }
        mailbox.lastUID = UInt32(clamping: try row.integer())
        mailbox.catchUpSince = try row.optionalInstant()
        mailbox.catchUpTo = UInt32(clamping: try row.integer())
        mailbox.refusals = Int(try row.integer())
        mailbox.state = try row.word()
        mailbox.reason = try row.optionalText()
        mailbox.nextTryAt = try row.optionalInstant()
        mailbox.lastCheckAt = try row.optionalInstant()
        mailbox.lastMailAt = try row.optionalInstant()
        return mailbox
    }

    public func imapMailbox(of inbox: ID<Inbox>) throws -> StoredIMAPMailbox? {
        try rows("SELECT \(mailboxColumns) FROM imap_mailboxes WHERE inbox_id = ?", [inbox]).first.map(mailbox)
    }

    public func imapMailboxes(of account: ID<Account>) throws -> [StoredIMAPMailbox] {
        try rows("SELECT \(mailboxColumns) FROM imap_mailboxes WHERE account_id = ? ORDER BY inbox_id LIMIT 1000", [account]).map(mailbox)
    }

    /// Those of all accounts.
    public func imapMailboxes(limit: Int) throws -> [StoredIMAPMailbox] {
        try rows("SELECT \(mailboxColumns) FROM imap_mailboxes ORDER BY inbox_id LIMIT ?", [limit]).map(mailbox)
    }

    /// Writes new settings down, and with them how far the mailbox has been read.
    public func keepIMAPMailbox(_ mailbox: StoredIMAPMailbox) throws {
        try run("DELETE FROM imap_mailboxes WHERE inbox_id = ?", [mailbox.inboxID])
        try run(
            "INSERT INTO imap_mailboxes (\(mailboxColumns)) VALUES (\(placeholders(22)))",
            [
                mailbox.inboxID, mailbox.accountID, mailbox.host, mailbox.port, mailbox.security, mailbox.user, mailbox.signIn.rawValue,
                mailbox.secret, mailbox.folder, mailbox.importExisting, mailbox.revision, mailbox.connectedAt,
                mailbox.uidValidity.map { Int64($0) }, Int64(mailbox.lastUID), mailbox.catchUpSince, Int64(mailbox.catchUpTo),
                mailbox.refusals, mailbox.state.rawValue, mailbox.reason, mailbox.nextTryAt, mailbox.lastCheckAt, mailbox.lastMailAt,
            ])
        announce(.mailboxes)
    }

    /// A fresh token in the place of the one that it was fetched for, whatever else has changed; nobody needs to begin anew for it.
    /// - Returns: false where another secret stands there.
    @discardableResult
    public func keepIMAPSecret(of inbox: ID<Inbox>, _ secret: [UInt8], inPlaceOf replaced: [UInt8]) throws -> Bool {
        try run("UPDATE imap_mailboxes SET secret = ? WHERE inbox_id = ? AND secret = ?", [secret, inbox, replaced]) > 0
    }

    public func forgetIMAPMailbox(of inbox: ID<Inbox>) throws {
        if try run("DELETE FROM imap_mailboxes WHERE inbox_id = ?", [inbox]) > 0 { announce(.mailboxes) }
    }

    /// Where to begin in a folder that was opened for the first time, or whose mails were numbered anew.
    /// - Returns: false where the settings are other ones by now.
    public func beginIMAPFolder(_ mailbox: StoredIMAPMailbox) throws -> Bool {
        try run(
            """
            UPDATE imap_mailboxes SET connected_at = ?, uid_validity = ?, last_uid = ?, catch_up_since = ?, catch_up_to = ?, refusals = 0
            WHERE inbox_id = ? AND revision = ?
            """,
            [
                mailbox.connectedAt, mailbox.uidValidity.map { Int64($0) }, Int64(mailbox.lastUID), mailbox.catchUpSince,
                Int64(mailbox.catchUpTo), mailbox.inboxID, mailbox.revision,
            ]) > 0
    }

    /// Moves the watermark to a mail that is done with.
    /// - Returns: false where it stands there or beyond already, or the settings are other ones by now.
    public func moveIMAPWatermark(of mailbox: StoredIMAPMailbox, to uid: UInt32, mailAt: Instant?) throws -> Bool {
        try run(
            """
            UPDATE imap_mailboxes SET last_uid = ?, refusals = 0, last_mail_at = COALESCE(?, last_mail_at)
            WHERE inbox_id = ? AND revision = ? AND uid_validity = ? AND last_uid < ?
            """,
            [Int64(uid), mailAt, mailbox.inboxID, mailbox.revision, mailbox.uidValidity.map { Int64($0) }, Int64(uid)]) > 0
    }

    /// The server did not give out the next mail once more.
    public func countIMAPRefusal(of mailbox: StoredIMAPMailbox) throws {
        try run(
            "UPDATE imap_mailboxes SET refusals = refusals + 1 WHERE inbox_id = ? AND revision = ?", [mailbox.inboxID, mailbox.revision])
    }

    /// Other mails could not be had either, so the next one is not at fault: it is tried on.
    public func pardonIMAPRefusals(of mailbox: StoredIMAPMailbox, to refusals: Int) throws {
        try run(
            "UPDATE imap_mailboxes SET refusals = ? WHERE inbox_id = ? AND revision = ?",
            [refusals, mailbox.inboxID, mailbox.revision])
    }

    /// How it goes with a mailbox.
    /// - Parameter checkedAt: nil leaves the last time.
    public func noteIMAPState(
        of mailbox: StoredIMAPMailbox, _ state: StoredIMAPMailbox.State, reason: String?, nextTryAt: Instant?, checkedAt: Instant?
    ) throws {
        try run(
            """
            UPDATE imap_mailboxes SET state = ?, reason = ?, next_try_at = ?, last_check_at = COALESCE(?, last_check_at)
            WHERE inbox_id = ? AND revision = ?
            """, [state.rawValue, reason, nextTryAt, checkedAt, mailbox.inboxID, mailbox.revision])
    }

    /// From which inbox's mailbox a mail came.
    public func rememberFetched(_ mail: ID<InboundMail>, uid: UInt32, from mailbox: StoredIMAPMailbox) throws {
        try run(
            "INSERT INTO fetched_mails (mail_id, inbox_id, uid_validity, uid) VALUES (?, ?, ?, ?)",
            [mail, mailbox.inboxID, mailbox.uidValidity.map { Int64($0) } ?? 0, Int64(uid)])
    }

    /// Somebody wants a mail once more that the mailbox did not give out. Whoever reads the mailbox begins anew, and with it.
    /// - Returns: false where the mailbox is not connected any more, or its mails have other numbers by now.
    public func wantFetched(_ mail: ID<InboundMail>) throws -> Bool {
        let found = try run(
            """
            UPDATE fetched_mails SET is_wanted = 1 WHERE mail_id = ? AND EXISTS (SELECT 1 FROM imap_mailboxes
                WHERE inbox_id = fetched_mails.inbox_id AND uid_validity = fetched_mails.uid_validity)
            """, [mail])
        guard found > 0 else { return false }
        try run(
            "UPDATE imap_mailboxes SET revision = revision + 1 WHERE inbox_id = (SELECT inbox_id FROM fetched_mails WHERE mail_id = ?)",
            [mail])
        announce(.mailboxes)
        return true
    }

    /// Who was to ask the mailbox for it had to stop before.
    public func wantFetchedStill(_ mail: ID<InboundMail>) throws {
        try run("UPDATE fetched_mails SET is_wanted = 1 WHERE mail_id = ?", [mail])
    }

    /// The mailbox need not be asked for a mail any more.
    public func wantFetchedNoLonger(_ mail: ID<InboundMail>) throws {
        try run("UPDATE fetched_mails SET is_wanted = 0 WHERE mail_id = ? AND is_wanted = 1", [mail])
    }

    /// The next mail of a mailbox that somebody wants once more; it is wanted no longer.
    public func takeWanted(from mailbox: StoredIMAPMailbox) throws -> (mail: ID<InboundMail>, uid: UInt32)? {
        let found = try rows(
            "SELECT mail_id, uid_validity, uid FROM fetched_mails WHERE inbox_id = ? AND is_wanted = 1 ORDER BY mail_id LIMIT 1",
            [mailbox.inboxID])
        guard var row = found.first?.reader() else { return nil }
        let mail: ID<InboundMail> = try row.id()
        let validity = try row.integer()
        let uid = UInt32(clamping: try row.integer())
        try run("UPDATE fetched_mails SET is_wanted = 0 WHERE mail_id = ?", [mail])
        // Numbered anew meanwhile: it would be another mail.
        return validity == mailbox.uidValidity.map { Int64($0) } ? (mail, uid) : (mail, 0)
    }

    /// The inbox from whose mailbox a mail was fetched; nil for mail that came another way.
    public func inboxFetched(_ mail: ID<InboundMail>) throws -> Inbox? {
        guard var row = try rows("SELECT inbox_id FROM fetched_mails WHERE mail_id = ?", [mail]).first?.reader() else { return nil }
        return try inbox(try row.id())
    }

    /// Writes down a mail that came and whose bytes are not here; nobody reads it.
    public func recordMail(_ envelope: StoredMail) throws -> ID<InboundMail> {
        ID(
            try insert(
                """
                INSERT INTO inbound_mails (account_id, received_at, ingress, remote_address, helo, envelope_from, recipients, size)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    envelope.accountID, envelope.receivedAt, envelope.ingress, envelope.remoteAddress, envelope.helo, envelope.envelopeFrom,
                    envelope.recipients.joined(separator: "\n"), envelope.size,
                ]))
    }
}
