import Conversations
import Foundation
import Store

/// A new door: a website or an address.
public struct CreateInbox: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Draft: Sendable {
        public var kind: Inbox.Kind
        public var name: String
        public var websiteURL: String?
        /// The address of an `email` inbox; of a website, the From address of its mail.
        public var address: String?
        public var replyDomain: String?
        public var hmacMandatory = false
        public var continuityViaEmail = true
        public var lockToSingleConversation = false
        /// A JSON object; see `InboxSettings`.
        public var settings = JSON.object([])

        public init(
            kind: Inbox.Kind, name: String, websiteURL: String? = nil, address: String? = nil, replyDomain: String? = nil
        ) {
            self.kind = kind
            self.name = name
            self.websiteURL = websiteURL
            self.address = address
            self.replyDomain = replyDomain
        }
    }

    /// - Parameter account: nil means the first account, made on demand.
    public func run(_ request: Draft, account: ID<Account>? = nil) async throws -> Inbox {
        let desk = self.desk
        let name = try required(request.name, "the inbox a name", longest: 255)
        let address = try request.address.flatMap { $0.isEmpty ? nil : try Desk.mailAddress($0) }
        let website = try request.websiteURL.flatMap { $0.isEmpty ? nil : try InboxTexts.website($0) }
        let replyDomain = try request.replyDomain.flatMap { $0.isEmpty ? nil : try InboxTexts.domain($0) }
        switch request.kind {
        case .website where website == nil: throw DeskError.invalid("Give the website's address.", attributes: ["website_url"])
        case .email where address == nil: throw DeskError.invalid("Give the address that customers write to.", attributes: ["email"])
        default: break
        }
        let settings = try InboxSettings.merged("{}", with: request.settings)
        return try await desk.database.write { tx in
            let home = try account.flatMap { try tx.account($0) } ?? tx.firstAccount()
            let account = try home ?? tx.createAccount(name: "Support", locale: "en", at: desk.now())
            if let address {
                try desk.refuseSupportAddressOnReplyDomain(address, in: account.id, tx)
                if request.kind == .email { try desk.refuseTakenAddress(address, besides: nil, tx) }
                if mailDomain(of: address) == replyDomain {
                    throw DeskError.invalid(
                        "The reply domain must not be the domain of the address itself. Use for example reply.\(mailDomain(of: address)).",
                        attributes: ["reply_domain"])
                }
            }
            if let replyDomain { try desk.refuseUsedReplyDomain(replyDomain, beside: request.address, in: account.id, tx) }
            return try tx.createInbox(
                Inbox(
                    id: ID(0), accountID: account.id, kind: request.kind, name: name,
                    websiteToken: request.kind == .website ? desk.randomHex(16) : nil, websiteURL: website, address: address,
                    replyDomain: replyDomain, hmacToken: desk.randomHex(16), hmacMandatory: request.hmacMandatory,
                    continuityViaEmail: request.continuityViaEmail, lockToSingleConversation: request.lockToSingleConversation,
                    settings: settings, createdAt: desk.now()))
        }
    }
}

extension Desk {
    static func mailAddress(_ text: String) throws -> String { try address(text) }

    /// One address, one inbox in the whole installation: a mail must know where it belongs.
    func refuseTakenAddress(_ address: String, besides inbox: ID<Inbox>?, _ tx: any Connection) throws {
        if let other = try tx.emailInbox(address: address), other.id != inbox {
            throw DeskError.invalid("Another inbox receives at this address already.", attributes: ["email"])
        }
    }
}

/// What an inbox's texts must look like.
enum InboxTexts {
    static func domain(_ text: String) throws -> String {
        let domain = text.trimmingWhitespace.lowercased()
        guard isDomain(domain) else {
            throw DeskError.invalid("That is not a domain. A reply domain looks like reply.example.com.", attributes: ["reply_domain"])
        }
        return domain
    }

    static func website(_ text: String) throws -> String {
        let text = text.trimmingWhitespace
        let full = text.contains("://") ? text : "https://\(text)"
        guard full.utf8.count <= 2000, let url = URL(string: full), let scheme = url.scheme?.lowercased(), let host = url.host,
            !host.isEmpty,
            scheme == "https" || scheme == "http"
        else {
            throw DeskError.invalid(
                "That is not the address of a website. It looks like https://www.example.com.", attributes: ["website_url"])
        }
        return full
    }
}
