/// The warning that a company's mail server puts above what came from outside.
enum Banner {
    /// Pieces of it that are looked at.
    private static let pieceLimit = 4
    private static let lineLimit = 8

    /// Index in `kept` behind the banner; nil where there is none, or nothing below it.
    static func end(in kept: [Int], of body: MailBody) -> Int? {
        var end: Int?
        var at = 0
        for _ in 0..<pieceLimit {
            while at < kept.count, body.lines[kept[at]].isBlank || Separator.isRule(body.content(kept[at]), length: 3) { at += 1 }
            guard at < kept.count, body.lines[kept[at]].depth == 0, begins(body.lower(kept[at])) else { break }
            let first = at
            while at < kept.count, at - first < lineLimit, !body.lines[kept[at]].isBlank {
                at += 1
                if isEnd(body.content(kept[at - 1])) { break }
            }
            end = at
        }
        guard let end, kept[end...].contains(where: { !body.lines[$0].isBlank }) else { return nil }
        return end
    }

    private static func begins(_ lower: ArraySlice<UInt8>) -> Bool {
        let opened = lower.drop {
            $0 < 0x80 && !$0.isLetter && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "<")
        }
        if BannerWords.beginnings.prefix(of: opened) != nil { return true }
        // "⚠ External", "⚠️ CAUTION": also behind a pictogram.
        let bare = lower.drop { !$0.isLetter && ($0 < 0x80 || $0 == 0xE2 || $0 == 0xEF || $0 == 0xF0 || $0 & 0xC0 == 0x80) }
        return BannerWords.beginnings.prefix(of: bare) != nil
    }

    /// A line that closes the banner, if it was not broken by chance behind a full stop.
    private static func isEnd(_ content: ArraySlice<UInt8>) -> Bool {
        guard let last = content.last else { return false }
        switch last {
        case UInt8(ascii: "]"), UInt8(ascii: "*"), UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "="): return true
        case UInt8(ascii: "."), UInt8(ascii: "!"), 0x82, 0x81: return content.count < 56 || content.count > 80
        default: return content.count < 24
        }
    }
}
