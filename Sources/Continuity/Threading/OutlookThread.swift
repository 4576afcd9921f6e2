import Conversations
import Foundation

/// `Thread-Index` of a mail (MS-OXOMSG 2.2.1.3): by it Outlook keeps one thread together even where `References` were cut.
///
/// Only for conversations that we began: one that a customer's mail began has the index of their own program, if any.
public enum OutlookThread {
    /// - Parameters:
    ///   - uuid: the conversation's, in the usual hexadecimal form; it stands for the thread.
    ///   - begunAt: when the conversation began; the same in every mail of it.
    ///   - now: the mail's own time; nil for the first mail.
    /// - Returns: Base64; nil where `uuid` is none.
    public static func index(uuid: String, begunAt: Instant, now: Instant?) -> String? {
        let digits = uuid.utf8.filter { $0 != UInt8(ascii: "-") }.map { nibble($0) }
        guard digits.count == 32, !digits.contains(nil) else { return nil }
        let begun = fileTime(begunAt)
        // The six most significant bytes of the time, the first of which is 1 until the year 2057.
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: begun >> (56 - 8 * UInt64($0))) }
        for pair in stride(from: 0, to: 32, by: 2) { bytes.append((digits[pair] ?? 0) << 4 | (digits[pair + 1] ?? 0)) }
        if let now {
            let delta = fileTime(now) &- begun
            let isLong = delta & 0x00FE_0000_0000_0000 != 0
            let difference = UInt32(truncatingIfNeeded: delta >> (isLong ? 23 : 18)) & 0x7FFF_FFFF | (isLong ? 0x8000_0000 : 0)
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: difference >> UInt32(shift))) }
            bytes.append(bytes[6])
        }
        return Data(bytes).base64EncodedString()
    }

    /// 100 nanoseconds since 1601-01-01.
    private static func fileTime(_ instant: Instant) -> UInt64 {
        UInt64(max(0, instant.milliseconds) + 11_644_473_600_000) * 10_000
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
