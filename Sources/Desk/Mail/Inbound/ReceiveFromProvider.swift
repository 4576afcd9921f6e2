import Conversations
import Crypto
import Foundation
import Logging
import Store

/// A provider hands mail over by HTTP: proven first, then on disk, then acknowledged (behaviour §5).
///
/// Whose it is shows by the key that it is proven with: each inbox has its own, and only recipients of that inbox's account count. Where one
/// key was given to several accounts, each of them gets the mail of its own recipients.
public struct ReceiveFromProvider: Sendable {
    /// What was taken is remembered for longer than any provider may deliver it again.
    static let remembered = Duration.seconds(80 * 3_600)

    private let desk: Desk
    private let certificates: SNSCertificates

    /// - Parameter certificates: nil: Amazon's, from where they really are.
    public init(desk: Desk, certificates: SNSCertificates? = nil) {
        self.desk = desk
        self.certificates = certificates ?? SNSCertificates(now: desk.now)
    }

    /// When this returns, every mail in the request is on disk.
    /// - Throws: `DeliveryProblem`, or what the store throws: then the provider should try again.
    public func run(_ request: ProviderRequest) async throws {
        var delivery = try read(request)
        let accounts = try await accounts(that: delivery, request.kind)
        try delivery.open()
        try checkTime(of: delivery)
        if let sns = delivery as? SNSDelivery, sns.kind == .subscription {
            guard let url = sns.confirmation else { throw DeliveryProblem.refused("`SubscribeURL` is no address of Amazon SNS's.") }
            try await certificates.confirm(url)
            return desk.logger.notice("A subscription of Amazon SNS was confirmed")
        }
        let mails = try delivery.mails()
        if mails.isEmpty { return }
        var tooLarge: String?
        for mail in mails where mail.raw.count > desk.options.maxMessageBytes {
            let words = "The mail has \(mail.raw.count) bytes; \(desk.options.maxMessageBytes) are taken at most."
            await record(mail.recipients.map { Refused(recipient: $0, mail: mail) }, words, request.kind, accounts)
            tooLarge = words
        }
        // Of several mails at once, one that is too large holds up no other.
        let fitting = mails.filter { $0.raw.count <= desk.options.maxMessageBytes }
        if fitting.isEmpty, let tooLarge { throw DeliveryProblem.refused(tooLarge) }
        do {
            let refused = try await keep(fitting, delivery.mark, request.kind, accounts)
            await record(refused, Self.nobody, request.kind, accounts)
        } catch let problem as NobodyHere {
            // Like an unknown mailbox at RCPT TO; what was noted of the delivery is taken back.
            await record(problem.refused, Self.nobody, request.kind, accounts)
            throw DeliveryProblem.refused("There is no such mailbox here.")
        }
    }

    private func read(_ request: ProviderRequest) throws -> any ProviderDelivery {
        switch request.kind {
        case .postmark: try PostmarkDelivery(request)
        case .mailgun: try MailgunDelivery(request)
        case .sendgrid: try SendGridDelivery(request)
        case .ses: try SNSDelivery(request, certificates: certificates)
        case .mandrill: try MandrillDelivery(request)
        case .raw: try RawDelivery(request)
        }
    }

    /// The accounts whose keys prove the request.
    private func accounts(that delivery: any ProviderDelivery, _ kind: ProviderKind) async throws -> Set<ID<Account>> {
        var found: Set<ID<Account>> = []
        for provider in try await desk.database.read({ try $0.providers(ofKind: kind.rawValue) }) where !found.contains(provider.accountID)
        {
            guard let secret = try? SealedSecret.open(provider.secret, for: provider.place, by: desk.secrets) else {
                // The others' mail goes on.
                desk.logger.error("A provider's kept key cannot be opened; write it again", metadata: ["inbox": "\(provider.inboxID)"])
                continue
            }
            if try await delivery.isProven(by: ProviderKey(secret: secret, topic: provider.topic)) { found.insert(provider.accountID) }
        }
        guard !found.isEmpty else {
            throw DeliveryProblem.unproven("No inbox here knows the key that this request of \(kind.title) was made with.")
        }
        return found
    }

    private func checkTime(of delivery: any ProviderDelivery) throws {
        guard let signed = delivery.signed else { return }
        guard signed.at <= desk.now() + clockSkew, desk.now() <= signed.at + signed.within else {
            throw DeliveryProblem.refused("This was signed too long ago, or the clocks differ.")
        }
    }

    /// - Returns: whom nothing was kept for.
    private func keep(
        _ mails: [ProvidedMail], _ mark: [UInt8]?, _ kind: ProviderKind, _ accounts: Set<ID<Account>>
    ) async throws -> [Refused] {
        let desk = self.desk
        return try await desk.database.write { tx in
            if let mark {
                let hash = Secrets.sha256(Array(kind.rawValue.utf8) + [0] + mark)
                for account in accounts
                where try !tx.noteDelivery(hash, account: account, at: desk.now(), forget: desk.now() - Self.remembered) {
                    throw DeliveryProblem.refused("This was delivered before.")
                }
            }
            var refused: [Refused] = []
            var isTaken = false
            for mail in mails {
                let kept = try AcceptMail(desk: desk).keep(
                    mail.raw, sender: mail.sender, recipients: mail.recipients, ingress: kind.rawValue, in: accounts, tx)
                isTaken = isTaken || kept.contains(true)
                for (recipient, isKept) in zip(mail.recipients, kept) where !isKept {
                    refused.append(Refused(recipient: recipient, mail: mail))
                }
            }
            // Of several mails at once, those that are ours count.
            guard isTaken else { throw NobodyHere(refused: refused) }
            return refused
        }
    }

    private static let nobody = "No inbox receives at this address. Make one for it if mail should come here."

    private struct Refused: Sendable {
        var recipient: String
        var mail: ProvidedMail
    }

    private struct NobodyHere: Error {
        var refused: [Refused]
    }

    /// A refusal that cannot be written down is a refusal all the same.
    private func record(_ refused: [Refused], _ words: String, _ kind: ProviderKind, _ accounts: Set<ID<Account>>) async {
        for row in refused.prefix(20) {
            do {
                try await RecordRefusal(desk: desk).run(
                    recipient: row.recipient, sender: row.mail.sender, reason: words, ingress: kind.rawValue, remoteAddress: nil, helo: nil,
                    size: Int64(row.mail.raw.count), in: accounts)
            } catch {
                desk.logger.error("A refused mail could not be recorded", metadata: ["provider": "\(kind.rawValue)", "error": "\(error)"])
            }
        }
    }
}

extension InboxProvider {
    /// What its secret is bound to.
    var place: String { "provider \(inboxID)" }
}
