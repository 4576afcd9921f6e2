import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The words between the server and the child that reads mail: frames of a length (8 bytes, little-endian) and that many bytes.
///
/// A request is two frames: the envelope as JSON, the raw mail. An answer is one frame with `ReadMail` as JSON, whose attachments
/// are empty, and one frame for each attachment's bytes.
enum MailReadingProtocol {
    /// A frame above this is nonsense: the largest mail, decoded, with room.
    static let largestFrame = 256 << 20

    enum Broken: Error {
        case closed
        case timedOut
        case nonsense
    }

    /// Writes one frame. With a `deadline`, as in `read`, the descriptor must not block.
    static func write(_ bytes: [UInt8], to descriptor: Int32, deadline: Double? = nil) throws {
        var length = UInt64(bytes.count).littleEndian
        try withUnsafeBytes(of: &length) { try writeAll($0, to: descriptor, deadline: deadline) }
        try bytes.withUnsafeBytes { try writeAll($0, to: descriptor, deadline: deadline) }
    }

    private static func writeAll(_ buffer: UnsafeRawBufferPointer, to descriptor: Int32, deadline: Double?) throws {
        var rest = buffer
        while let base = rest.baseAddress, !rest.isEmpty {
            if let deadline { try wait(for: POLLOUT, descriptor, deadline: deadline) }
            let count = Glibc.write(descriptor, base, rest.count)
            if count < 0 {
                if errno == EINTR || errno == EAGAIN && deadline != nil { continue }
                throw Broken.closed
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Reads one frame. `deadline` is in seconds of the monotonic clock; nil waits for ever.
    static func read(from descriptor: Int32, deadline: Double? = nil) throws -> [UInt8] {
        let header = try readExactly(8, from: descriptor, deadline: deadline)
        let length = header.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(largestFrame) else { throw Broken.nonsense }
        return try readExactly(Int(length), from: descriptor, deadline: deadline)
    }

    private static func readExactly(_ count: Int, from descriptor: Int32, deadline: Double?) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                if let deadline { try wait(for: POLLIN, descriptor, deadline: deadline) }
                guard let base = buffer.baseAddress else { return }
                let got = Glibc.read(descriptor, base + filled, count - filled)
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { throw Broken.closed }
                filled += got
            }
        }
    }

    private static func wait(for event: Int32, _ descriptor: Int32, deadline: Double) throws {
        while true {
            let left = deadline - monotonicSeconds()
            guard left > 0 else { throw Broken.timedOut }
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let ready = poll(&entry, 1, Int32(min(left * 1000 + 1, 60_000)))
            if ready > 0 { return }
            if ready < 0 && errno != EINTR { throw Broken.closed }
        }
    }

    static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
