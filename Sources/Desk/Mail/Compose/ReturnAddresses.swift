import Continuity
import Conversations
import MailFormat

/// Where answers to an inbox's mail, and its bounces, come back to (behaviour §4): the reply domain, or the inbox's own address with the token
/// as its detail where its mail is fetched from an ordinary mailbox (`support+<token>@`, §5.1).
struct ReturnAddresses {
    /// Also of the Message-IDs of this mail.
    let domain: String
    private let replyLocal: String
    private let bounceLocal: String

    func reply(_ token: String) -> String { "\(replyLocal)+\(token)@\(domain)" }

    func bounce(_ token: String) -> String { "\(bounceLocal)+\(token)@\(domain)" }

    fileprivate init(replyDomain: String) {
        (domain, replyLocal, bounceLocal) = (replyDomain, MailEvidence.replyPrefix, MailEvidence.bouncePrefix)
    }

    /// nil where the address is none.
    fileprivate init?(mailbox address: String) {
        guard let at = address.lastIndex(of: "@"), at > address.startIndex else { return nil }
        domain = String(address[address.index(after: at)...])
        replyLocal = String(address[..<at])
        bounceLocal = replyLocal
    }
}

extension Desk {
    /// nil where nothing could come back.
    func returnAddresses(of inbox: Inbox) -> ReturnAddresses? {
        if let domain = replyDomain(of: inbox) { return ReturnAddresses(replyDomain: domain) }
        return inbox.hasMailbox ? inbox.address.flatMap { ReturnAddresses(mailbox: $0) } : nil
    }
}
