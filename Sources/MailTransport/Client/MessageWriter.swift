import Foundation
import NIOCore

/// A mail as it goes after DATA, without its final dot: dots at the start of lines doubled (RFC 5321 §4.5.2), every bare CR and
/// bare LF made a CR LF, so that no server, however lax, sees an end where there is none; the last line always ended.
struct MessageWriter: Sendable {
    /// The stuffed text; empty, or ending with CR LF.
    let text: ByteBuffer
    /// Whether there is a byte beyond ASCII in it.
    let isEightBit: Bool

    init(_ message: ByteBuffer) {
        var text = ByteBufferAllocator().buffer(capacity: message.readableBytes + message.readableBytes / 64 + 16)
        isEightBit = message.withUnsafeReadableBytes { bytes in
            Self.write(bytes, into: &text)
            return Self.hasEightBit(bytes)
        }
        self.text = text
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, into text: inout ByteBuffer) {
        guard let base = bytes.baseAddress else { return }
        /// Where `byte` is next, or the end of the stretch.
        func position(of byte: Int32, from start: Int, to end: Int) -> Int {
            memchr(base + start, byte, end - start).map { UnsafeRawPointer($0) - base } ?? end
        }
        var start = 0
        var lineFeed = position(of: 0x0A, from: 0, to: bytes.count)
        while start < bytes.count {
            if lineFeed < start { lineFeed = position(of: 0x0A, from: start, to: bytes.count) }
            let end = position(of: 0x0D, from: start, to: lineFeed)
            if bytes[start] == UInt8(ascii: ".") { text.writeInteger(UInt8(ascii: ".")) }
            text.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            text.writeStaticString("\r\n")
            // A CR and the LF right behind it are one line end.
            start = end + 1 == lineFeed ? end + 2 : end + 1
        }
    }

    private static func hasEightBit(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + 8 <= bytes.count {
            if bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return true }
            index += 8
        }
        return bytes[index...].contains { $0 >= 0x80 }
    }
}
