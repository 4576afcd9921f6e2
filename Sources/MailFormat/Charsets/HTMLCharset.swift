/// The charset that an HTML text declares of itself, for parts whose header names none: `<meta charset=…>` (WHATWG HTML §13.2.3.2).
enum HTMLCharset {
    static func declared(_ bytes: [UInt8]) -> String? {
        let head = bytes.prefix(1_024).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        let word = Array("charset=".utf8)
        var index = 0
        while index + word.count < head.count {
            guard head[index] == word[0], head[index...].starts(with: word) else {
                index += 1
                continue
            }
            let name = head[(index + word.count)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == 0x20 }
                .prefix {
                    $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: ";")
                        && $0 != UInt8(ascii: "/")
                }
            let label = String(decoding: name, as: UTF8.self)
            return Charsets.isKnown(label) && !label.hasPrefix("utf-16") ? label : nil
        }
        return nil
    }
}
