/// Subjects as they are compared: lower case, one space between words, full-width colons as colons.
enum SubjectWords {
    /// Longer subjects are cut before they are looked at.
    static let longest = 300

    /// The phrases of a table whose lines read `language: phrase | phrase`.
    static func phrases(_ table: String) -> [String] {
        table.split(separator: "\n").flatMap { line in
            line.drop { $0 != ":" }.dropFirst().split(separator: "|").map { String($0).trimmed }
        }
    }

    static func normal(_ subject: String) -> String {
        if subject.isASCII { return normalASCII(subject) }
        var text = ""
        var space = false
        for character in subject.prefix(longest) {
            if character.isWhitespace || character == "\u{200e}" || character == "\u{200f}" || character == "\u{feff}" {
                space = !text.isEmpty
                continue
            }
            if space { text.append(" ") }
            space = false
            switch character {
            case "：", "﹕": text.append(":")
            case "’", "ʼ", "`": text.append("'")
            case "‑", "–", "—": text.append("-")
            default: text.append(contentsOf: character.lowercased())
            }
        }
        return text
    }

    /// The same for the most frequent subjects, byte by byte.
    private static func normalASCII(_ subject: String) -> String {
        var text: [UInt8] = []
        var space = false
        for byte in subject.utf8.prefix(longest) {
            if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
                space = !text.isEmpty
                continue
            }
            if space { text.append(0x20) }
            space = false
            text.append(byte == UInt8(ascii: "`") ? UInt8(ascii: "'") : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Phrases by the character that they begin with: only those are compared that a subject may begin with.
    static func byBegin(_ phrases: [String]) -> [Character: [String]] { Dictionary(grouping: phrases) { $0.first ?? " " } }

    /// The first phrase that the subject begins with, if it ends there: with the subject, or before a separator.
    ///
    /// “Out of office: Jan” and “Out of Office” match, “Out of office hours?” does not. A subject that begins with `Re:` is somebody's
    /// answer to such a mail and does not match either.
    static func opening(_ subject: String, among phrases: [Character: [String]]) -> String? {
        let text = normal(subject)
        guard let first = text.first else { return nil }
        for phrase in phrases[first, default: []] where text.hasPrefix(phrase) {
            var rest = text[text.index(text.startIndex, offsetBy: phrase.count)...]
            if rest.first == " " { rest.removeFirst() }
            guard let next = rest.first else { return phrase }
            if ":-.!|[(,".contains(next) || rest.hasPrefix("re:") || rest.hasPrefix("aw:") { return phrase }
        }
        return nil
    }
}

extension String {
    var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
