import Foundation
import NIOCore

/// Takes command lines out of what came, whole or refused, never longer than a bound.
struct CommandLineReader: Sendable {
    enum Line: Equatable {
        case line(String)
        case tooLong
        /// Ended by a bare LF, or with a bare CR, a NUL or bytes that are no UTF-8 in it.
        case malformed
    }

    let maxBytes: Int
    /// The rest of a line that was too long is thrown away up to its end.
    private var skipping = false

    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    /// The next line without its line end; nil while it is not all there. A line is cut at LF, so that a peer which sends bare LF
    /// gets an answer, but only CR LF makes a command (RFC 5321 §2.3.8).
    mutating func next(from input: inout ByteBuffer) -> Line? {
        while input.readableBytes > 0 {
            let lineFeed = input.withUnsafeReadableBytes { bytes -> Int? in
                guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count) else { return nil }
                return UnsafeRawPointer(found) - base
            }
            guard let lineFeed else {
                if skipping || input.readableBytes >= maxBytes {
                    input.clear()
                    if skipping { return nil }
                    skipping = true
                    return .tooLong
                }
                return nil
            }
            if skipping {
                input.moveReaderIndex(forwardBy: lineFeed + 1)
                skipping = false
                continue
            }
            guard let line = input.readSlice(length: lineFeed + 1) else { return nil }
            return Self.check(line, maxBytes: maxBytes)
        }
        return nil
    }

    private static func check(_ line: ByteBuffer, maxBytes: Int) -> Line {
        guard line.readableBytes <= maxBytes else { return .tooLong }
        return line.withUnsafeReadableBytes { bytes in
            guard bytes.count >= 2, bytes[bytes.count - 2] == 0x0D else { return .malformed }
            let content = bytes.dropLast(2)
            guard !content.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return .malformed }
            guard let text = String(validating: content, as: UTF8.self) else { return .malformed }
            return .line(text)
        }
    }
}
