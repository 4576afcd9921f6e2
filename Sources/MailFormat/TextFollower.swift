import HTMLReading

/// Finds where, in HTML that is being written, a known text ends: the new part of a mail, whose text the reply extraction has found.
///
/// Only letters and digits are compared, so that white space, marks and signs that stand for list items do not matter. A text that the HTML does
/// not begin with (answers between quotes or below them) is not found.
struct TextFollower {
    private enum Letter: Equatable {
        case byte(UInt8)
        /// A number and a dot at the beginning of a line: the HTML may have it, or a list that counts by itself.
        case mayBeCounted(UInt8)
    }

    private let letters: [Letter]
    private var at = 0
    private var failed = false
    /// Behind the last letter: marks and pictures that still belong to the text.
    private var trailing = false
    /// Still on the line of the last letter: marks may follow.
    private var onLastLine = true
    private var lettersBehind = false
    private var place: Int?

    init(_ text: String) {
        letters = Self.letters(of: text)
        failed = letters.isEmpty
    }

    /// The place that was told to `found`; nil where the text was not found, or nothing stands behind it.
    var end: Int? { failed || !lettersBehind || at < letters.count ? nil : place }

    /// Compares a piece of text.
    /// - Returns: how many of its bytes belong to the text that is followed, where that has come to its end; nil otherwise.
    mutating func follow(_ text: [UInt8]) -> Int? {
        guard !failed, at < letters.count || trailing else {
            if !failed, !lettersBehind { lettersBehind = Self.hasLetter(text) }
            return nil
        }
        var index = 0
        // Behind the last mark that belongs to the text.
        var end: Int?
        while index < text.count {
            let length = Self.length(text, index)
            if Self.isLetter(text, index) {
                if trailing {
                    trailing = false
                    lettersBehind = true
                    return end
                }
                for offset in 0..<length where !match(text[index + offset]) {
                    failed = true
                    return nil
                }
                if at == letters.count {
                    trailing = true
                    end = index + length
                }
            } else if trailing {
                if text[index] == 0x0A { onLastLine = false }
                if onLastLine, !text[index].isSpace { end = index + length }
            }
            index += length
        }
        return end
    }

    mutating func found(writtenUpTo count: Int) { place = count }

    /// A new line begins, or a quote or a rule, behind which nothing belongs to the text any more.
    mutating func begins(_ element: SafeElement) {
        guard trailing else { return }
        if element.traits.contains(.block) || element.name == "br" { onLastLine = false }
        if element.name == "blockquote" || element.name == "hr" { trailing = false }
    }

    mutating func picture(writtenUpTo count: Int) { if trailing { place = count } }

    private mutating func match(_ byte: UInt8) -> Bool {
        while at < letters.count {
            switch letters[at] {
            case .byte(let wanted):
                guard wanted == byte else { return false }
                at += 1
                return true
            case .mayBeCounted(let wanted):
                at += 1
                if wanted == byte { return true }
            }
        }
        return false
    }

    private static func letters(of text: String) -> [Letter] {
        let bytes = Array(text.utf8)
        var letters: [Letter] = []
        var index = 0
        var lineBegins = true
        while index < bytes.count {
            if lineBegins, bytes[index].isDigit {
                var end = index
                while end < bytes.count, end < index + 6, bytes[end].isDigit { end += 1 }
                if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), bytes[end + 1] == 0x20 {
                    letters += bytes[index..<end].map { .mayBeCounted($0) }
                    index = end
                }
                lineBegins = false
                continue
            }
            let length = length(bytes, index)
            if isLetter(bytes, index) { letters += bytes[index..<(index + length)].map { .byte($0) } }
            if !bytes[index].isSpace || bytes[index] == 0x0A { lineBegins = bytes[index] == 0x0A }
            index += length
        }
        return letters
    }

    /// Bytes of the character that begins here.
    private static func length(_ bytes: [UInt8], _ index: Int) -> Int {
        let length =
            switch bytes[index] {
            case ..<0xC0: 1
            case ..<0xE0: 2
            case ..<0xF0: 3
            default: 4
            }
        return min(length, bytes.count - index)
    }

    /// Letters and digits of all scripts; not the marks, arrows and pictures of U+2000 to U+2FFF, of U+F000 upwards and below U+00C0.
    private static func isLetter(_ bytes: [UInt8], _ index: Int) -> Bool {
        let byte = bytes[index]
        return byte.isDigit || byte.isLetter && byte < 0x80 || byte >= 0xC3 && byte <= 0xEE && byte != 0xE2
    }

    private static func hasLetter(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            if isLetter(bytes, index) { return true }
            index += length(bytes, index)
        }
        return false
    }
}
