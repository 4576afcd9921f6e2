import Continuity
import Conversations
import Store
import Synchronization

/// A mail that is refused at the door still ends where somebody sees it (behaviour §5): on the mail desk of the account whose domain it
/// was for. A domain that is nobody's, or several accounts', is only counted, and so is what comes too often: nobody fills the disk.
public struct RecordRefusal: Sendable {
    /// Written down in a day, from one peer and for one account.
    static let fromOnePeer: Int64 = 20
    static let forOneAccount: Int64 = 500
    /// The longest address that is kept; RFC 5321 §4.5.3.1.3 allows 254.
    private static let longestAddress = 320

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameters:
    ///   - recipient: as the peer wrote it.
    ///   - reason: a sentence for agents.
    ///   - size: bytes, where they are known.
    ///   - accounts: the only ones on whose desk it may stand; nil: any.
    public func run(
        recipient: String, sender: String?, reason: String, ingress: String, remoteAddress: String?, helo: String?, size: Int64 = 0,
        in accounts: Set<ID<Account>>? = nil
    ) async throws {
        desk.refusals.count()
        let now = desk.now()
        let owner = try await desk.database.read { tx -> ID<Account>? in
            guard let account = try self.owner(of: recipient, tx), accounts?.contains(account) ?? true else { return nil }
            let known = try tx.refusals(of: account, since: now - .seconds(86_400), from: remoteAddress)
            return known.all < Self.forOneAccount && known.fromAddress < Self.fromOnePeer ? account : nil
        }
        guard let owner else { return }
        var mail = StoredMail(
            accountID: owner, receivedAt: now, ingress: ingress, remoteAddress: remoteAddress, helo: helo.map { String($0.prefix(255)) },
            envelopeFrom: Self.shown(sender ?? ""), recipients: [Self.shown(recipient)], size: size)
        mail.reason = reason
        try await desk.database.write { [mail] tx in
            let id = try tx.recordRefusal(mail)
            if let mail = try tx.mail(id) { try desk.journal(tx).mail(mail) }
        }
    }

    /// Whose refused mail it is: the account that would take it, else the only one with an address in its domain.
    private func owner(of recipient: String, _ tx: any Connection) throws -> ID<Account>? {
        if let account = try RouteRecipient(desk: desk).account(for: recipient, tx) { return account }
        guard let at = recipient.lastIndex(of: "@") else { return nil }
        let domain = recipient[recipient.index(after: at)...].lowercased()
        guard domain.utf8.count <= 255 else { return nil }
        var accounts = Set(try tx.accounts(withDomain: domain))
        // The installation's own domains are everybody's, so one account's only where there is one.
        if desk.options.domains.contains(domain), let account = try tx.onlyAccount() { accounts.insert(account) }
        return accounts.count == 1 ? accounts.first : nil
    }

    private static func shown(_ address: String) -> String {
        String(address.prefix(longestAddress)).replacing("\n", with: " ").withoutTokens
    }
}

/// How many recipients were refused since the program started, those too that stand nowhere else.
public final class RefusalTally: Sendable {
    private let refused = Atomic(0)

    public init() {}

    public var total: Int { refused.load(ordering: .relaxed) }
    func count() { refused.add(1, ordering: .relaxed) }
}
