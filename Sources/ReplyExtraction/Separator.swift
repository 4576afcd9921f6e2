/// Lines that announce an earlier mail without saying whose: "-----Original Message-----", "Begin forwarded message:".
enum Separator {
    enum Kind: Sendable {
        case original, forward
        /// "Please write above this line": all below is ours.
        case replyAbove
    }

    /// What kind of separator a line is; nil where it is none.
    static func kind(_ index: Int, in body: MailBody) -> Kind? {
        let content = body.content(index)
        guard let first = content.first, let last = content.last, content.count >= 6, content.count <= 240 else { return nil }
        let colon = content.endsWithColon
        guard colon || isFrame(first) || isFrame(last) else { return nil }
        let words = body.lower(index).droppingMarks()
        if !colon || isFrame(first), SeparatorWords.above.isPart(of: words) { return .replyAbove }
        let leading = frames(content)
        guard leading >= 2 || colon || frames(content.reversed()) >= 2 else { return nil }
        if SeparatorWords.forward.prefix(of: words) != nil { return .forward }
        if leading >= 2, words.count < 100, SeparatorWords.forward.isPart(of: words) { return .forward }
        if leading >= 2, SeparatorWords.original.prefix(of: words) != nil { return .original }
        return nil
    }

    private static func frames(_ content: some Sequence<UInt8>) -> Int {
        var count = 0
        for byte in content {
            if isFrame(byte) { count += 1 } else if byte != 0x20 { break }
        }
        return count
    }

    /// A line of nothing but `-`, `_`, `=`, `*` or `~`, at least `length` of them.
    static func isRule(_ content: ArraySlice<UInt8>, length: Int = 5) -> Bool {
        guard content.count >= length, let first = content.first, isFrame(first) || first == 0xE2 else { return false }
        if isFrame(first) { return content.allSatisfy { isFrame($0) || $0 == 0x20 } }
        // The drawn rules "────" and "————".
        return content.count >= 9
            && content.allSatisfy { $0 == 0xE2 || $0 == 0x94 || $0 == 0x80 || $0 == 0x81 || $0 == 0x95 || $0 == 0x90 }
    }

    /// Words between dashes, whatever they say: "-------- Oprindelig besked --------".
    static func isFramed(_ content: ArraySlice<UInt8>) -> Bool {
        guard content.count >= 8, content.count <= 120 else { return false }
        return content.prefix(3).allSatisfy(isFrame) && content.suffix(3).allSatisfy(isFrame)
    }

    static func isFrame(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "~"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
