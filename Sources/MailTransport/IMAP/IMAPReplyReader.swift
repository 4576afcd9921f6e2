import Foundation
import NIOCore

/// Cuts what a server says into replies: lines, and the literals in them (RFC 9051 §4.3, §9), within bounds whatever comes.
///
/// Nothing is set aside for a literal before its bytes are there, and one that is too large goes by without being kept.
struct IMAPReplyReader: Sendable {
    /// A piece of one reply.
    enum Part: Sendable, Equatable {
        /// Without its line end and without the mark of the literal behind it.
        case text(ByteBuffer)
        case literal(ByteBuffer)
        /// A literal of so many bytes, more than is kept of one reply. It has gone by.
        case skipped(Int)
    }

    enum Step: Sendable, Equatable {
        case needsMore
        case reply([Part])
        /// A literal is announced that is too long even to let it go by; with what came before it. Nothing after it can be understood.
        case endless([Part], bytes: Int)
        /// What came is no IMAP; nothing after it can be understood.
        case garbage
    }

    /// Of one reply beside its literals.
    static let maxTextBytes = 65_536
    static let maxLiterals = 64
    /// A longer literal ends the connection.
    static let maxSkippedBytes = 512 * 1024 * 1024
    /// So many bytes of a literal count as one step forward.
    static let blockBytes = 256 * 1024

    /// Of the literals in one reply together.
    let maxLiteralBytes: Int
    /// Counts the blocks of literals that came.
    private(set) var blocks = 0

    private struct Literal {
        var length: Int
        var missing: Int
        /// nil for one that goes by.
        var kept: ByteBuffer?
    }

    private var input = ByteBuffer()
    /// Bytes of the present line in which there is no line feed.
    private var scanned = 0
    private var parts: [Part] = []
    private var textBytes = 0
    private var literalBytes = 0
    private var literals = 0
    private var literal: Literal?
    private var block = 0

    init(maxLiteralBytes: Int) { self.maxLiteralBytes = maxLiteralBytes }

    /// Nothing lies here that came and was not understood yet.
    var isEmpty: Bool { input.readableBytes == 0 && parts.isEmpty && literal == nil }

    mutating func receive(_ bytes: ByteBuffer) {
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.discardReadBytes()
            input.writeImmutableBuffer(bytes)
        }
    }

    mutating func next() -> Step {
        while true {
            if literal != nil {
                guard takeLiteral() else { return .needsMore }
                continue
            }
            guard let line = takeLine() else { return textBytes + scanned > Self.maxTextBytes ? .garbage : .needsMore }
            textBytes += line.readableBytes
            guard textBytes <= Self.maxTextBytes else { return .garbage }
            switch Self.announcement(in: line, isFirst: parts.isEmpty) {
            case .none:
                parts.append(.text(line))
                defer { begin() }
                return .reply(parts)
            case .garbage: return .garbage
            case .literal(let length, let textLength):
                parts.append(.text(line.getSlice(at: line.readerIndex, length: textLength) ?? ByteBuffer()))
                literals += 1
                guard literals <= Self.maxLiterals else { return .garbage }
                guard length <= Self.maxSkippedBytes else { return .endless(parts, bytes: length) }
                let fits = length <= maxLiteralBytes - literalBytes
                if fits { literalBytes += length }
                literal = Literal(length: length, missing: length, kept: fits ? ByteBuffer() : nil)
            }
        }
    }

    private mutating func begin() {
        (parts, textBytes, literalBytes, literals) = ([], 0, 0, 0)
    }

    /// The next line without its end; nil where there is none yet.
    private mutating func takeLine() -> ByteBuffer? {
        let from = scanned
        let found = input.withUnsafeReadableBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, from < bytes.count, let found = memchr(base + from, 0x0A, bytes.count - from) else {
                return nil
            }
            return UnsafeRawPointer(found) - base
        }
        guard let found, var line = input.readSlice(length: found + 1) else {
            scanned = input.readableBytes
            return nil
        }
        scanned = 0
        let isCRLF = found > 0 && line.getInteger(at: line.readerIndex + found - 1, as: UInt8.self) == 0x0D
        line.moveWriterIndex(to: line.writerIndex - (isCRLF ? 2 : 1))
        return line
    }

    /// Takes what has come of the literal; true where it is complete.
    private mutating func takeLiteral() -> Bool {
        guard var open = literal else { return true }
        // Taken out, so that its buffer is not copied at each piece.
        literal = nil
        let count = min(open.missing, input.readableBytes)
        if open.kept == nil {
            input.moveReaderIndex(forwardBy: count)
        } else if let piece = input.readSlice(length: count) {
            open.kept?.writeImmutableBuffer(piece)
        }
        open.missing -= count
        block += count
        blocks += block / Self.blockBytes
        block %= Self.blockBytes
        guard open.missing == 0 else {
            literal = open
            return false
        }
        parts.append(open.kept.map { .literal($0) } ?? .skipped(open.length))
        return true
    }

    private enum Announcement {
        case none, garbage
        case literal(length: Int, textLength: Int)
    }

    /// A literal announced at the end of a line: `{123}`, `{123+}`. The free text of a status reply announces none.
    private static func announcement(in line: ByteBuffer, isFirst: Bool) -> Announcement {
        let bytes = line.readableBytesView
        guard bytes.last == UInt8(ascii: "}"), !(isFirst && isStatus(line)) else { return .none }
        // 20 bytes are more than any number needs.
        guard let open = bytes.suffix(24).lastIndex(of: UInt8(ascii: "{")) else { return .none }
        var digits = bytes[(open + 1)...].dropLast()
        if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return .none }
        guard let length = Int(String(decoding: digits, as: UTF8.self)) else { return .garbage }
        return .literal(length: length, textLength: open - bytes.startIndex)
    }

    private static func isStatus(_ line: ByteBuffer) -> Bool {
        let head = String(decoding: line.readableBytesView.prefix(64), as: UTF8.self)
        let words = head.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count > 1 else { return false }
        return words[0] == "+" || IMAPResponse.Status(rawValue: words[1].uppercased()) != nil
    }
}
