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
        case .string(let text): text.utf8.count + text.utf8.count / 8
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

    /// RFC 8259 §7: lists of messages are mostly texts, so this is most of the work.
    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            // A stretch at a time: what is escaped may need six times the room.
            let longest = min(bytes.count, 4_096)
            withUnsafeTemporaryAllocation(byteCount: 6 * longest + 8, alignment: 8) { room in
                var begin = 0
                while begin < bytes.count {
                    let end = min(begin + longest, bytes.count)
                    let count = escape(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[begin..<end]), into: room)
                    out.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
                    begin = end
                }
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// - Parameter room: of six times as many bytes, and eight more.
    /// - Returns: how many bytes were written.
    private static func escape(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (letters, digits) = (Self.letters, Self.digits)
        var (index, count) = (0, 0)
        while index < bytes.count {
            // Eight at once, as far as they may be copied.
            while index + 8 <= bytes.count {
                let stored = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let eight = UInt64(littleEndian: stored)
                let quotes = eight ^ (ones &* 0x22)
                let slashes = eight ^ (ones &* 0x5C)
                // The highest bit of a byte below 0x20, or of one that became 0: of the first such byte for certain.
                let found = ((eight &- ones &* 0x20) & ~eight | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & (ones &* 0x80)
                room.storeBytes(of: stored, toByteOffset: count, as: UInt64.self)
                let plain = found.trailingZeroBitCount / 8
                index += plain
                count += plain
                if plain < 8 { break }
            }
            guard index < bytes.count else { break }
            let byte = bytes[index]
            index += 1
            let letter = letters[Int(byte)]
            if letter == 0 {
                room[count] = byte
                count += 1
            } else {
                room[count] = UInt8(ascii: "\\")
                room[count + 1] = letter
                count += 2
                guard letter == UInt8(ascii: "u") else { continue }
                room[count] = UInt8(ascii: "0")
                room[count + 1] = UInt8(ascii: "0")
                room[count + 2] = digits[Int(byte >> 4)]
                room[count + 3] = digits[Int(byte & 15)]
                count += 4
            }
        }
        return count
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// What follows the backslash for each byte; 0 where none is needed.
    private static let letters: [UInt8] = {
        var letters = [UInt8](repeating: 0, count: 256)
        for byte in 0..<0x20 { letters[byte] = UInt8(ascii: "u") }
        letters[0x0A] = UInt8(ascii: "n")
        letters[0x0D] = UInt8(ascii: "r")
        letters[0x09] = UInt8(ascii: "t")
        letters[0x22] = UInt8(ascii: "\"")
        letters[0x5C] = UInt8(ascii: "\\")
        return letters
    }()
}
