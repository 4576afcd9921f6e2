import Conversations
import Store

/// The first administrator is made in the browser, by a link that the server prints when it starts without one. The link is a secret: it is
/// good once and for a day, the store keeps its hash alone, and once any administrator exists none is good.
public struct FirstAdministrator: Sendable {
    public static let lifetime = Duration.seconds(24 * 3600)

    public struct Draft: Sendable {
        public var accountName = ""
        public var name = ""
        public var email = ""
        public var password = ""

        public init() {}
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The token of a new link; the links before it are worth nothing from now on.
    ///
    /// - Returns: nil where there is an administrator.
    public func newLink() async throws -> String? {
        let desk = self.desk
        return try await desk.database.write { tx in
            guard try !tx.hasAdministrator() else {
                try tx.forgetSetupLinks()
                return nil
            }
            let token = desk.randomHex(16)
            try tx.setSetupLink(hash: Secrets.hash(token), until: desk.now() + Self.lifetime)
            return token
        }
    }

    /// Whether the link still makes somebody an administrator.
    public func isGood(_ token: String) async throws -> Bool {
        let desk = self.desk
        return try await desk.database.read { try desk.isGoodSetupLink(token, $0) }
    }

    /// Makes the account and its administrator, and signs them in.
    public func run(_ token: String, _ draft: Draft, passwords: PasswordQueue) async throws -> SignIn.SignedIn {
        // Before the password is hashed: that is work for those who have the link.
        guard try await isGood(token) else { throw Self.over }
        let company = try field("account_name") { try required(draft.accountName, "a name for your team or company", longest: 100) }
        let name = try field("name") { try required(draft.name, "your name", longest: 100) }
        let email = try address(draft.email)
        try Password.check(draft.password)
        let (words, salt) = (draft.password, desk.random(16))
        let hash = try await passwords.run { try Password(words, salt: salt).stored }
        let desk = self.desk
        return try await desk.database.write { tx in
            // Asked again where nobody comes between: of two who press at once one is too late.
            guard try desk.isGoodSetupLink(token, tx) else { throw Self.over }
            try tx.forgetSetupLinks()
            let known = try tx.firstAccount()
            if let known { try tx.rename(known.id, to: company) }
            let account =
                try known.map { Account(id: $0.id, name: company, locale: $0.locale) }
                ?? tx.createAccount(name: company, locale: "en", at: desk.now())
            let agent = try desk.addAgent(name: name, email: email, passwordHash: hash, role: .administrator, to: account.id, tx).agent
            guard let credentials = try tx.credentials(of: agent.id) else { throw Self.over }
            return SignIn.SignedIn(credentials: credentials, account: account, session: try desk.openSession(of: agent.id, tx))
        }
    }

    private static let over = DeskError.notFound(
        "This link has been used, or its day is over. Start the server again, and it prints a new one as long as there is no administrator."
    )

    /// Names the field that a sentence is about.
    private func field(_ name: String, _ read: () throws -> String) throws -> String {
        do {
            return try read()
        } catch DeskError.invalid(let words, _) {
            throw DeskError.invalid(words, attributes: [name])
        }
    }
}

extension Desk {
    fileprivate func isGoodSetupLink(_ token: String, _ tx: any Connection) throws -> Bool {
        guard token.utf8.count == 32, try tx.isSetupLink(hash: Secrets.hash(token), at: now()) else { return false }
        return try !tx.hasAdministrator()
    }

    /// What a link shows that makes nobody an administrator any more. Whoever has it reads the terminal, which speaks English too.
    public func setupOverPage() throws -> String {
        try html(
            of: MailPage(
                .english, company: "Throughline", title: "This link is over",
                text: """
                    It has been used, or its day is over. If you have an account already, sign in at \(options.publicURL)/app. \
                    If there is no administrator yet, start the server again: it prints a new link.
                    """))
    }
}
