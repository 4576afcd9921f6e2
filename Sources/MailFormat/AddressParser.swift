/// Reads address lists as they are really written (RFC 5322 §3.4 and what mail programs make of it), in one pass over the bytes.
/// The header is taken raw: encoded words are decoded after the structure is known, so that a comma inside one separates nothing.
struct AddressParser {
    private let bytes: [UInt8]
    private let limit: Int
    private let encodedWords: Bool
    private var at = 0

    init(_ header: String, limit: Int) {
        self.init(Array(header.utf8), limit: limit, encodedWords: false)
    }

    /// - Parameter encodedWords: whether RFC 2047 words are still to be decoded.
    init(_ bytes: [UInt8], limit: Int, encodedWords: Bool) {
        self.bytes = bytes
        self.limit = limit
        self.encodedWords = encodedWords
    }

    /// What stands between two commas.
    private struct Mailbox {
        /// Words outside of angle brackets, comments left out.
        var phrase: [UInt8] = []
        /// The phrase held a quoted string: commas and dots in it are the name's.
        var quoted = false
        var route: [UInt8]?
        var comment: [UInt8] = []
        /// An `@` outside of quotes.
        var hasAt = false
    }

    mutating func list() -> [MailAddress] {
        var found: [MailAddress] = []
        var box = Mailbox()
        func finish(_ box: Mailbox, _ found: inout [MailAddress]) {
            if let address = self.address(box) { found.append(address) }
        }
        while at < bytes.count, found.count < limit {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                // "Doe, John <john@example.test>": the name was not quoted as it should be.
                if byte == UInt8(ascii: ","), box.route == nil, !box.hasAt, !box.phrase.isEmpty, nextHasRouteBeforeAt() {
                    box.phrase.append(byte)
                } else {
                    finish(box, &found)
                    box = Mailbox()
                }
                at += 1
            case UInt8(ascii: ":"):
                // A group's name goes; RFC 5322 §3.4 "group". "mailto:" goes with it.
                if box.route == nil, !box.hasAt { box = Mailbox() } else { box.phrase.append(byte) }
                at += 1
            case UInt8(ascii: "\""):
                box.quoted = true
                quotedString(into: &box.phrase)
            case UInt8(ascii: "("):
                comment(into: &box.comment)
            case UInt8(ascii: "<"):
                if let route = angle() {
                    if box.route == nil || !(box.route ?? []).contains(UInt8(ascii: "@")) {
                        if let old = box.route { box.phrase.append(contentsOf: old) }
                        box.route = route
                    }
                } else {
                    at += 1
                }
            default:
                if byte == UInt8(ascii: "@") { box.hasAt = true }
                // Behind "<a@b>" another address may follow without a comma.
                if box.route != nil, byte > 0x20, byte != UInt8(ascii: ">") {
                    finish(box, &found)
                    box = Mailbox()
                    box.hasAt = byte == UInt8(ascii: "@")
                }
                box.phrase.append(byte)
                at += 1
            }
        }
        if found.count < limit { finish(box, &found) }
        return found
    }

    /// Whether a `<` comes before the next comma or `@`: then the comma just met is part of a name.
    private mutating func nextHasRouteBeforeAt() -> Bool {
        var index = at + 1
        // A name is short; looking far would make long lists slow.
        let end = min(bytes.count, index + 100)
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "<"): return true
            case UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""): return false
            default: index += 1
            }
        }
        return false
    }

    private mutating func quotedString(into out: inout [UInt8]) {
        var index = at + 1
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
            text.append(bytes[index])
            index += 1
        }
        // A quote that is never closed is a character.
        if index >= bytes.count, let stop = bytes[at...].firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ",") }) {
            out.append(contentsOf: bytes[(at + 1)..<stop])
            at = stop
            return
        }
        // In "a b"@example.test the quotes belong to the address.
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "@") {
            out.append(contentsOf: bytes[at...index])
        } else {
            out.append(contentsOf: text)
        }
        at = index + 1
    }

    private mutating func comment(into out: inout [UInt8]) {
        var depth = 0
        if !out.isEmpty { out.append(0x20) }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\\"), at < bytes.count {
                out.append(bytes[at])
                at += 1
                continue
            }
            if byte == UInt8(ascii: "(") {
                depth += 1
                if depth == 1 { continue }
            }
            if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return }
            }
            out.append(byte)
        }
    }

    /// What stands in `<…>`, without a source route; nil where the bracket is never closed and no address follows.
    private mutating func angle() -> [UInt8]? {
        var index = at + 1
        var inQuotes = false
        while index < bytes.count, inQuotes || bytes[index] != UInt8(ascii: ">") {
            if bytes[index] == UInt8(ascii: "\"") { inQuotes.toggle() }
            if bytes[index] == UInt8(ascii: "<") { break }
            if bytes[index] == UInt8(ascii: ","), !bytes[at..<index].contains(UInt8(ascii: "@")) || bytes[at + 1] != UInt8(ascii: "@") {
                break
            }
            index += 1
        }
        var content = Array(bytes[(at + 1)..<index])
        // RFC 5322 §4.4: "@one,@two:user@domain".
        if content.first == UInt8(ascii: "@"), let colon = content.firstIndex(of: UInt8(ascii: ":")) { content.removeFirst(colon + 1) }
        let closed = index < bytes.count && bytes[index] == UInt8(ascii: ">")
        at = closed ? index + 1 : index
        return content
    }

    private func address(_ box: Mailbox) -> MailAddress? {
        let phrase = trimmed(box.phrase)
        if let route = box.route {
            var address = mailbox(route)
            var name = text(phrase)
            if !address.utf8.contains(UInt8(ascii: "@")), let inName = MailAddress.normalise(name) {
                // "sam@example.test <>" and "<Sam> sam@example.test".
                address = inName
                name = ""
            }
            if name.isEmpty { name = text(trimmed(box.comment)) }
            if address.isEmpty && name.isEmpty { return nil }
            return MailAddress(name: name.isEmpty ? nil : name, address: address)
        }
        guard !phrase.isEmpty else { return nil }
        guard phrase.contains(UInt8(ascii: "@")) else { return nil }
        // "Sam sam@example.test": the last word is the address.
        let words = phrase.split(whereSeparator: { $0 <= 0x20 })
        if words.count > 1, let at = words.lastIndex(where: { $0.contains(UInt8(ascii: "@")) && $0.count > 2 }),
            !phrase.contains(where: { $0 == UInt8(ascii: "\"") }), words[at].first != UInt8(ascii: "@"), words[at].last != UInt8(ascii: "@")
        {
            var name: [UInt8] = []
            for (index, word) in words.enumerated() where index != at {
                if !name.isEmpty { name.append(0x20) }
                name.append(contentsOf: word)
            }
            let said = text(name)
            return MailAddress(name: said.isEmpty ? nil : said, address: mailbox(Array(words[at])))
        }
        let comment = text(trimmed(box.comment))
        return MailAddress(name: comment.isEmpty ? nil : comment, address: mailbox(phrase))
    }

    private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let begin = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return [] }
        return Array(bytes[begin...end])
    }

    private func text(_ bytes: [UInt8]) -> String {
        var said = encodedWords ? EncodedWords.unfolded(bytes[...]) : String(decoding: bytes, as: UTF8.self).foldingWhiteSpace()
        while said.utf8.count >= 2, let first = said.utf8.first, first == said.utf8.last,
            first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        {
            said = String(said.dropFirst().dropLast()).foldingWhiteSpace()
        }
        return said
    }

    /// An address without white space (a quoted local part keeps its spaces) and without control characters, its domain in lower case.
    private func mailbox(_ bytes: [UInt8]) -> String {
        let quoted = bytes.contains(UInt8(ascii: "\""))
        var kept = bytes
        if encodedWords, trimmed(bytes).starts(with: "=?".utf8) { kept = Array(EncodedWords.decode(trimmed(bytes)).utf8) }
        kept = kept.filter { $0 > 0x20 && $0 != 0x7F || quoted && $0 == 0x20 }
        var written = String(decoding: kept, as: UTF8.self)
        if written.hasPrefix("mailto:") { written.removeFirst(7) }
        while let last = written.utf8.last, ".',".utf8.contains(last) { written.unicodeScalars.removeLast() }
        while let first = written.unicodeScalars.first, first == "'" || first == "\u{FEFF}" { written.unicodeScalars.removeFirst() }
        return MailAddress.normalise(written) ?? written
    }
}
