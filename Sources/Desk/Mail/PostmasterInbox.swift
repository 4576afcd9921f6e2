import Conversations
import Store

/// Whose mail to `postmaster` is: every domain that takes mail has one (RFC 5321 §4.5.1). Somebody on the other side has trouble with our mail,
/// so it is an ordinary conversation in the inbox of that domain, where people look every day.
struct PostmasterInbox {
    let desk: Desk

    /// - Parameter address: in small letters.
    /// - Returns: nil where it is another name, or no domain of ours.
    func run(_ address: String, _ tx: any Connection) throws -> Inbox? {
        let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.first == "postmaster" else { return nil }
        guard parts.count == 2 else { return try ofInstallation(tx) }
        let domain = String(parts[1])
        guard domain.utf8.count <= 255 else { return nil }
        if let inbox = try best(tx.inboxes(withDomain: domain)) { return inbox }
        return desk.options.domains.contains(domain) || domain == desk.options.check.hostname.lowercased() ? try ofInstallation(tx) : nil
    }

    /// Without a domain, or of one that the settings name: the inbox of the sender's domain, else the first that was made.
    private func ofInstallation(_ tx: any Connection) throws -> Inbox? {
        for domain in desk.options.domains.reversed() {
            if let inbox = try best(tx.inboxes(withDomain: domain)) { return inbox }
        }
        return try best(tx.allInboxes(limit: 100))
    }

    /// Of the account that had the domain first, so that nobody takes another's mail by naming his domain; an `email` inbox before a website's.
    private func best(_ inboxes: [Inbox]) throws -> Inbox? {
        guard let first = inboxes.first else { return nil }
        return inboxes.first { $0.accountID == first.accountID && $0.kind == .email } ?? first
    }
}

extension DeskOptions {
    /// The domains of the settings, for inboxes that have none of their own.
    var domains: [String] {
        [replyDomain, mailFrom?.split(separator: "@").last.map(String.init)].compactMap { $0?.lowercased() }
    }
}
