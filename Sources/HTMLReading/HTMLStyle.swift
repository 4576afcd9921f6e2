/// The few declarations of a `style` attribute that change how text is laid out, or say what it is.
public enum HTMLStyle {
    /// A line above a block, as Outlook draws it above an earlier mail: `border-top:solid #E1E1E1 1.0pt`.
    public static func drawsRuleAbove(_ style: String) -> Bool {
        guard style.hasPart(ignoringCase: "border-top") else { return false }
        return compact(style).split(separator: ";").contains { $0.hasPrefix("border-top") && $0.hasPart("solid") && !$0.hasPart("none") }
    }

    static func hides(_ style: String) -> Bool {
        style.hasPart(ignoringCase: "display") && compact(style).hasPart("display:none")
            || style.hasPart(ignoringCase: "mso-hide") && compact(style).hasPart("mso-hide:all")
    }

    static func preformats(_ style: String) -> Bool {
        style.hasPart(ignoringCase: "white-space") && compact(style).hasPart("white-space:pre")
    }

    /// Without white space, in small letters.
    private static func compact(_ style: String) -> String {
        String(decoding: style.utf8.lazy.filter { !$0.isSpace }.map { $0.lowercased }, as: UTF8.self)
    }
}

extension StringProtocol {
    /// Whether the UTF-8 of `part` occurs here.
    public func hasPart(_ part: StaticString) -> Bool {
        let needle = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
        if let found = utf8.withContiguousStorageIfAvailable({ needle.isPart(of: $0) }) { return found }
        var copy = String(self)
        return copy.withUTF8 { needle.isPart(of: $0) }
    }

    /// Whether ASCII letters occur here, small or capital. `part` is lower-case.
    func hasPart(ignoringCase part: StaticString) -> Bool {
        let needle = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
        var copy = String(self)
        return copy.withUTF8 { text in
            guard text.count >= needle.count else { return false }
            guard let first = needle.first else { return true }
            for begin in 0...(text.count - needle.count) where text[begin] | 0x20 == first | 0x20 {
                var same = 0
                while same < needle.count, text[begin + same].lowercased == needle[same] { same += 1 }
                if same == needle.count { return true }
            }
            return false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isPart(of text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first else { return true }
        guard count <= text.count else { return false }
        var begin = text.next(first, from: 0)
        while begin <= text.count - count {
            var same = 1
            while same < count, text[begin + same] == self[same] { same += 1 }
            if same == count { return true }
            begin = text.next(first, from: begin + 1)
        }
        return false
    }
}
