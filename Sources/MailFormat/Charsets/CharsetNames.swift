/// The charsets that are read, and the names that mail gives them.
enum CharsetNames {
    /// The C library's name for a label, `ascii` for none at all; nil for what is not on the list.
    static func charset(_ label: String) -> String? {
        let name = normal(label)
        return name.isEmpty ? "ascii" : known[name]
    }

    /// A label in lower case, without quotes, comments and parameters.
    static func normal(_ label: String) -> String {
        var out: [UInt8] = []
        for byte in label.utf8.prefix(64) {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), 0x00...0x20, 0x7F...0xFF: continue
            case UInt8(ascii: "("), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "*"): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "_"): out.append(UInt8(ascii: "-"))
            default: out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Those that write ASCII otherwise than as ASCII.
    static let wide: Set<String> = [
        "UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN-EXT",
    ]
    static let multiByte: Set<String> = ["GB18030", "BIG5-HKSCS", "CP932", "EUC-JP", "UHC", "EUC-TW"]

    /// Every label that is read, and the C library's name for it.
    private static let known: [String: String] = {
        var table: [String: String] = [:]
        let groups: [(String, [String])] = [
            (
                "ascii",
                [
                    "ascii", "us-ascii", "ansi-x3.4-1968", "ansi-x3.4-1986", "iso646-us", "iso-ir-6", "646", "unknown-8bit", "x-unknown",
                    "unknown",
                    "8bit", "binary", "default", "default-charset", "none", "7bit", "x-user-defined", "us", "ansi-x3.4", "iso-646",
                    "csascii",
                    "unspecified", "undefined", "x-default", "text/plain", "charset",
                ]
            ),
            (
                "UTF-8",
                [
                    "utf-8", "utf8", "unicode-1-1-utf-8", "x-utf-8", "utf-8mb4", "utf8mb4", "cp65001", "unicode-2-0-utf-8", "utf-8-sig",
                    "utf-8-strict", "csutf8", "x-unicode-2-0-utf-8", "wtf-8", "cesu-8",
                ]
            ),
            ("UTF-7", ["utf-7", "utf7", "unicode-1-1-utf-7"]), ("UTF-16", ["utf-16", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2"]),
            ("UTF-16LE", ["utf-16le", "utf-16-le", "utf16le", "ucs-2le", "unicodelittle"]),
            ("UTF-16BE", ["utf-16be", "utf-16-be", "utf16be", "ucs-2be", "unicodefffe"]), ("UTF-32", ["utf-32", "utf32", "ucs-4"]),
            ("UTF-32LE", ["utf-32le"]), ("UTF-32BE", ["utf-32be"]),
            (
                "WINDOWS-1252",
                [
                    "iso-8859-1", "iso8859-1", "iso88591", "iso-8859-1-windows-3.1-latin-1", "latin1", "latin-1", "l1", "iso-ir-100",
                    "windows-1252", "windows1252", "windows-1252-1", "windows-latin1", "iso-8859-1-1", "iso8859-15-1", "8859-1",
                    "iso-88591", "iso-latin-1", "csisolatin1", "iso-8859-1-a", "win-1252", "win1252", "x-windows-1252", "cp1252", "cp-1252",
                    "x-cp1252", "ansi", "x-ansi", "ibm819", "cp819",
                ]
            ),
            (
                "GB18030",
                [
                    "gb2312", "gb-2312", "gb-2312-80", "gb2312-80", "gbk", "gb18030", "gb18030-2000", "gb18030-2022", "cp936", "ms936",
                    "windows-936", "x-gbk", "x-cp936", "euc-cn", "euccn",
                    "gb-2312-1980", "iso-ir-58", "csgb231280", "csgbk",
                    "chinese", "csgb2312",
                ]
            ),
            (
                "BIG5-HKSCS",
                [
                    "big5", "big-5", "big5-hkscs", "cp950", "x-x-big5", "csbig5", "cn-big5", "big5-eten", "big5hkscs", "x-cp950",
                    "windows-950", "ms950", "csbig5hkscs",
                ]
            ),
            (
                "CP932",
                [
                    "shift-jis", "shiftjis", "sjis", "s-jis", "sjis-win", "x-shift-jis", "shift-jisx0213", "cswindows31j", "ms-kanji-1",
                    "x-ms-cp932", "x-sjis", "ms-kanji", "windows-31j", "cp932", "ms932", "csshiftjis",
                ]
            ),
            (
                "EUC-JP",
                [
                    "euc-jp", "eucjp", "x-euc-jp", "cp51932", "euc-jp-ms", "eucjp-ms", "eucjp-win", "ujis", "x-eucjp",
                    "extended-unix-code-packed-format-for-japanese", "cseucpkdfmtjapanese", "euc-jisx0213",
                ]
            ),
            (
                "ISO-2022-JP",
                [
                    "iso-2022-jp", "iso2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-2004",
                    "iso-2022-jp-ms", "cp50220", "cp50221", "cp50222", "jis", "csiso2022jp2", "-iso-2022-jp$esc",
                ]
            ),
            (
                "UHC",
                [
                    "euc-kr", "euckr", "ks-c-5601-1987", "ks-c-5601", "ksc5601", "ksc-5601", "korean", "uhc", "cp949", "windows-949",
                    "ms949", "cseuckr", "x-euc-kr", "x-windows-949", "ks-c-5601-1989", "iso-ir-149", "csksc56011987", "ksc56011987",
                ]
            ),
            ("ISO-2022-KR", ["iso-2022-kr", "iso2022-kr", "csiso2022kr"]),
            ("ISO-2022-CN-EXT", ["iso-2022-cn", "iso-2022-cn-ext"]), ("EUC-TW", ["euc-tw", "euctw", "x-euc-tw"]),
            ("TCVN", ["tcvn", "tcvn-5712", "x-viet-tcvn5712"]),
            ("VISCII", ["viscii", "csviscii"]), ("KOI8-T", ["koi8-t"]), ("GEORGIAN-PS", ["georgian-ps"]), ("ARMSCII-8", ["armscii-8"]),
            ("KOI8-R", ["koi8-r", "koi8r", "koi8", "koi", "cskoi8r", "cp20866", "x-koi8-r", "koi8-rfc1489"]),
            ("KOI8-U", ["koi8-u", "koi8u", "koi8-ru", "cp21866"]),
            ("MACINTOSH", ["macintosh", "mac", "macroman", "x-mac-roman", "x-macroman", "mac-roman", "csmacintosh"]),
            ("MAC-CYRILLIC", ["x-mac-cyrillic", "mac-cyrillic", "x-mac-ukrainian"]),
            ("CP437", ["ibm437", "cp437", "437"]), ("CP850", ["ibm850", "cp850", "cp-850", "850"]), ("CP852", ["ibm852", "cp852"]),
            ("CP855", ["cp855", "ibm855"]),
            ("CP858", ["cp858"]), ("CP866", ["ibm866", "cp866", "866", "csibm866"]),
            ("CP874", ["tis-620", "tis620", "windows-874", "cp874", "iso-8859-11", "iso8859-11", "x-windows-874", "dos-874"]),
            ("ISO-8859-8", ["iso-8859-8", "iso-8859-8-i", "iso-8859-8-e", "visual", "logical"]),
            ("ISO-8859-6", ["iso-8859-6", "iso-8859-6-i", "arabic"]),
            ("ISO-8859-2", ["latin2", "latin-2", "l2"]), ("ISO-8859-5", ["cyrillic"]), ("ISO-8859-7", ["greek"]),
            ("ISO-8859-9", ["latin5"]), ("ISO-8859-15", ["latin9", "latin-9", "latin-0", "l9", "iso-885915"]), ("ISO-8859-3", ["latin3"]),
            ("ISO-8859-4", ["latin4"]), ("ISO-8859-10", ["latin6"]), ("ISO-8859-16", ["latin10"]),
            ("CP737", ["cp737", "ibm737"]), ("CP775", ["cp775", "ibm775"]), ("CP857", ["cp857", "ibm857"]), ("CP860", ["cp860", "ibm860"]),
            ("CP861", ["cp861", "ibm861"]),
            ("CP862", ["cp862", "ibm862"]), ("CP863", ["cp863", "ibm863"]), ("CP864", ["cp864", "ibm864"]), ("CP865", ["cp865", "ibm865"]),
            ("CP869", ["cp869", "ibm869"]),
            ("CP1125", ["cp1125", "ibm1125", "ruscii"]), ("MAC-CENTRALEUROPE", ["x-mac-ce", "x-mac-centraleurroman", "mac-centraleurope"]),
        ]
        for (charset, names) in groups { for name in names { table[name] = charset } }
        // ISO-8859-9 is a part of Windows-1254, as -1 is of -1252.
        for number in [2, 3, 4, 5, 7, 9, 10, 13, 14, 15, 16] {
            let charset = number == 9 ? "WINDOWS-1254" : "ISO-8859-\(number)"
            table["iso-8859-\(number)"] = charset
            table["iso8859-\(number)"] = charset
            table["iso-8859\(number)"] = charset
            table["iso8859\(number)"] = charset
            table["8859-\(number)"] = charset
        }
        for number in 1250...1258 where number != 1252 {
            for prefix in ["windows-", "cp", "win-", "x-cp", "cp-", "windows", "win", "x-windows-", "ms-", "cswindows", "ansi-"] {
                table["\(prefix)\(number)"] = "WINDOWS-\(number)"
            }
        }
        return table
    }()
}
