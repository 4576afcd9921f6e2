import Conversations
import Store

/// An administrator changes an inbox; nil leaves a field as it is.
public struct UpdateInbox: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Changes: Sendable {
        public var name: String?
        public var websiteURL: String?
        /// An empty text takes the address or the domain away, so that the installation's holds.
        public var address: String?
        public var replyDomain: String?
        public var hmacMandatory: Bool?
        public var continuityViaEmail: Bool?
        public var lockToSingleConversation: Bool?
        /// A JSON object; see `InboxSettings`.
        public var settings = JSON.object([])

        public init() {}
    }

    public func run(_ number: Int64, _ changes: Changes, by agent: Agent) async throws -> Inbox {
        let desk = self.desk
        return try await desk.database.write { tx in
            let before = try tx.inbox(number, of: agent)
            var inbox = before
            if let name = changes.name { inbox.name = try required(name, "the inbox a name", longest: 255) }
            if let url = changes.websiteURL, !url.isEmpty { inbox.websiteURL = try InboxTexts.website(url) }
            if let text = changes.address { try Self.setAddress(text, of: &inbox, desk, tx) }
            if let text = changes.replyDomain {
                inbox.replyDomain = text.isEmpty ? nil : try InboxTexts.domain(text)
                if let domain = inbox.replyDomain { try desk.refuseUsedReplyDomain(domain, beside: inbox.address, in: inbox.accountID, tx) }
            }
            inbox.hmacMandatory = changes.hmacMandatory ?? inbox.hmacMandatory
            inbox.continuityViaEmail = changes.continuityViaEmail ?? inbox.continuityViaEmail
            inbox.lockToSingleConversation = changes.lockToSingleConversation ?? inbox.lockToSingleConversation
            let silence = InboxSettings.value(AutoResolve.minutes, of: inbox).text
            inbox.settings = try InboxSettings.merged(inbox.settings, with: changes.settings)
            try tx.updateInbox(inbox)
            if case .integer(let minutes) = InboxSettings.value(AutoResolve.minutes, of: inbox), String(minutes) != silence {
                try tx.enqueueOpenConversations(of: inbox.id, .autoResolve, after: .seconds(minutes * 60))
            }
            try desk.reconsiderMail(ofInbox: inbox, before: before, tx)
            return inbox
        }
    }

    private static func setAddress(_ text: String, of inbox: inout Inbox, _ desk: Desk, _ tx: any Connection) throws {
        guard !text.isEmpty else {
            guard inbox.kind == .website else {
                throw DeskError.invalid("An email inbox needs its address.", attributes: ["email"])
            }
            inbox.address = nil
            return
        }
        let wanted = try Desk.mailAddress(text)
        guard wanted != inbox.address else { return }
        if inbox.kind == .email { try desk.refuseTakenAddress(wanted, besides: inbox.id, tx) }
        try desk.refuseSupportAddressOnReplyDomain(wanted, in: inbox.accountID, tx)
        inbox.address = wanted
    }
}
