/// Takes a mail's text apart: what its sender wrote anew, what was quoted, the signature. Any language, any common mail program; linear in the input.
/// In doubt text is kept: a mail that would lose all its text keeps all of it.
public enum ReplyExtractor {
    /// - Parameters:
    ///   - text: the text part, any line ends; empty where the mail has none.
    ///   - html: the HTML part. It is what the sender saw, and its elements say more about quotes than the text does; so it is read first,
    ///     and the text where the HTML has nothing to read, or shows no quote that the text has.
    /// - Returns: the mail's text in three parts. `reply` is empty only where the mail is.
    public static func extract(text: String, html: String? = nil) -> ExtractedReply {
        if let html, !html.isEmpty {
            let body = MailBody(html: html)
            if !body.isBlank {
                let byHTML = Division(body)
                if !byHTML.hasQuote, text.utf8.contains(where: { $0 > 0x20 }) {
                    let byText = Division(MailBody(text: text))
                    if byText.hasQuote { return byText.reply(whole: text) }
                }
                return byHTML.reply(whole: body.joined(body.lines.indices))
            }
        }
        return Division(MailBody(text: text)).reply(whole: text)
    }
}
