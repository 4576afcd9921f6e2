/// Which charset an unlabelled 8-bit text is in, where that can be told safely: by the shape of its letters and by how often the commonest ones
/// come. In doubt nil, and the text is read as Western.
enum CharsetGuess {
    static func charset(of bytes: [UInt8]) -> String? {
        let head = bytes.prefix(20_000)
        if hasEscape(Array(head)) { return "ISO-2022-JP" }
        let high = head.count { $0 >= 0x80 }
        guard high >= 4 else { return nil }
        if let cyrillic = cyrillic(head, high) { return cyrillic }
        return eastAsian(head, high)
    }

    /// `ESC $` or `ESC (`: ISO-2022-JP is 7-bit.
    static func hasEscape(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while let escape = bytes[index...].firstIndex(of: 0x1B), escape + 1 < bytes.count {
            if bytes[escape + 1] == UInt8(ascii: "$") || bytes[escape + 1] == UInt8(ascii: "(") { return true }
            index = escape + 1
        }
        return false
    }

    /// Words wholly of letters from 0xC0 on, of which the six commonest of Russian are a third or more (о е а и н т: 48 % in prose).
    private static func cyrillic(_ head: ArraySlice<UInt8>, _ high: Int) -> String? {
        let letters = head.count { $0 >= 0xC0 || [0xA3, 0xA8, 0xB3, 0xB8].contains($0) }
        guard letters * 20 >= high * 19, high >= 6, longestRun(head) >= 3 else { return nil }
        let windows = head.count { [0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2].contains($0) }
        let koi8 = head.count { [0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4].contains($0) }
        guard max(windows, koi8) * 3 >= high else { return nil }
        return windows > koi8 ? "WINDOWS-1251" : "KOI8-R"
    }

    private static func longestRun(_ head: ArraySlice<UInt8>) -> Int {
        var longest = 0
        var run = 0
        for byte in head {
            run = byte >= 0x80 ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// Pairs of bytes, read from the left as each charset pairs them.
    private static func eastAsian(_ head: ArraySlice<UInt8>, _ high: Int) -> String? {
        var pairs = 0
        var kana = 0
        var late = 0
        var isEUC = true
        var isBig5 = true
        var big5Common = 0
        var isShiftJIS = true
        var shiftKana = 0
        var index = head.startIndex
        while index < head.endIndex {
            let one = head[index]
            guard one >= 0x80, index + 1 < head.endIndex else {
                index += 1
                continue
            }
            let two = head[index + 1]
            pairs += 1
            if one < 0xA1 || one == 0xFF || two < 0xA1 || two == 0xFF { isEUC = false }
            if one == 0xA4 || one == 0xA5 { kana += 1 }
            if one > 0xC8 { late += 1 }
            if one < 0xA1 || one > 0xF9 || !(0x40...0x7E ~= two || 0xA1...0xFE ~= two) { isBig5 = false }
            if 0xA4...0xC6 ~= one || one == 0xA1 { big5Common += 1 }
            if !(0x81...0x9F ~= one || 0xE0...0xFC ~= one) || two < 0x40 || two == 0x7F || two > 0xFC { isShiftJIS = false }
            if one == 0x82 || one == 0x83 { shiftKana += 1 }
            index += 2
        }
        guard pairs >= 4 else { return nil }
        if isShiftJIS, shiftKana * 5 >= pairs { return "CP932" }
        if isEUC {
            if kana * 4 >= pairs { return "EUC-JP" }
            return late * 12 < pairs ? "UHC" : "GB18030"
        }
        return isBig5 && big5Common * 10 >= pairs * 8 ? "BIG5-HKSCS" : nil
    }
}
