/// The text of an RTF document, without its form. Also of RTF that was made of HTML (MS-OXRTFEX): its tags stand in groups that are left out.
enum RichText {
    private struct Group {
        var isHidden = false
        /// Bytes behind `\u` that stand for the same letter.
        var skipped = 1
    }

    static func text(of source: [UInt8]) -> String {
        var reader = Reader(source)
        return reader.read()
    }

    private struct Reader {
        let source: [UInt8]
        var at = 0
        var out: [UInt8] = []
        var pending: [UInt8] = []
        var group = Group()
        var outer: [Group] = []
        var codepage = "windows-1252"
        var skip = 0

        init(_ source: [UInt8]) {
            self.source = source
        }

        mutating func read() -> String {
            while at < source.count {
                let byte = source[at]
                at += 1
                switch byte {
                case UInt8(ascii: "{"): if outer.count < 10_000 { outer.append(group) }
                case UInt8(ascii: "}"):
                    flush()
                    group = outer.popLast() ?? Group()
                case UInt8(ascii: "\\"): command()
                case 0x0D, 0x0A, 0: break
                default: put(byte)
                }
            }
            flush()
            return String(cleaning: out[...])
        }

        private mutating func put(_ byte: UInt8) {
            if skip > 0 { skip -= 1 } else if !group.isHidden { pending.append(byte) }
        }

        /// Bytes of one code page are read together: letters may have two.
        private mutating func flush() {
            guard !pending.isEmpty else { return }
            out += Charsets.decode(pending, named: codepage).utf8
            pending = []
        }

        private mutating func command() {
            guard at < source.count else { return }
            let first = source[at]
            guard first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
                at += 1
                symbol(first)
                return
            }
            let begin = at
            while at < source.count, source[at] | 0x20 >= 0x61, source[at] | 0x20 <= 0x7A, at - begin < 32 { at += 1 }
            let word = String(decoding: source[begin..<at], as: UTF8.self)
            var digits: [UInt8] = []
            if at < source.count, source[at] == UInt8(ascii: "-") || source[at] >= 0x30 && source[at] <= 0x39 {
                digits.append(source[at])
                at += 1
                while at < source.count, source[at] >= 0x30, source[at] <= 0x39, digits.count < 10 {
                    digits.append(source[at])
                    at += 1
                }
            }
            if at < source.count, source[at] == 0x20 { at += 1 }
            apply(word, Int(String(decoding: digits, as: UTF8.self)))
        }

        private mutating func symbol(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "'"):
                guard at + 1 < source.count, let high = source[at].hexValue, let low = source[at + 1].hexValue else { return }
                at += 2
                put(high << 4 | low)
            case UInt8(ascii: "*"): group.isHidden = true
            case UInt8(ascii: "~"): put(0x20)
            case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): put(byte)
            case UInt8(ascii: "_"): put(UInt8(ascii: "-"))
            default: break
            }
        }

        private mutating func apply(_ word: String, _ number: Int?) {
            switch word {
            case "par", "line", "row", "sect", "page":
                flush()
                if !group.isHidden { out.append(0x0A) }
            case "tab", "cell": put(0x09)
            case "u":
                flush()
                let value = UInt32(truncatingIfNeeded: (number ?? 0x20) & 0xFFFF)
                if !group.isHidden { out += String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8 }
                skip = group.skipped
            case "uc": group.skipped = min(max(number ?? 1, 0), 16)
            case "ansicpg":
                flush()
                if let number, Charsets.isKnown("cp\(number)") { codepage = "cp\(number)" }
            case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "listtable", "generator":
                group.isHidden = true
            case "htmlrtf": group.isHidden = number != 0
            default: break
            }
        }
    }
}
