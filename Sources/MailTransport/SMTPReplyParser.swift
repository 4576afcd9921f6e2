import Foundation
import NIOCore

/// Puts a server's reply together from what comes (RFC 5321 §4.2.1), within bounds.
struct SMTPReplyParser: Sendable {
    enum Step: Equatable {
        case needsMore
        case reply(SMTPReply)
        /// What came is no SMTP; nothing after it can be understood.
        case garbage
    }

    /// RFC 5321 §4.5.3.1.5 says 512 for a line; real servers write more.
    static let maxLineBytes = 4_096
    static let maxLines = 200

    private var input = ByteBuffer()
    private var code: Int?
    private var lines: [Substring] = []

    /// True in the middle of a reply.
    var isMidReply: Bool { code != nil || input.readableBytes > 0 }

    mutating func receive(_ bytes: ByteBuffer) {
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.writeImmutableBuffer(bytes)
        }
    }

    mutating func next() -> Step {
        while true {
            let lineFeed = input.withUnsafeReadableBytes { bytes -> Int? in
                guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count) else { return nil }
                return UnsafeRawPointer(found) - base
            }
            guard let lineFeed else { return input.readableBytes > Self.maxLineBytes ? .garbage : .needsMore }
            guard lineFeed <= Self.maxLineBytes, lines.count < Self.maxLines, var text = input.readString(length: lineFeed + 1) else {
                return .garbage
            }
            while let last = text.utf8.last, last == 0x0A || last == 0x0D { text.unicodeScalars.removeLast() }
            guard let isLast = take(text) else { return .garbage }
            if isLast { return .reply(finish()) }
        }
    }

    /// Takes one line; true where it is the reply's last, nil where it is none.
    private mutating func take(_ line: String) -> Bool? {
        let bytes = Array(line.utf8.prefix(4))
        guard bytes.count >= 3, bytes[0...2].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let number = bytes[0...2].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (200...599).contains(number), code == nil || code == number else { return nil }
        guard bytes.count == 3 || bytes[3] == UInt8(ascii: " ") || bytes[3] == UInt8(ascii: "-") else { return nil }
        code = number
        let content = line.utf8.dropFirst(4)
        lines.append(Substring(String(decoding: content.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)))
        return bytes.count == 3 || bytes[3] == UInt8(ascii: " ")
    }

    private mutating func finish() -> SMTPReply {
        let status = lines.last.flatMap(Self.status)
        // The code is repeated on each line of a multi-line reply (RFC 2034 §4).
        let texts = lines.map { line in
            guard let status, line.hasPrefix(status) else { return String(line) }
            return line.dropFirst(status.count).trimmingSpaces
        }
        defer {
            code = nil
            lines = []
        }
        return SMTPReply(code ?? 0, status, lines: texts)
    }

    /// The enhanced status code at the start of a line (RFC 3463 §2): `5.1.1`.
    private static func status(_ line: Substring) -> String? {
        let word = line.prefix { $0 != " " }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2", "4", "5"].contains(parts[0]) else { return nil }
        guard parts.dropFirst().allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return nil
        }
        return String(word)
    }
}
