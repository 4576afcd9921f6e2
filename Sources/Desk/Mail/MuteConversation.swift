import Conversations
import Store

/// The customer wants no more mail of one conversation: one click in the mail (RFC 8058), or an agent's.
public struct MuteConversation: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The page behind a mail's link; showing it changes nothing.
    public func page(conversation number: Int64, token: String) async throws -> String {
        let desk = self.desk
        return try await desk.database.read { tx in
            let (conversation, words, company) = try linked(number, token, tx)
            var page = MailPage(
                words, company: company, title: words(.mute), text: words(conversation.muted ? .muted : .muteWhy))
            if !conversation.muted { page.buttons = [.init(action: desk.muteURL(of: conversation), label: words(.muteButton))] }
            return try desk.html(of: page)
        }
    }

    /// The page's button, or the mail program's own (RFC 8058).
    public func run(conversation number: Int64, token: String) async throws -> String {
        let desk = self.desk
        return try await desk.database.write { tx in
            let (conversation, words, company) = try linked(number, token, tx)
            try desk.setMuted(true, of: conversation, because: .mutedByCustomer, tx)
            return try desk.html(of: MailPage(words, company: company, title: words(.mute), text: words(.muted)))
        }
    }

    private func linked(
        _ number: Int64, _ token: String, _ tx: any Connection
    ) throws -> (conversation: Conversation, words: MailWords, company: String) {
        guard desk.secrets.isToken(token, .mute, String(number)), let conversation = try tx.conversation(ID(number)),
            let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID)
        else { throw DeskError.notFound("This link is not valid.") }
        return (conversation, try desk.words(for: contact, inbox: inbox, tx), desk.company(of: inbox))
    }
}

extension Desk {
    /// What a link shows that is not good: in the browser's language, because nobody knows whose it is.
    public func problemPage(_ error: DeskError, accepting languages: String?) throws -> String {
        let wishes = (languages ?? "").prefix(200).split(separator: ",").map { String($0.prefix { $0 != ";" }).trimmingWhitespace }
        let words = mailTemplates?.languages.words(wishes) ?? .english
        var page = MailPage(words, company: "", title: words(.continueTitle))
        if case .tooMany = error { page.title = words(.tooMany) } else { page.title = words(.linkOver) }
        return try html(of: page)
    }

    /// A page behind a mail's link as HTML.
    func html(of page: MailPage) throws -> String {
        try templates.page(page)
    }

    /// Mutes or unmutes the mail of a conversation; takes back what has not left.
    func setMuted(_ muted: Bool, of conversation: Conversation, because line: ActivityLine, _ tx: any Connection) throws {
        guard conversation.muted != muted else { return }
        var changed = conversation
        changed.muted = muted
        changed.updatedAt = now()
        try tx.updateConversation(changed, from: conversation)
        try writeActivity(line, in: &changed, tx)
        try reconsiderMail(of: changed, tx)
        try journal(tx).conversation(.conversationUpdated, changed)
    }
}
