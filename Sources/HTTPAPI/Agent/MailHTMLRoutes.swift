import Desk
import Hummingbird

/// What is behind the envelope of a message: a mail's HTML, for the frame that shows it, and where a mail of ours went.
func addMailHTMLRoutes(to account: AccountRoutes, desk: Desk) {
    let show = ShowMailHTML(desk: desk)
    let sent = ShowSentMail(desk: desk)

    account.get("conversations/:conversation/messages/:message/sent_mail") { caller, _, context in
        .json(try await sent.run(message: context.number("message"), in: context.number("conversation"), by: caller.agent))
    }

    account.get("conversations/:conversation/messages/:message/html") { caller, request, context in
        let part = try request.queryWord("part", ShowMailHTML.Part.self) ?? .new
        let theme = try request.queryWord("theme", MailFrame.Theme.self) ?? .light
        let pictures = request.query("pictures") == "remote"
        let safe = try await show.run(
            part, remotePictures: pictures, message: context.number("message"), in: context.number("conversation"), by: caller.agent)
        return MailFrame(html: safe.html, hasColours: safe.hasColours, remotePictures: pictures, theme: theme).response
    }
}

extension Request {
    /// A query parameter that is one of a few words.
    fileprivate func queryWord<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) throws -> Word?
    where Word.RawValue == String {
        guard let given = query(name) else { return nil }
        guard let word = Word(rawValue: given) else {
            throw DeskError.invalid("`\(name)` is one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).", attributes: [name])
        }
        return word
    }
}
