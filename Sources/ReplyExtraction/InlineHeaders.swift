/// Headers that run on in one line, as Yahoo writes them in text: "----- Forwarded message ----- From: Sam <…>To: …Sent: …Subject: …".
struct InlineHeaders {
    private(set) var values: [HeaderNames.Kind: String] = [:]
    /// Whether dashes and words stand before the first header.
    private(set) var beginsWithForward = false

    init?(_ index: Int, in body: MailBody) {
        let content = body.content(index)
        guard content.count > 40, content.count < 8_000, content.contains(UInt8(ascii: "@")) else { return nil }
        let bytes = Array(content)
        let lower = Array(body.lowercased[body.lines[index].content])
        var found: [(kind: HeaderNames.Kind, name: Int, value: Int)] = []
        for at in bytes.indices where bytes[at] == UInt8(ascii: ":") {
            guard found.count < 12,
                let (kind, begin) = Self.name(endingAt: at, bytes, lower, after: found.last?.value ?? 0, seen: found.map(\.kind))
            else { continue }
            found.append((kind, begin, at + 1))
        }
        let kinds = Set(found.map(\.kind))
        guard kinds.contains(.from), kinds.count >= 3, kinds.contains(.to) || kinds.contains(.subject), let first = found.first else {
            return nil
        }
        for (position, entry) in found.enumerated() {
            let end = position + 1 < found.count ? found[position + 1].name : bytes.count
            if values[entry.kind] == nil, entry.value <= end {
                values[entry.kind] = String(decoding: bytes[entry.value..<end], as: UTF8.self).trimmedEnds
            }
        }
        beginsWithForward = first.kind == .from && bytes[..<first.name].contains(where: Separator.isFrame)
    }

    /// The longest header name that ends before this colon.
    private static func name(
        endingAt colon: Int, _ bytes: [UInt8], _ lower: [UInt8], after limit: Int, seen: [HeaderNames.Kind]
    ) -> (HeaderNames.Kind, Int)? {
        var end = colon
        while end > limit, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
        if end - 2 > limit, bytes[end - 1] == 0xA0, bytes[end - 2] == 0xC2 { end -= 2 }
        var begin = max(limit, end - HeaderNames.longest)
        while begin < end {
            if isBoundary(bytes, begin) || isRunOn(bytes, begin, end), let kind = HeaderNames.kind(of: lower[begin..<end]),
                !seen.contains(kind),
                kind != .other
            {
                return (kind, begin)
            }
            begin += 1
        }
        return nil
    }

    private static func isBoundary(_ bytes: [UInt8], _ begin: Int) -> Bool {
        guard begin > 0 else { return true }
        switch bytes[begin - 1] {
        case 0x20, UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"): return true
        default: return false
        }
    }

    /// Where no space divides them, a name begins with a capital letter in the middle of a word.
    private static func isRunOn(_ bytes: [UInt8], _ begin: Int, _ end: Int) -> Bool {
        let byte = bytes[begin]
        return end - begin >= 4 && byte & 0xC0 != 0x80 && (byte >= 0x80 || byte >= 0x41 && byte <= 0x5A)
    }
}
