/// What one mail says, before a template gives it its form.
struct MailContents: Sendable {
    struct Line: Sendable {
        var author: String
        var time: String
        var content: String
        var isCustomer: Bool
        /// Names of the files that travel in this very mail.
        var attached: [String] = []
        /// Files that are not in the mail, behind links that end.
        var links: [Link] = []
        /// Files that came with it and that this mail must not give away.
        var hidesFiles = false
    }

    struct Link: Sendable {
        var name: String
        var url: String
        /// A day, in the customer's words.
        var until: String
    }

    /// A sentence above everything else: what this mail is.
    var intro: String?
    /// Six digits.
    var code: String?
    var messages: [Line] = []
    /// The last messages before these, oldest first.
    var history: [Line] = []
    /// Older messages were left out of `messages`.
    var isShortened = false
    /// The survey's question and where each rating, 1 to 5, is chosen.
    var survey: (question: String, url: @Sendable (Int) -> String)?
    var company: String
    /// Where the conversation goes on in chat; nil where there is no chat.
    var chatURL: String?
    var muteURL: String?

    /// The members that templates may use. Texts as they are: the template escapes them.
    func forTemplate(_ words: MailWords) -> [String: Any] {
        var values: [String: Any] = [
            "language": words.language, "direction": words.isRightToLeft ? "rtl" : "ltr", "company": company,
            "messages": messages.map { line($0, words) }, "history": history.map { line($0, words) }, "hasHistory": !history.isEmpty,
            "earlier": words(.earlier), "mute": words(.mute),
        ]
        if let intro { values["intro"] = intro }
        if let code {
            values["code"] = code
            values["codeUntil"] = words(.codeUntil)
        }
        if isShortened { values["omitted"] = words(.omitted) }
        if let muteURL { values["muteURL"] = muteURL }
        if let survey { values["survey"] = self.survey(survey, words) }
        values["invitation"] = invitation(words)
        return values
    }

    /// “Reply to this email, or continue in chat.” in three pieces, so that every language keeps its order of words.
    private func invitation(_ words: MailWords) -> [String: Any] {
        guard let chatURL else { return ["before": words(.reply), "after": ""] }
        let text = words(.replyOrContinue)
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
            return ["before": words(.reply), "after": ""]
        }
        return [
            "before": String(text[..<open]), "link": String(text[text.index(after: open)..<close]),
            "after": String(text[text.index(after: close)...]), "chatURL": chatURL,
        ]
    }

    private func survey(_ survey: (question: String, url: @Sendable (Int) -> String), _ words: MailWords) -> [String: Any] {
        let ratings = zip(MailWords.faces, MailWords.ratings).enumerated().map { index, rating in
            ["face": rating.0, "label": words(rating.1), "ratingURL": survey.url(index + 1)]
        }
        return ["question": survey.question, "why": words(.surveyWhy), "ratings": ratings]
    }

    private func line(_ line: Line, _ words: MailWords) -> [String: Any] {
        let lines = line.content.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0.last == "\r" ? $0.dropLast() : $0)
        }
        var values: [String: Any] = [
            "author": line.author, "time": line.time, "customer": line.isCustomer, "content": lines.joined(separator: "\n"),
            "quoted": lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n"),
            "paragraphs": lines.map { ["pieces": TextLinks.pieces($0).map(\.forTemplate)] as [String: Any] },
            "links": line.links.map { ["name": $0.name, "fileURL": $0.url, "until": words(.goodUntil, ["date": $0.until])] },
        ]
        if !line.attached.isEmpty { values["attached"] = "\(words(.attached)): \(line.attached.joined(separator: ", "))" }
        if line.hidesFiles { values["hidden"] = words(.filesInChat) }
        return values
    }
}

/// Addresses of pages in a text, which become links in the HTML part. Linear.
enum TextLinks {
    struct Piece: Equatable {
        var text: String
        var url: String?

        var forTemplate: [String: Any] {
            var values: [String: Any] = ["text": text]
            if let url { values["pageURL"] = url }
            return values
        }
    }

    static func pieces(_ line: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(line)
        while let colon = rest.firstRange(of: "://") {
            let before = rest[..<colon.lowerBound]
            let scheme = before.hasSuffix("https") ? 5 : before.hasSuffix("http") ? 4 : 0
            var end = colon.upperBound
            while end < rest.endIndex, !rest[end].isWhitespace, !"<>\"".contains(rest[end]) { end = rest.index(after: end) }
            // A full stop or a bracket behind an address belongs to the sentence.
            while end > colon.upperBound, ".,;:!?)]}'’”".contains(rest[rest.index(before: end)]) { end = rest.index(before: end) }
            guard scheme > 0, end > colon.upperBound else {
                plain += rest[..<colon.upperBound]
                rest = rest[colon.upperBound...]
                continue
            }
            let start = rest.index(colon.lowerBound, offsetBy: -scheme)
            plain += rest[..<start]
            if !plain.isEmpty { pieces.append(Piece(text: plain)) }
            plain = ""
            let url = String(rest[start..<end])
            pieces.append(Piece(text: url, url: url))
            rest = rest[end...]
        }
        plain += rest
        if !plain.isEmpty || pieces.isEmpty { pieces.append(Piece(text: plain)) }
        return pieces
    }
}
