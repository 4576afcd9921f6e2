/// For text between tags and within double-quoted attributes.
enum HTMLEscape {
    static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) { text.withUnsafeBufferPointer { append($0, to: &out) } }

    /// Runs of plain bytes are copied whole.
    fileprivate static func append(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var run = 0
        for index in text.indices {
            guard let escaped = escaped(text[index]) else { continue }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<index]))
            out.append(contentsOf: UnsafeBufferPointer(start: escaped.utf8Start, count: escaped.utf8CodeUnitCount))
            run = index + 1
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: text[run...]))
    }

    @inline(__always)
    private static func escaped(_ byte: UInt8) -> StaticString? {
        guard byte <= UInt8(ascii: ">") else { return nil }
        switch byte {
        case UInt8(ascii: "&"): return "&amp;"
        case UInt8(ascii: "<"): return "&lt;"
        case UInt8(ascii: ">"): return "&gt;"
        case UInt8(ascii: "\""): return "&quot;"
        case UInt8(ascii: "'"): return "&#39;"
        default: return nil
        }
    }
}

extension String {
    func appendEscapedForHTML(to out: inout [UInt8]) {
        var copy = self
        copy.withUTF8 { HTMLEscape.append($0, to: &out) }
    }

    func escapedForHTML() -> String {
        var out: [UInt8] = []
        out.reserveCapacity(utf8.count)
        appendEscapedForHTML(to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
