import Conversations
import Store

/// The form of an inbox's mails, which an administrator may make their own.
public struct InboxMailTemplate: Sendable {
    public struct Parts: Sendable {
        public var text: String
        public var html: String

        public init(text: String, html: String) {
            self.text = text
            self.html = html
        }
    }

    public struct Shown: Sendable {
        /// The inbox's own; nil where the built-in one holds.
        public let own: Parts?
        public let updatedAt: Instant?
        public let builtIn: Parts
        public let languages: [String]
    }

    /// What a preview shows.
    public enum Kind: String, Sendable, CaseIterable { case reply, survey, transcript }

    public struct Preview: Sendable {
        public let from: String
        public let subject: String
        public let text: String
        public let html: String
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func show(_ number: Int64, by agent: Agent) async throws -> Shown {
        let desk = self.desk
        return try await desk.database.read { tx in
            let own = try tx.mailTemplate(of: try tx.inbox(number, of: agent).id)
            let templates = try desk.templates
            return Shown(
                own: own.map { Parts(text: $0.text, html: $0.html) }, updatedAt: own?.updatedAt,
                builtIn: Parts(text: templates.text, html: templates.html), languages: templates.languages.all)
        }
    }

    /// Keeps it, if it is good; otherwise a sentence says what is not.
    public func keep(_ parts: Parts, of number: Int64, by agent: Agent) async throws -> Shown {
        let now = desk.now()
        try await desk.database.write { tx in
            let inbox = try tx.inbox(number, of: agent)
            _ = try MailTemplate(checking: parts)
            try tx.keepMailTemplate(StoredMailTemplate(text: parts.text, html: parts.html, updatedAt: now), of: inbox.id)
        }
        return try await show(number, by: agent)
    }

    /// The built-in one again.
    public func forget(_ number: Int64, by agent: Agent) async throws -> Shown {
        try await desk.database.write { tx in try tx.forgetMailTemplate(of: try tx.inbox(number, of: agent).id) }
        return try await show(number, by: agent)
    }

    /// A sample mail in this form, which nobody is sent.
    /// - Parameters:
    ///   - parts: not kept yet; nil shows what holds now.
    ///   - language: of the words around the messages; nil is the inbox's.
    public func preview(
        _ parts: Parts?, _ kind: Kind, language: String?, of number: Int64, by agent: Agent
    ) async throws -> Preview {
        let desk = self.desk
        return try await desk.database.read { tx in
            let inbox = try tx.inbox(number, of: agent)
            let templates = try desk.templates
            let kept = try tx.mailTemplate(of: inbox.id).map { Parts(text: $0.text, html: $0.html) }
            let template = try (parts ?? kept).map { try MailTemplate(checking: $0) } ?? templates.builtIn
            let words = templates.languages.words([
                language, InboxSettings.value("locale", of: inbox).stringValue, try tx.account(inbox.accountID)?.locale,
            ])
            let company = desk.company(of: inbox)
            let times = MailTime(
                theirs: InboxSettings.value("timezone", of: inbox).stringValue, inboxes: nil, language: words.language)
            let (text, html) = template.render(
                SampleMail.contents(kind, company: company, agent: agent.name, publicURL: desk.options.publicURL, words, times, desk.now()),
                words)
            return Preview(
                from:
                    "\(words(.sender, ["agent": agent.name, "company": company])) <\(desk.senderAddress(of: inbox) ?? "support@example.com")>",
                subject: "Re: \(SampleMail.subject)", text: text, html: html)
        }
    }
}

/// Sample contents with everything that a mail can have in it, also what could break a form: long words, HTML, another direction.
private enum SampleMail {
    static let subject = "Do you ship to Norway?"

    static func contents(
        _ kind: InboxMailTemplate.Kind, company: String, agent: String, publicURL: String, _ words: MailWords, _ times: MailTime,
        _ now: Instant
    ) -> MailContents {
        let earlier = MailContents.Line(
            author: "Ann Customer", time: times.moment(now - .seconds(900)),
            content: "Do you ship to Norway?\nIt is a gift, so it should come by Friday.",
            isCustomer: true)
        var answer = MailContents.Line(
            author: agent, time: times.moment(now),
            content:
                "Yes, for <b>9 €</b>. It is with you by Friday.\n\nAll prices are here: https://www.example.com/shipping/norway?from=mail.",
            isCustomer: false)
        answer.attached = ["price list.pdf"]
        answer.links = [
            .init(name: "a long film.mp4", url: "\(publicURL)/", until: times.day(now + AttachmentLinks.mailedFor))
        ]
        var contents = MailContents(company: company, chatURL: "\(publicURL)/", muteURL: "\(publicURL)/")
        switch kind {
        case .reply: (contents.messages, contents.history) = ([answer], [earlier])
        case .transcript:
            contents.intro = words(.transcript, ["company": company])
            contents.messages = [earlier, answer]
        case .survey: contents.survey = (words(.survey), { _ in "\(publicURL)/" })
        }
        return contents
    }
}

extension MailTemplate {
    /// - Throws: `DeskError.invalid` with a sentence where the parts cannot be used.
    init(checking parts: InboxMailTemplate.Parts) throws {
        try CheckMailTemplate.run(text: parts.text, html: parts.html)
        do {
            try self.init(text: parts.text, html: parts.html)
        } catch {
            throw DeskError.invalid("This is no Mustache template that can be used. Compare it with the built-in one.")
        }
    }
}

extension Desk {
    var templates: MailTemplates {
        get throws {
            guard let mailTemplates else { throw DeskError.invalid("The templates of mails are missing. Run Web/build.sh.") }
            return mailTemplates
        }
    }

    /// The parts of a mail, in the inbox's own form where it has one that can be used, else in the built-in one: a mail never waits for
    /// somebody to mend a template.
    func render(_ contents: MailContents, _ mail: ConversationMail) throws -> (text: String, html: String) {
        if let own = try mail.tx.mailTemplate(of: mail.inbox.id) {
            do {
                let parts = try MailTemplate(checking: .init(text: own.text, html: own.html)).render(contents, mail.words)
                if contents.isShown(in: parts) { return parts }
                logger.notice(
                    "An inbox's own template lacks a part of this mail; the built-in one is used", metadata: ["inbox": "\(mail.inbox.id)"])
            } catch {
                logger.warning(
                    "An inbox's own mail template cannot be used; the built-in one is",
                    metadata: ["inbox": "\(mail.inbox.id)", "why": "\(error)"])
            }
        }
        return mail.templates.builtIn.render(contents, mail.words)
    }
}

extension MailContents {
    /// Whether both parts have what this mail is about: a survey's choices, what a transcript is, the mute link.
    fileprivate func isShown(in parts: (text: String, html: String)) -> Bool {
        let needed = (survey.map { survey in (1...5).map { survey.url($0) } } ?? []) + [muteURL].compactMap { $0 }
        return needed.allSatisfy { parts.text.contains($0) && parts.html.contains($0) }
    }
}
