import Conversations
import MailTransport
import Store

/// The mailbox that an inbox fetches its mail from. Only administrators see and change it; the password goes in and never comes out.
public struct InboxMailbox: Sendable {
    public typealias Security = IMAPMailbox.Security

    /// As an administrator writes it; nil keeps what is there, or the usual.
    public struct Draft: Sendable {
        public var host: String?
        public var port: Int64?
        public var security: Security?
        public var user: String?
        public var password: String?
        public var token: String?
        /// In the place of a token that ends: what fresh ones are fetched with.
        var grant = OAuthGrant.Draft()
        public var folder: String?
        public var importExisting: Bool?

        public init() {}

        /// - Parameters:
        ///   - server: the token server's address, `https://…`.
        ///   - clientSecret: nil where the application has none.
        public mutating func setGrant(server: String?, clientID: String?, clientSecret: String?, refreshToken: String?) {
            grant = OAuthGrant.Draft(tokenURL: server, clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken)
        }
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(_ number: Int64, by agent: Agent) async throws -> StoredIMAPMailbox {
        try await desk.database.read { tx in
            guard let mailbox = try tx.imapMailbox(of: tx.inbox(number, of: agent).id) else { throw Self.noMailbox }
            return mailbox
        }
    }

    /// Connects it, or changes how: the worker begins anew at once.
    public func keep(_ draft: Draft, of number: Int64, by agent: Agent) async throws -> StoredIMAPMailbox {
        let desk = self.desk
        return try await desk.database.write { tx in
            let before = try tx.inbox(number, of: agent)
            let known = try tx.imapMailbox(of: before.id)
            let (mailbox, signIn, secret) = try checked(draft, known, before, tx)
            var kept = StoredIMAPMailbox(
                inboxID: before.id, accountID: before.accountID, host: mailbox.host, port: mailbox.port,
                security: mailbox.security.rawValue,
                user: mailbox.user, signIn: signIn, secret: secret, folder: mailbox.folder,
                importExisting: draft.importExisting ?? known?.importExisting ?? false,
                revision: max(desk.now().milliseconds, (known?.revision ?? 0) + 1))
            // The same mailbox by other means is read on from where it was.
            if let known, known.host == kept.host, known.user == kept.user, known.folder == kept.folder {
                (kept.connectedAt, kept.uidValidity, kept.lastUID) = (known.connectedAt, known.uidValidity, known.lastUID)
                (kept.catchUpSince, kept.catchUpTo) = (known.catchUpSince, known.catchUpTo)
                (kept.lastCheckAt, kept.lastMailAt) = (known.lastCheckAt, known.lastMailAt)
            }
            try tx.keepIMAPMailbox(kept)
            var inbox = before
            inbox.hasMailbox = true
            try desk.reconsiderMail(ofInbox: inbox, before: before, tx)
            try desk.tellOfMailHealth(tx, inbox.accountID)
            return kept
        }
    }

    /// Disconnects it. What was fetched stays.
    public func forget(_ number: Int64, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let before = try tx.inbox(number, of: agent)
            guard try tx.imapMailbox(of: before.id) != nil else { throw Self.noMailbox }
            try tx.forgetIMAPMailbox(of: before.id)
            var inbox = before
            inbox.hasMailbox = false
            try desk.reconsiderMail(ofInbox: inbox, before: before, tx)
            try desk.tellOfMailHealth(tx, inbox.accountID)
        }
    }

    /// The mailbox that a draft names, to try it.
    /// - Throws: `DeskError`; where a token cannot be had, with the reason.
    func read(_ draft: Draft, of number: Int64, by agent: Agent) async throws -> IMAPMailbox {
        let (mailbox, signIn, secret, known) = try await desk.database.read { tx in
            let inbox = try tx.inbox(number, of: agent)
            let known = try tx.imapMailbox(of: inbox.id)
            let checked = try checked(draft, known, inbox, tx)
            return (checked.mailbox, checked.signIn, checked.secret, known)
        }
        guard signIn == .oauth else { return mailbox }
        var tried = mailbox
        do {
            if let known, try known.secret == secret || isKept(draft, known) {
                tried.credentials = try await desk.freshIMAPMailbox(known).credentials
            } else {
                tried.credentials = .token(try await desk.tryGrant(OAuthGrant(draft.grant)).accessToken ?? "none")
            }
        } catch let problem as TokenProblem {
            throw DeskError.invalid(problem.description, attributes: ["refresh_token"])
        }
        return tried
    }

    /// Whether a draft names the grant that the mailbox has already: then what comes of it belongs there.
    private func isKept(_ draft: Draft, _ known: StoredIMAPMailbox) throws -> Bool {
        guard known.signIn == .oauth else { return false }
        let kept = try OAuthGrant(text: SealedSecret.open(known.secret, for: known.place, by: desk.secrets))
        return try desk.triedGrants.latest(of: OAuthGrant(draft.grant)).isSame(as: kept)
    }

    static let noMailbox = DeskError.notFound("This inbox fetches its mail from no mailbox.")

    /// - Returns: the mailbox, how it signs in, and its secret as it is kept.
    private func checked(
        _ draft: Draft, _ known: StoredIMAPMailbox?, _ inbox: Inbox, _ tx: any Connection
    ) throws -> (mailbox: IMAPMailbox, signIn: StoredIMAPMailbox.SignIn, secret: [UInt8]) {
        guard inbox.address != nil else {
            throw DeskError.invalid("Give the inbox its address first: mail from the mailbox counts as sent to it.", attributes: ["email"])
        }
        var mailbox = try MailboxTexts.mailbox(draft, known)
        let others = try tx.imapMailboxes(of: inbox.accountID).filter { $0.inboxID != inbox.id }
        guard !others.contains(where: { $0.host == mailbox.host && $0.user == mailbox.user && $0.folder == mailbox.folder }) else {
            throw DeskError.invalid("Another inbox fetches its mail from this folder already.", attributes: ["folder"])
        }
        let place = StoredIMAPMailbox.place(inbox.id)
        if !draft.grant.isEmpty {
            guard draft.password?.nonEmpty == nil, draft.token?.nonEmpty == nil else {
                throw DeskError.invalid("Give a password, a token or a refresh token, not two of them.", attributes: ["password", "token"])
            }
            // What a test has got for it holds, where it was tried.
            let grant = try desk.triedGrants.latest(of: OAuthGrant(draft.grant))
            return (mailbox, .oauth, try SealedSecret.seal(grant.text, for: place, by: desk.secrets))
        }
        if let given = try MailboxTexts.credentials(draft) {
            mailbox.credentials = given
            return (mailbox, mailbox.signIn, try SealedSecret.seal(given.secret, for: place, by: desk.secrets))
        }
        // What was kept for one server is said to no other one.
        guard let known, known.host == mailbox.host, known.user == mailbox.user else {
            throw DeskError.invalid("Give the mailbox's password, or a token.", attributes: ["password"])
        }
        mailbox.credentials = try desk.imapMailbox(known).credentials
        return (mailbox, known.signIn, known.secret)
    }
}

extension IMAPMailbox {
    var signIn: StoredIMAPMailbox.SignIn {
        if case .token = credentials { return .token }
        return .password
    }
}

extension IMAPMailbox.Credentials {
    var secret: String {
        switch self {
        case .password(let secret), .token(let secret): secret
        }
    }
}

/// What the texts of a mailbox must look like.
private enum MailboxTexts {
    /// Without its credentials.
    static func mailbox(_ draft: InboxMailbox.Draft, _ known: StoredIMAPMailbox?) throws -> IMAPMailbox {
        let host = (draft.host ?? known?.host ?? "").trimmingWhitespace.lowercased().trimmingBrackets
        guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isOfHost) else {
            throw DeskError.invalid("Give the name of the mail server, for example imap.example.com.", attributes: ["host"])
        }
        let security = draft.security ?? known.flatMap { IMAPMailbox.Security(rawValue: $0.security) } ?? .tls
        let port = draft.port ?? known.map { Int64($0.port) } ?? (security == .tls ? 993 : 143)
        guard (1...65_535).contains(port) else { throw DeskError.invalid("A port is a number from 1 to 65535.", attributes: ["port"]) }
        let user = (draft.user ?? known?.user ?? "").trimmingWhitespace
        guard (1...320).contains(user.utf8.count), user.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw DeskError.invalid("Give the user of the mailbox, most often its address.", attributes: ["user"])
        }
        let folder = (draft.folder ?? known?.folder ?? "").trimmingWhitespace
        guard folder.utf8.count <= 255, folder.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw DeskError.invalid("That is no folder's name.", attributes: ["folder"])
        }
        let mailbox = IMAPMailbox(
            host: host, port: Int(port), security: security, user: user, credentials: .password(""),
            folder: folder.isEmpty ? "INBOX" : folder)
        guard security != .none || mailbox.isOnThisMachine else {
            throw DeskError.invalid(
                "Without encryption a mailbox is only read on this machine itself (127.0.0.1). Choose tls or starttls.",
                attributes: ["security"])
        }
        return mailbox
    }

    /// nil where none are given.
    static func credentials(_ draft: InboxMailbox.Draft) throws -> IMAPMailbox.Credentials? {
        switch (draft.password?.nonEmpty, draft.token?.nonEmpty) {
        case (nil, nil): return nil
        case (let password?, nil):
            guard password.utf8.count <= 1_000, password.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw DeskError.invalid("This password cannot be used: it is too long or has control characters.", attributes: ["password"])
            }
            return .password(password)
        case (nil, let token?):
            guard token.utf8.count <= 10_000, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw DeskError.invalid("That is no access token.", attributes: ["token"])
            }
            return .token(token)
        default: throw DeskError.invalid("Give a password or a token, not both.", attributes: ["password", "token"])
        }
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension String {
    /// An IPv6 address may be written in brackets.
    fileprivate var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}
