import Conversations
import Store

/// The link in a mail: a page with one button. Opening it changes nothing, because mail scanners open links too; the tap redeems it.
public struct OpenChatLink: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// Where the tap leads, and the secret that the browser keeps from now on.
    public struct Tapped: Sendable {
        public let location: String
        public let browser: String
    }

    public func page(_ token: String, browser: String?) async throws -> String {
        let desk = self.desk
        return try await desk.database.read { tx in
            let opened = try desk.chatLink(token, tx)
            let (words, company) = (opened.words, desk.company(of: opened.inbox))
            var page = MailPage(words, company: company, title: words(.continueTitle))
            if Self.isElsewhere(opened.link, browser) {
                page.text = words(.linkElsewhere)
            } else {
                page.text = words(.continueWhy, ["company": company])
                page.buttons = [.init(action: desk.chatLinkURL(token), label: words(.continueButton))]
            }
            page.buttons.append(.init(action: "\(desk.chatLinkURL(token))/stop", label: words(.stop), isQuiet: true))
            return try desk.html(of: page)
        }
    }

    /// The tap. It proves that somebody reads mail at the address, because nothing but a mail to it carried this link (behaviour §1).
    public func tap(_ token: String, browser: String?) async throws -> Tapped {
        let desk = self.desk
        return try await desk.database.write { tx in
            let opened = try desk.chatLink(token, tx)
            guard !Self.isElsewhere(opened.link, browser) else { throw DeskError.notAllowed(opened.words(.linkElsewhere)) }
            try prove(opened, tx)
            let browser = browser ?? desk.randomHex(16)
            let hash = Secrets.hash(browser)
            let isKnown = try tx.isKnown(browserHash: hash, in: opened.conversation.id)
            let ticket = try desk.createTicket(for: opened.link, browserHash: hash, isKnown: isKnown, tx)
            return Tapped(location: desk.chatPage(of: opened.inbox, ticket: ticket), browser: browser)
        }
    }

    /// The customer ends all links into the conversation, and the chats that they opened.
    public func stop(_ token: String) async throws -> String {
        let desk = self.desk
        return try await desk.database.write { tx in
            let opened = try desk.chatLink(token, tx)
            var conversation = opened.conversation
            try desk.revokeChatLinks(of: &conversation, because: .chatLinksStopped(by: nil), tx)
            let words = opened.words
            return try desk.html(of: MailPage(words, company: desk.company(of: opened.inbox), title: words(.stopped)))
        }
    }

    /// An agent does the same.
    public func stop(_ number: Int64, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.onConversation(number, by: agent) { conversation, tx in
            try desk.revokeChatLinks(of: &conversation, because: .chatLinksStopped(by: agent.name), tx)
        }
    }

    /// Redeemed in another browser than this one.
    private static func isElsewhere(_ link: ChatLink, _ browser: String?) -> Bool {
        guard let bound = link.browserHash else { return false }
        guard let browser else { return true }
        return !Secrets.equal(Array(bound.utf8), Array(Secrets.hash(browser).utf8))
    }

    private func prove(_ opened: OpenedLink, _ tx: any Connection) throws {
        guard opened.contact.emailState != .proven else { return }
        var contact = opened.contact
        contact.emailState = .proven
        try tx.updateContact(contact, at: desk.now())
        try desk.journal(tx).contact(.contactUpdated, contact)
        var conversation = opened.conversation
        conversation.unprovenMails = 0
        try tx.updateConversation(conversation, from: opened.conversation)
        try desk.reconsiderMail(of: conversation, tx)
    }
}

extension Desk {
    func revokeChatLinks(of conversation: inout Conversation, because line: ActivityLine, _ tx: any Connection) throws {
        _ = try tx.revokeChatLinks(of: conversation.id, at: now())
        try tx.revokeGrants(of: conversation.id)
        try journal(tx).sessionsRevoked(in: conversation)
        try writeActivity(line, in: &conversation, tx)
    }
}
