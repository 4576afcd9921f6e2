/// A JSON value to be written. Objects keep their order; `raw` is JSON that the store already holds.
///
/// Foundation's encoder costs several times as much for the lists that agents load all day, so the writer is ours.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])
    case raw(String)

    public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
    public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
    public init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }

    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(4096 + textBytes)
        write(to: &out)
        return out
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Bytes of all texts in it, with some more for what is escaped.
    private var textBytes: Int {
        switch self {
        case .string(let text): text.utf8.count + text.utf8.count / 16
        case .raw(let text): text.utf8.count
        case .array(let values): values.reduce(0) { $0 + $1.textBytes }
        case .object(let members): members.reduce(0) { $0 + $1.0.utf8.count + $1.1.textBytes }
        default: 0
        }
    }

    public func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += value ? "true".utf8 : "false".utf8
        case .integer(let value): out += String(value).utf8
        case .number(let value): out += value.isFinite ? String(value).utf8 : "null".utf8
        case .string(let text): Self.write(text, to: &out)
        case .raw(let text): out += text.utf8
        case .array(let values):
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                value.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.0, to: &out)
                out.append(UInt8(ascii: ":"))
                member.1.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// RFC 8259 §7. Runs of plain bytes are copied whole: lists of messages are mostly those.
    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var run = 0
            var index = -1
            while let found = Self.special(bytes, from: index + 1) {
                index = found
                let byte = bytes[index]
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<index]))
                run = index + 1
                switch byte {
                case UInt8(ascii: "\""): out += "\\\"".utf8
                case UInt8(ascii: "\\"): out += "\\\\".utf8
                case UInt8(ascii: "\n"): out += "\\n".utf8
                case UInt8(ascii: "\r"): out += "\\r".utf8
                case UInt8(ascii: "\t"): out += "\\t".utf8
                default: out += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
                }
            }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run...]))
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Where the next byte stands that may not be copied; nil where none does. Eight at once are passed over.
    private static func special(_ bytes: UnsafeBufferPointer<UInt8>, from begin: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(bytes)
        var index = begin
        while index + 8 <= bytes.count {
            let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = eight ^ (ones &* 0x22)
            let slashes = eight ^ (ones &* 0x5C)
            // The highest bit of a byte below 0x20, or of one that became 0.
            let found = (eight &- ones &* 0x20) & ~eight | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
            if found & (ones &* 0x80) != 0 { break }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return nil
    }
}
