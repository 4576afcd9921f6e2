import Conversations
import Store

/// Store first: the raw mail and its envelope are on disk before anybody says that the mail was taken (behaviour §5).
public struct AcceptMail: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// Keeps a mail, once for each account that its recipients belong to. When this returns, nothing can lose it.
    /// - Returns: false when no recipient is ours; then nothing was stored.
    @discardableResult
    public func run(
        _ raw: [UInt8], sender: String?, recipients: [String], ingress: String, remoteAddress: String? = nil, helo: String? = nil
    ) async throws -> Bool {
        try await keep(raw, sender: sender, recipients: recipients, ingress: ingress, remoteAddress: remoteAddress, helo: helo)
            .contains(true)
    }

    /// The same, with an answer for each recipient, in their order: whether it is kept for him.
    public func keep(
        _ raw: [UInt8], sender: String?, recipients: [String], ingress: String, remoteAddress: String?, helo: String?
    ) async throws -> [Bool] {
        try await desk.database.write { tx in
            try keep(raw, sender: sender, recipients: recipients, ingress: ingress, remoteAddress: remoteAddress, helo: helo, tx)
        }
    }

    /// The same in the caller's transaction.
    /// - Parameter accounts: recipients of others do not count; nil: all count.
    func keep(
        _ raw: [UInt8], sender: String?, recipients: [String], ingress: String, remoteAddress: String? = nil, helo: String? = nil,
        in accounts: Set<ID<Account>>? = nil, _ tx: any Connection
    ) throws -> [Bool] {
        let routes = RouteRecipient(desk: desk)
        var byAccount: [(account: ID<Account>, recipients: [String])] = []
        var kept: [Bool] = []
        for recipient in recipients {
            let account = try routes.account(for: recipient, tx).flatMap { accounts?.contains($0) ?? true ? $0 : nil }
            kept.append(account != nil)
            guard let account else { continue }
            if let index = byAccount.firstIndex(where: { $0.account == account }) {
                byAccount[index].recipients.append(recipient)
            } else {
                byAccount.append((account, [recipient]))
            }
        }
        for (account, recipients) in byAccount {
            _ = try desk.keep(
                StoredMail(
                    accountID: account, receivedAt: desk.now(), ingress: ingress, remoteAddress: remoteAddress, helo: helo,
                    envelopeFrom: sender ?? "", recipients: recipients, size: Int64(raw.count)),
                raw: raw, tx)
        }
        return kept
    }
}
