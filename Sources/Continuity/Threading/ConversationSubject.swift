/// The subject of a conversation: the same for its whole life, `Re:` once it was answered (behaviour §4).
public enum ConversationSubject {
    /// Characters, at most: what a phone shows of a subject without cutting it.
    public static let longest = 60

    /// A website conversation's subject, from what the customer wrote first: the first line that says something, up to the end of its
    /// first sentence, cut at a word.
    /// - Parameter fallback: for a first message without words (a picture alone).
    public static func fromFirstWords(_ text: String, fallback: String) -> String {
        // By bytes, and far more of them than a subject holds: this stands in the transaction of every first message.
        for line in text.utf8.prefix(4_000).split(separator: UInt8(ascii: "\n")) {
            let words = folded(Substring(line).prefix(300))
            guard words.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            return shortened(firstSentence(words))
        }
        return folded(fallback[...])
    }

    /// The subject without any answer or forward mark before it, in the languages of the usual mail programs; what is stored with a
    /// conversation that a mail began.
    public static func base(_ subject: String) -> String {
        var text = folded(subject.prefix(1_000))[...]
        while let end = endOfMark(text) {
            text = text[end...]
            while text.first?.isWhitespace == true { text.removeFirst() }
        }
        return String(text)
    }

    /// The subject line of a mail of the conversation.
    /// - Parameters:
    ///   - base: as `fromFirstWords` or `base` gave it.
    ///   - answered: whether this mail answers a mail or follows one.
    public static func ofMail(_ base: String, answered: Bool) -> String { answered ? "Re: " + base : base }

    private static let marks: Set<String> = [
        "re", "aw", "antw", "antwort", "antwoord", "sv", "vs", "vb", "vá", "vl", "odp", "ref", "rif", "res", "ynt", "bls", "rép", "réf",
        "tr", "fw", "fwd",
        "wg", "rv", "enc", "doorst", "pd", "i", "továbbítás", "továbbított", "trs", "rvs", "απ", "πρθ", "σχετ", "ha", "на", "отв", "ответ",
        "пер", "回复", "答复", "回覆", "答覆", "转发", "轉寄", "返信", "転送",
        "回信", "답장", "회신", "전달", "תשובה", "רד", "השב", "هوب", "رد", "إعادة توجيه",
    ]

    /// Where the text behind `Re:`, `AW :`, `Re[2]:` or `RE(3):` begins; nil if it does not begin with such a mark.
    private static func endOfMark(_ text: Substring) -> Substring.Index? {
        guard let colon = text.prefix(20).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        var word = text[..<colon]
        while word.last?.isWhitespace == true { word.removeLast() }
        if let last = word.last, last == "]" || last == ")", let open = word.lastIndex(where: { $0 == "[" || $0 == "(" }) {
            let number = word[word.index(after: open)...].dropLast()
            if !number.isEmpty && number.allSatisfy(\.isNumber) { word = word[..<open] }
        }
        return marks.contains(word.lowercased()) ? text.index(after: colon) : nil
    }

    /// White space and control characters as single spaces.
    private static func folded(_ text: Substring) -> String {
        var result = ""
        var space = false
        for character in text {
            if character.isWhitespace || character.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .control }) {
                space = !result.isEmpty
                continue
            }
            if space { result.append(" ") }
            space = false
            result.append(character)
        }
        return result
    }

    /// Up to the first full stop, question or exclamation mark that ends a sentence of some length: “Hi!” alone says nothing.
    private static func firstSentence(_ words: String) -> String {
        var at = words.startIndex
        var length = 0
        while at < words.endIndex {
            let next = words.index(after: at)
            let character = words[at]
            length += 1
            let wide = "。？！".contains(character)
            if wide || (".?!".contains(character) && (next == words.endIndex || words[next] == " ")), length >= (wide ? 6 : 15) {
                return String(character == "." || character == "。" ? words[..<at] : words[...at])
            }
            at = next
        }
        return words
    }

    private static func shortened(_ words: String) -> String {
        guard words.count > longest else { return words }
        let cut = words.prefix(longest - 1)
        // A word longer than half the line, or a script without spaces, is cut where it must be.
        if let space = cut.lastIndex(of: " "), cut.distance(from: cut.startIndex, to: space) > longest / 2 { return cut[..<space] + "…" }
        return cut + "…"
    }
}
