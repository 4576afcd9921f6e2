import Conversations
import Store

/// A device that the conversation has not been on: it types six digits that were mailed to the contact (behaviour §8).
public struct ConfirmChatCode: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public enum Answer: Sendable {
        /// Where the customer goes on.
        case location(String)
        /// The page once more, with what was wrong.
        case page(String)
    }

    public func page(_ ticket: String, browser: String?) async throws -> String {
        try await desk.database.read { tx in
            let (found, opened) = try found(ticket, browser, tx)
            return try page(ticket, opened, problem: Self.hasCode(found, desk.now()) ? nil : .codeOver)
        }
    }

    /// - Parameter code: as typed; spaces do not count.
    public func run(_ ticket: String, code: String, browser: String?) async throws -> Answer {
        try await desk.database.write { tx in
            var (found, opened) = try found(ticket, browser, tx)
            guard let expected = found.codeHash, Self.hasCode(found, desk.now()) else {
                return .page(try page(ticket, opened, problem: .codeOver))
            }
            found.tries += 1
            let typed = desk.codeHash(code.filter { !$0.isWhitespace }, of: found)
            guard Secrets.equal(Array(expected.utf8), Array(typed.utf8)) else {
                if found.tries >= ContinueInChat.tries { found.codeHash = nil }
                try tx.updateChatTicket(found)
                return .page(try page(ticket, opened, problem: found.codeHash == nil ? .codeOver : .codeWrong))
            }
            found.codeHash = nil
            found.usedAt = desk.now()
            try tx.updateChatTicket(found)
            let next = try desk.createTicket(for: opened.link, browserHash: found.browserHash, isKnown: true, tx)
            return .location(desk.chatPage(of: opened.inbox, ticket: next))
        }
    }

    /// Another code, where the first did not come or is over.
    public func again(_ ticket: String, browser: String?) async throws -> String {
        try await desk.database.write { tx in
            var (found, opened) = try found(ticket, browser, tx)
            try desk.mailCode(for: &found, opened, tx)
            return try page(ticket, opened, problem: nil)
        }
    }

    /// The ticket, only in the browser in which it was tapped.
    private func found(_ ticket: String, _ browser: String?, _ tx: any Connection) throws -> (ChatTicket, OpenedLink) {
        let (found, opened) = try desk.chatTicket(ticket, tx)
        guard let browser, Secrets.equal(Array(found.browserHash.utf8), Array(Secrets.hash(browser).utf8)) else { throw Desk.overLink }
        return (found, opened)
    }

    private static func hasCode(_ ticket: ChatTicket, _ now: Instant) -> Bool {
        ticket.codeHash != nil && ticket.codeExpiresAt.map { $0 > now } ?? false
    }

    private func page(_ ticket: String, _ opened: OpenedLink, problem: MailWords.Text?) throws -> String {
        let words = opened.words
        var page = MailPage(
            words, company: desk.company(of: opened.inbox), title: words(.codeTitle),
            text: words(.codeSent, ["address": opened.link.toAddress.masked]))
        page.problem = problem.map { words($0) }
        page.codeLabel = words(.codeLabel)
        page.buttons = [
            .init(action: desk.codePage(ticket), label: words(.continueButton)),
            .init(action: "\(desk.codePage(ticket))/again", label: words(.codeAgain), isQuiet: true),
        ]
        return try desk.html(of: page)
    }
}

extension Desk {
    func codePage(_ ticket: String) -> String { "\(options.publicURL)/continue/code/\(ticket)" }

    /// What the store keeps of six digits: keyed, because a million guesses are quickly made.
    func codeHash(_ code: String, of ticket: ChatTicket) -> String {
        Secrets.hex(secrets.mac(.chatCode, "\(ticket.id):\(code)"))
    }

    /// Mails a fresh code to the address that the link went to; earlier ones are over.
    func mailCode(for ticket: inout ChatTicket, _ opened: OpenedLink, _ tx: any Connection) throws {
        var (link, conversation) = (opened.link, opened.conversation)
        // The tap has proven it; if somebody has changed the address since, the link is over.
        guard opened.contact.emailState == .proven else { throw Self.overLink }
        guard link.codesSent < ContinueInChat.codesPerLink,
            link.codeSentAt.map({ $0 + ContinueInChat.betweenCodes <= now() }) ?? true
        else { throw DeskError.tooMany(opened.words(.tooMany)) }
        let number = random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let code = String(String(1_000_000 + number).dropFirst())
        ticket.codeHash = codeHash(code, of: ticket)
        ticket.codeExpiresAt = now() + ContinueInChat.codeLives
        ticket.tries = 0
        try tx.updateChatTicket(ticket)
        link.codesSent += 1
        link.codeSentAt = now()
        try tx.updateChatLink(link)

        let mail = try ConversationMail(
            desk: self, tx: tx, conversation: conversation, contact: opened.contact, inbox: opened.inbox)
        var contents = mail.contents()
        contents.intro = mail.words(.code, ["company": mail.company])
        contents.code = code
        let composed = try mail.write(
            mail.templates.builtIn.render(contents, mail.words), to: link.toAddress, subject: mail.words(.codeSubject), isAutomatic: true,
            purpose: .code)
        try leave(composed, carrying: .chatCode(to: link.toAddress), in: &conversation, tx)
    }
}

extension String {
    /// An address so that its owner knows it and nobody else learns it: `a…@x.test`.
    var masked: String {
        guard let at = lastIndex(of: "@") else { return "…" }
        return "\(prefix(1))…\(self[at...])"
    }
}
