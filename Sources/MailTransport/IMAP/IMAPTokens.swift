import NIOCore

/// A reply's words, flat: parentheses are tokens, so that no nesting, however deep, costs anything but its bytes.
enum IMAPToken: Sendable, Equatable {
    case open, close
    case atom(String)
    /// Quoted, or a literal.
    case string(ByteBuffer)
    /// A literal of so many bytes that was not kept.
    case skipped(Int)

    /// Deeper than any reply that we ask for.
    static let maxDepth = 32

    /// nil where the parts are no IMAP (RFC 9051 §9).
    static func read(_ parts: [IMAPReplyReader.Part]) -> [IMAPToken]? {
        var tokens: [IMAPToken] = []
        var depth = 0
        for part in parts {
            switch part {
            case .literal(let bytes): tokens.append(.string(bytes))
            case .skipped(let count): tokens.append(.skipped(count))
            case .text(let text): guard read(text, &tokens, &depth) else { return nil }
            }
        }
        return depth == 0 ? tokens : nil
    }

    private static func read(_ text: ByteBuffer, _ tokens: inout [IMAPToken], _ depth: inout Int) -> Bool {
        let bytes = text.readableBytesView
        var at = bytes.startIndex
        while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: " "): at += 1
            case UInt8(ascii: "("):
                depth += 1
                guard depth <= maxDepth else { return false }
                tokens.append(.open)
                at += 1
            case UInt8(ascii: ")"):
                depth -= 1
                guard depth >= 0 else { return false }
                tokens.append(.close)
                at += 1
            case UInt8(ascii: "\""):
                guard let (string, end) = quoted(bytes, at + 1) else { return false }
                tokens.append(.string(string))
                at = end
            default:
                let end = bytes[at...].firstIndex { $0 == 0x20 || $0 == 0x28 || $0 == 0x29 || $0 == 0x22 } ?? bytes.endIndex
                tokens.append(.atom(String(decoding: bytes[at..<end], as: UTF8.self)))
                at = end
            }
        }
        return true
    }

    /// The string whose opening quote stands before `start`, and the place behind its closing one.
    private static func quoted(_ bytes: ByteBufferView, _ start: Int) -> (string: ByteBuffer, end: Int)? {
        var string = ByteBuffer()
        var at = start
        while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: "\""): return (string, at + 1)
            case UInt8(ascii: "\\") where at + 1 < bytes.endIndex:
                string.writeInteger(bytes[at + 1])
                at += 2
            default:
                string.writeInteger(bytes[at])
                at += 1
            }
        }
        return nil
    }
}
