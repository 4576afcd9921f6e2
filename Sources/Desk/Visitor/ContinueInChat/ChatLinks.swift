import Conversations
import Store

/// Bounds of the way from a mail into the chat (behaviour §8).
enum ContinueInChat {
    static let linkLives = Duration.seconds(7 * 86_400)
    /// From the tap to the open widget, the code in between.
    static let ticketLives = Duration.seconds(30 * 60)
    static let codeLives = Duration.seconds(10 * 60)
    /// Wrong digits before a code is over: with all codes of a link, one guess in 20,000.
    static let tries = 5
    static let codesPerLink = 10
    static let betweenCodes = Duration.seconds(30)
}

extension ConversationMail {
    /// A link of this very mail that opens the conversation in chat; nil for an inbox without a website.
    func chatLink(to address: String) throws -> String? {
        guard inbox.kind == .website else { return nil }
        let token = desk.randomHex(16)
        try tx.createChatLink(
            to: address, into: conversation, hash: Secrets.hash(token), expiresAt: desk.now() + ContinueInChat.linkLives)
        return desk.chatLinkURL(token)
    }
}

/// A link, or a ticket of one, with all that its pages show.
struct OpenedLink {
    var link: ChatLink
    var conversation: Conversation
    var contact: Contact
    var inbox: Inbox
    var words: MailWords
}

extension Desk {
    func chatLinkURL(_ token: String) -> String { "\(options.publicURL)/continue/\(token)" }

    /// The link, if it is still good: not over, not revoked, and its address still the contact's.
    func chatLink(_ token: String, _ tx: any Connection) throws -> OpenedLink {
        try opened(try Self.isToken(token) ? tx.chatLink(hash: Secrets.hash(token)) : nil, tx)
    }

    /// A ticket that can still be used, and its link.
    func chatTicket(_ token: String, _ tx: any Connection) throws -> (ticket: ChatTicket, link: OpenedLink) {
        guard Self.isToken(token), let ticket = try tx.chatTicket(hash: Secrets.hash(token)), ticket.usedAt == nil, ticket.expiresAt > now()
        else { throw Self.overLink }
        return (ticket, try opened(tx.chatLink(ticket.linkID), tx))
    }

    /// What is said of every link that is not good, so that nobody learns why.
    static let overLink = DeskError.notFound("This link is no longer good. Use the link of our newest email, or simply reply to it.")

    /// Where the customer is led: the website with its widget, or a page of our own where no website is known. Behind the `#`, which no
    /// server sees and no referrer carries, stands the ticket.
    func chatPage(of inbox: Inbox, ticket: String) -> String {
        let own = "\(options.publicURL)/chat?website_token=\(inbox.websiteToken ?? "")"
        let page = inbox.websiteURL?.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
        return "\(page?.nonEmpty ?? own)#throughline=\(ticket)"
    }

    func createTicket(for link: ChatLink, browserHash: String, isKnown: Bool, _ tx: any Connection) throws -> String {
        let token = randomHex(16)
        try tx.createChatTicket(
            for: link.id, hash: Secrets.hash(token), browserHash: browserHash, isKnown: isKnown,
            expiresAt: now() + ContinueInChat.ticketLives)
        return token
    }

    private func opened(_ link: ChatLink?, _ tx: any Connection) throws -> OpenedLink {
        guard let link, link.revokedAt == nil, link.expiresAt > now(), let conversation = try tx.conversation(link.conversationID),
            let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID),
            contact.email == link.toAddress, !contact.blocked
        else { throw Self.overLink }
        return OpenedLink(
            link: link, conversation: conversation, contact: contact, inbox: inbox, words: try words(for: contact, inbox: inbox, tx))
    }

    private static func isToken(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
