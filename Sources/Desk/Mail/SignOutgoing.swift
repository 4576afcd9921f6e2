import Conversations
import Foundation
import MailTrust
import Store

extension Desk {
    /// The mail with a DKIM signature of its sender's domain, where the account has a key for that and signing is on. It is signed when its
    /// bytes are fixed, once for every try.
    func signed(_ raw: [UInt8], of inbox: ID<Inbox>, _ tx: any Connection) throws -> [UInt8] {
        guard let inbox = try tx.inbox(inbox), let domain = sendingDomain(of: inbox),
            let key = try tx.dkimKey(of: inbox.accountID, domain: domain), key.isOn
        else { return raw }
        do {
            let pem = try SealedSecret.open(key.secret, for: key.place, by: secrets)
            return try SignDKIM(domain: key.domain, selector: key.selector, pem: pem).run(raw, at: now().date)
        } catch {
            // Unsigned it is as good as it was before; unsent it is lost.
            logger.error("A mail leaves without a DKIM signature", metadata: ["domain": "\(domain)", "error": "\(error)"])
            return raw
        }
    }

    /// The domain of the address that an inbox's mail is from, in small letters.
    func sendingDomain(of inbox: Inbox) -> String? {
        senderAddress(of: inbox).map { mailDomain(of: $0) }.flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }
}

extension StoredDKIMKey {
    /// What its secret is bound to.
    var place: String { "dkim \(accountID) \(domain)" }
}
