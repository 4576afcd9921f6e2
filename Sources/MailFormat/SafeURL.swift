import HTMLReading

/// Addresses in foreign HTML: where a link may lead, what a picture may be loaded from.
enum SafeURL {
    /// Longer ones are not kept: a picture within the text (`data:`) is the longest that occurs.
    static let byteLimit = 1_500_000

    /// What a source is, once it is known to be harmless.
    enum Picture: Equatable {
        /// Stands in the mail itself.
        case own(String)
        /// An attachment of the same mail, by its `Content-ID`.
        case attached(String)
        case remote(String)
    }

    /// Where a link may lead; nil where it may not be followed.
    static func link(_ href: String) -> String? {
        guard let (scheme, url) = parts(of: href), ["http", "https", "mailto", "tel"].contains(scheme) else { return nil }
        return url
    }

    /// What a picture would be loaded from; nil where it is nothing that may be shown. SVG can hold anything, so it is none of them.
    static func picture(_ src: String) -> Picture? {
        guard let (scheme, url) = parts(of: src) else { return nil }
        switch scheme {
        case "cid": return .attached(String(url.dropFirst(4)))
        case "data":
            let lower = url.prefix(40).lowercased()
            let isPicture = ["png", "gif", "jpeg", "jpg", "webp"].contains { lower.hasPrefix("data:image/\($0);base64,") }
            return isPicture && url.utf8.allSatisfy { $0.isLetter || $0.isDigit || "+/=:;,%".utf8.contains($0) } ? .own(url) : nil
        case "http", "https": return .remote(url)
        default: return nil
        }
    }

    /// The scheme in lower case, and the URL as a browser takes it (WHATWG URL §4.4): controls and spaces at its ends and tabs and line ends
    /// anywhere go, other controls, spaces, quotes and backslashes are written as `%` and two digits. What stands in front of the colon and is no
    /// letter, digit, `+`, `-` or `.` makes the whole no absolute URL, whatever a browser would think of it.
    private static func parts(of url: String) -> (scheme: String, url: String)? {
        guard url.utf8.count <= byteLimit else { return nil }
        var bytes = ArraySlice(Array(url.utf8))
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var scheme: String?
        for byte in bytes {
            switch byte {
            case 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: ":") where scheme == nil:
                guard let first = out.first, first.isLetter, out.count <= 12 else { return nil }
                scheme = String(decoding: out.lazy.map { $0.lowercased }, as: UTF8.self)
                out.append(byte)
            case _ where scheme == nil:
                guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                else { return nil }
                out.append(byte)
            case 0x00...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "`"):
                out += [UInt8(ascii: "%"), hex(byte >> 4), hex(byte & 0xF)]
            default: out.append(byte)
            }
        }
        return scheme.map { ($0, String(decoding: out, as: UTF8.self)) }
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? digit + 0x30 : digit + 0x37 }
}
