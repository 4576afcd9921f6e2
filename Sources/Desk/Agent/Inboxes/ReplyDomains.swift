import Conversations
import Store

/// The reply domain is a sub-domain used for nothing else: setup refuses one that equals the domain of an agent's or the support
/// address (behaviour §4), whichever of the two comes first.
extension Desk {
    /// - Parameter address: the support address that is set together with it.
    func refuseUsedReplyDomain(_ domain: String, beside address: String?, in account: ID<Account>, _ tx: any Connection) throws {
        let agent = try tx.agents(of: account).first { mailDomain(of: $0.email) == domain }
        if let agent {
            throw DeskError.invalid(
                "\(domain) is the domain of an agent (\(agent.name)). Use a sub-domain that serves nothing else, for example reply.\(domain).",
                attributes: ["reply_domain"])
        }
        let own = try tx.inboxes(of: account).compactMap(\.address) + [options.mailFrom, address].compactMap { $0 }
        if own.contains(where: { mailDomain(of: $0) == domain }) {
            throw DeskError.invalid(
                "\(domain) is the domain of a support address. Use a sub-domain that serves nothing else, for example reply.\(domain).",
                attributes: ["reply_domain"])
        }
    }

    func refuseAgentOnReplyDomain(_ address: String, in account: ID<Account>, _ tx: any Connection) throws {
        guard try isReplyDomain(mailDomain(of: address), in: account, tx) else { return }
        throw DeskError.invalid("This domain receives customers' answers. An agent needs an address on another one.", attributes: ["email"])
    }

    func refuseSupportAddressOnReplyDomain(_ address: String, in account: ID<Account>, _ tx: any Connection) throws {
        guard try isReplyDomain(mailDomain(of: address), in: account, tx) else { return }
        throw DeskError.invalid(
            "This domain receives customers' answers. The support address needs another one.", attributes: ["address"])
    }

    private func isReplyDomain(_ domain: String, in account: ID<Account>, _ tx: any Connection) throws -> Bool {
        try domain == options.replyDomain || tx.inboxes(of: account).contains { $0.replyDomain == domain }
    }
}
