import CMailParts

/// Bytes to text by an allow-list of charsets; wrong labels are noticed. Never fails: what cannot be read becomes U+FFFD.
enum Charsets {
    struct Decoded {
        var text: String
        /// What was wrong, in words.
        var defect: String?
    }

    /// - Parameter label: the charset as the mail names it; nil where it names none.
    static func decode(_ bytes: [UInt8], named label: String?) -> Decoded {
        let name = label.map(normal) ?? ""
        let charset = name.isEmpty ? "ascii" : known[name]
        let isASCII = !bytes.contains { $0 >= 0x80 || $0 == 0x1B }
        if isASCII, !notASCIIBased.contains(charset ?? "") { return Decoded(text: String(decoding: bytes, as: UTF8.self)) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Decoded(text: String(decoding: bytes[3...], as: UTF8.self)) }

        let utf8 = UTF8Shape(bytes)
        guard let charset else {
            let defect = "charset “\(name.prefix(40))” is not known"
            return Decoded(text: utf8.isValid ? String(decoding: bytes, as: UTF8.self) : western(bytes), defect: defect)
        }
        switch charset {
        case "ascii":
            if bytes.contains(0x1B), hasJapaneseEscape(bytes), let japanese = convert(bytes, "ISO-2022-JP"), japanese.damaged == 0 {
                return Decoded(text: japanese.text, defect: "ISO-2022-JP text without a label")
            }
            if utf8.isValid {
                return Decoded(
                    text: String(decoding: bytes, as: UTF8.self), defect: utf8.sequences > 0 ? "8-bit text without a charset" : nil)
            }
            return Decoded(text: western(bytes), defect: "8-bit text without a charset")
        case "UTF-8":
            if utf8.isValid { return Decoded(text: String(decoding: bytes, as: UTF8.self)) }
            // Named UTF-8, but another charset: only a text without one whole sequence is taken for that.
            if utf8.sequences == 0, utf8.broken > 1 || bytes.count < 200 {
                return Decoded(text: western(bytes), defect: "not UTF-8 as it says")
            }
            return Decoded(text: String(decoding: bytes, as: UTF8.self), defect: "damaged UTF-8")
        case "WINDOWS-1252":
            if utf8.isValid, utf8.sequences > 0 {
                return Decoded(text: String(decoding: bytes, as: UTF8.self), defect: "UTF-8 named \(name)")
            }
            return Decoded(text: western(bytes))
        default:
            if utf8.isValid, utf8.sequences > 1, !notASCIIBased.contains(charset), !multiByte.contains(charset) {
                return Decoded(text: String(decoding: bytes, as: UTF8.self), defect: "UTF-8 named \(name)")
            }
            guard let converted = convert(bytes, charset) else {
                return Decoded(
                    text: utf8.isValid ? String(decoding: bytes, as: UTF8.self) : western(bytes), defect: "charset “\(name)” cannot be read"
                )
            }
            if converted.damaged > 0, utf8.isValid, utf8.sequences > 0 {
                return Decoded(text: String(decoding: bytes, as: UTF8.self), defect: "UTF-8 named \(name)")
            }
            return Decoded(text: converted.text, defect: converted.damaged > 0 ? "damaged \(name) text" : nil)
        }
    }

    static func isKnown(_ label: String) -> Bool { known[normal(label)] != nil }

    /// Whether a charset writes ASCII otherwise than as ASCII: then NUL and control characters are parts of letters.
    static func isWide(_ label: String?) -> Bool { label.flatMap { known[normal($0)] }.map(notASCIIBased.contains) ?? false }

    private static func normal(_ label: String) -> String {
        var out: [UInt8] = []
        for byte in label.utf8.prefix(48) where byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'") {
            out.append(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Windows-1252, of which ISO-8859-1 is a part in all that mail programs write.
    static func western(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                out.append(byte)
            } else {
                let scalar = byte < 0xA0 ? upper1252[Int(byte) - 0x80] : UInt32(byte)
                out.append(contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func hasJapaneseEscape(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices.dropLast(2) where bytes[index] == 0x1B && (bytes[index + 1] == 0x24 || bytes[index + 1] == 0x28) {
            return true
        }
        return false
    }

    private static func convert(_ bytes: [UInt8], _ charset: String) -> (text: String, damaged: Int)? {
        // No charset needs more than three times its bytes in UTF-8, but single bytes that become U+FFFD.
        let capacity = bytes.count * 3 + 16
        var damaged = 0
        var known = true
        let out = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            guard let base = buffer.baseAddress else { return }
            bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress else { return }
                let written = mail_convert(charset, from, source.count, base, capacity, &damaged)
                if written < 0 { known = false } else { count = written }
            }
        }
        return known ? (String(decoding: out, as: UTF8.self), damaged) : nil
    }

    private static let upper1252: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    private static let notASCIIBased: Set<String> = [
        "UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "ISO-2022-JP", "ISO-2022-KR",
    ]
    private static let multiByte: Set<String> = ["GB18030", "BIG5-HKSCS", "CP932", "EUC-JP", "UHC"]

    /// Every label that is read, and the C library's name for it.
    private static let known: [String: String] = {
        var table: [String: String] = [:]
        let groups: [(String, [String])] = [
            (
                "ascii",
                [
                    "ascii", "us-ascii", "ansi-x3.4-1968", "ansi-x3.4-1986", "iso646-us", "iso-ir-6", "646", "unknown-8bit", "x-unknown",
                    "unknown",
                    "8bit", "binary", "default", "default-charset", "none", "7bit", "x-user-defined",
                ]
            ),
            ("UTF-8", ["utf-8", "utf8", "unicode-1-1-utf-8", "x-utf-8", "utf-8mb4", "utf8mb4", "cp65001"]),
            ("UTF-7", ["utf-7", "utf7", "unicode-1-1-utf-7"]), ("UTF-16", ["utf-16", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2"]),
            ("UTF-16LE", ["utf-16le", "utf-16-le"]), ("UTF-16BE", ["utf-16be", "utf-16-be"]), ("UTF-32", ["utf-32", "utf32", "ucs-4"]),
            ("UTF-32LE", ["utf-32le"]), ("UTF-32BE", ["utf-32be"]),
            (
                "WINDOWS-1252",
                [
                    "iso-8859-1", "iso8859-1", "iso88591", "iso-8859-1-windows-3.1-latin-1", "latin1", "latin-1", "l1", "iso-ir-100",
                    "windows-1252", "win-1252", "cp1252", "cp-1252", "x-cp1252", "ansi", "x-ansi", "ibm819", "cp819",
                ]
            ),
            (
                "GB18030",
                [
                    "gb2312", "gb-2312", "gb-2312-80", "gb2312-80", "gbk", "gb18030", "cp936", "ms936", "windows-936", "x-gbk", "euc-cn",
                    "chinese", "csgb2312",
                ]
            ),
            ("BIG5-HKSCS", ["big5", "big-5", "big5-hkscs", "cp950", "x-x-big5", "csbig5", "cn-big5"]),
            ("CP932", ["shift-jis", "shift-jis", "sjis", "x-sjis", "ms-kanji", "windows-31j", "cp932", "ms932", "csshiftjis"]),
            ("EUC-JP", ["euc-jp", "eucjp", "x-euc-jp", "cp51932"]),
            ("ISO-2022-JP", ["iso-2022-jp", "iso2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "cp50220", "cp50221"]),
            (
                "UHC",
                [
                    "euc-kr", "euckr", "ks-c-5601-1987", "ks-c-5601", "ksc5601", "ksc-5601", "korean", "uhc", "cp949", "windows-949",
                    "ms949", "cseuckr",
                ]
            ),
            ("ISO-2022-KR", ["iso-2022-kr", "iso2022-kr"]),
            ("KOI8-R", ["koi8-r", "koi8r", "koi8", "cskoi8r"]), ("KOI8-U", ["koi8-u", "koi8-ru"]),
            ("MACINTOSH", ["macintosh", "mac", "macroman", "x-mac-roman"]), ("MAC-CYRILLIC", ["x-mac-cyrillic"]),
            ("CP437", ["ibm437", "cp437"]), ("CP850", ["ibm850", "cp850"]), ("CP852", ["ibm852", "cp852"]), ("CP855", ["cp855", "ibm855"]),
            ("CP858", ["cp858"]), ("CP866", ["ibm866", "cp866"]), ("CP874", ["tis-620", "windows-874", "cp874", "iso-8859-11"]),
            ("ISO-8859-8", ["iso-8859-8", "iso-8859-8-i", "iso-8859-8-e", "visual", "logical"]),
            ("ISO-8859-6", ["iso-8859-6", "iso-8859-6-i", "arabic"]),
            ("ISO-8859-2", ["latin2", "latin-2", "l2"]), ("ISO-8859-5", ["cyrillic"]), ("ISO-8859-7", ["greek"]),
            ("ISO-8859-9", ["latin5"]), ("ISO-8859-15", ["latin9", "latin-9"]),
        ]
        for (charset, names) in groups { for name in names { table[name] = charset } }
        // ISO-8859-9 is a part of Windows-1254, as -1 is of -1252.
        for number in [2, 3, 4, 5, 7, 9, 10, 13, 14, 15, 16] {
            let charset = number == 9 ? "WINDOWS-1254" : "ISO-8859-\(number)"
            table["iso-8859-\(number)"] = charset
            table["iso8859-\(number)"] = charset
        }
        for number in 1250...1258 where number != 1252 {
            for prefix in ["windows-", "cp", "win-", "x-cp", "cp-"] { table["\(prefix)\(number)"] = "WINDOWS-\(number)" }
        }
        return table
    }()
}

/// Whether bytes are UTF-8 (RFC 3629), and how much of them is beyond ASCII.
struct UTF8Shape {
    private(set) var sequences = 0
    private(set) var broken = 0
    var isValid: Bool { broken == 0 }

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    index += 1
                    continue
                }
                let length = byte >= 0xC2 && byte <= 0xDF ? 2 : byte >= 0xE0 && byte <= 0xEF ? 3 : byte >= 0xF0 && byte <= 0xF4 ? 4 : 0
                guard length > 0, index + length <= bytes.count else {
                    broken += 1
                    index += 1
                    continue
                }
                var whole = true
                for next in 1..<length where bytes[index + next] & 0xC0 != 0x80 { whole = false }
                let second = bytes[index + 1]
                if byte == 0xE0 && second < 0xA0 || byte == 0xED && second > 0x9F || byte == 0xF0 && second < 0x90
                    || byte == 0xF4 && second > 0x8F
                {
                    whole = false
                }
                if whole {
                    sequences += 1
                    index += length
                } else {
                    broken += 1
                    index += 1
                }
            }
        }
    }
}
