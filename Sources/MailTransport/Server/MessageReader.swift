import Foundation
import NIOCore

/// Reads the text that follows DATA: undoes dot-stuffing and finds its end (RFC 5321 §4.5.2).
///
/// Only CR LF `.` CR LF ends a message. A bare CR or LF is content like any other byte and is kept as it came: it never ends a
/// line, never begins one (so a dot after it is not stuffing), and so can never end the message. Nothing is refused for it, since
/// careless senders exist and this receiver passes nothing on.
///
/// Every byte is looked at once, by `memchr`, and copied in whole stretches.
struct MessageReader: Sendable {
    private enum Position {
        /// In the middle of a line.
        case text
        /// After a CR that was content so far.
        case carriageReturn
        /// Right after CR LF, or at the very beginning.
        case lineStart
        /// After a dot at the start of a line; the dot has been taken away.
        case dot
        /// After dot and CR.
        case dotCarriageReturn
    }

    private var position = Position.lineStart
    /// Bytes of content seen.
    private(set) var contentBytes = 0
    /// More than this is counted, but not kept.
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isTooLarge: Bool { contentBytes > limit }

    /// Takes content from `input` and puts it into `message`; true once the end was reached, with what follows it left in `input`.
    mutating func read(from input: inout ByteBuffer, into message: inout ByteBuffer) -> Bool {
        while let next = input.getInteger(at: input.readerIndex, as: UInt8.self) {
            switch position {
            case .text:
                copyText(from: &input, into: &message)
            case .carriageReturn:
                position = .text
                if next == UInt8(ascii: "\n") {
                    keep(1, of: &input, in: &message)
                    position = .lineStart
                }
            case .lineStart:
                position = .text
                if next == UInt8(ascii: ".") {
                    input.moveReaderIndex(forwardBy: 1)
                    position = .dot
                }
            case .dot:
                position = .text
                if next == UInt8(ascii: "\r") {
                    input.moveReaderIndex(forwardBy: 1)
                    position = .dotCarriageReturn
                }
            case .dotCarriageReturn:
                if next == UInt8(ascii: "\n") {
                    input.moveReaderIndex(forwardBy: 1)
                    position = .lineStart
                    return true
                }
                // The CR was content after all.
                position = .text
                contentBytes += 1
                if !isTooLarge { message.writeInteger(UInt8(ascii: "\r")) }
            }
        }
        return false
    }

    /// Copies up to the next CR LF `.`, or all there is.
    private mutating func copyText(from input: inout ByteBuffer, into message: inout ByteBuffer) {
        let (length, position) = input.withUnsafeReadableBytes { bytes -> (Int, Position) in
            guard let base = bytes.baseAddress else { return (0, .text) }
            var start = 0
            while let found = memchr(base + start, 0x0A, bytes.count - start) {
                let lineFeed = UnsafeRawPointer(found) - base
                start = lineFeed + 1
                guard lineFeed > 0, bytes[lineFeed - 1] == UInt8(ascii: "\r") else { continue }
                if start == bytes.count || bytes[start] == UInt8(ascii: ".") { return (start, .lineStart) }
            }
            return (bytes.count, bytes.last == UInt8(ascii: "\r") ? .carriageReturn : .text)
        }
        self.position = position
        keep(length, of: &input, in: &message)
    }

    private mutating func keep(_ length: Int, of input: inout ByteBuffer, in message: inout ByteBuffer) {
        guard let stretch = input.readSlice(length: length) else { return }
        contentBytes += length
        if !isTooLarge { message.writeImmutableBuffer(stretch) }
    }
}
