/// The value of a header as it stands in a mail's text.
enum SenderText {
    static func plain(_ value: String) -> String {
        var text = value.trimmedEnds[...]
        while let last = text.last, last == "*" || last == "_" { text.removeLast() }
        return String(text)
    }

    /// `John Doe <john@example.test>`, `John Doe [mailto:john@example.test]`, `john@example.test`.
    static func sender(_ value: String) -> ForwardedMail.Sender? {
        let bytes = Array(value.utf8)
        guard
            let at = bytes.indices.first(where: {
                bytes[$0] == UInt8(ascii: "@") && $0 > 0 && $0 + 1 < bytes.count && isAddress(bytes[$0 - 1]) && isAddress(bytes[$0 + 1])
            })
        else {
            let name = plain(value)
            return name.isEmpty ? nil : .init(name: name, address: "")
        }
        var begin = at
        while begin > 0, isAddress(bytes[begin - 1]) { begin -= 1 }
        var end = at + 1
        while end < bytes.count, isAddress(bytes[end]) { end += 1 }
        while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        var name = String(decoding: bytes[..<begin], as: UTF8.self)
        if name.hasSuffix("mailto:") { name.removeLast(7) }
        name = String(name.drop { " \"'<[(*“”„".contains($0) })
        while let last = name.last, " \"'<[(*“”„:".contains(last) { name.removeLast() }
        var address = String(decoding: bytes[begin..<end], as: UTF8.self)
        if address.lowercased().hasPrefix("mailto:") { address.removeFirst(7) }
        return .init(name: name.isEmpty ? nil : name, address: address)
    }

    private static func isAddress(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "=")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "#")
    }
}
