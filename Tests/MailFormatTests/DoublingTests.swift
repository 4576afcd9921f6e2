import Foundation
import Testing

@testable import MailFormat

/// Twice the input costs about twice the time. Anything quadratic would cost four times as much; three and a half leaves room for a busy machine,
/// the best of several runs counts, and only this thread's own time: what else runs does not.
@Suite(.serialized) struct DoublingTests {
    static let mails: [(name: String, make: @Sendable (Int) -> String)] = [
        ("boundary lines that are none", { BoundsTests.head + mixed + String(repeating: "--bx\r\n", count: $0 * 4) }),
        ("parts", { BoundsTests.head + mixed + String(repeating: "--b\r\n\r\nx\r\n", count: $0) }),
        (
            "levels",
            { count in
                BoundsTests.head + (0..<count / 4).map { "Content-Type: multipart/mixed; boundary=\($0)\r\n\r\n--\($0)\r\n" }.joined()
            }
        ),
        (
            "boundaries that begin alike",
            { count in
                BoundsTests.head
                    + (0..<count / 20).map {
                        "Content-Type: multipart/mixed; boundary=\(String(repeating: "b", count: $0 % 60 + 1))\r\n\r\n--b\r\n"
                    }.joined()
            }
        ),
        ("headers", { BoundsTests.head + String(repeating: "X: y\r\n", count: $0 * 4) + "\r\nx" }),
        ("header lines without a colon", { "Subject: x\r\n" + String(repeating: "y\r\n", count: $0 * 8) }),
        ("folds", { "Subject: x\r\n" + String(repeating: " \r\n", count: $0 * 8) }),
        ("uuencoded files that never end", { BoundsTests.head + "\r\n" + String(repeating: "begin 644 x\r\n#86)C\r\n", count: $0) }),
        ("uuencoded files", { BoundsTests.head + "\r\n" + String(repeating: "begin 644 x\r\n#86)C\r\nend\r\n", count: $0) }),
        (
            "lines of a failure notice",
            { "From: mailer-daemon@b.test\r\nSubject: failure notice\r\n\r\n" + String(repeating: "a@b.test 550\r\n", count: $0) }
        ),
        (
            "calendar lines",
            { "Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n" + String(repeating: "ATTENDEE;CN=\"a\":b\r\n c\r\n", count: $0) }
        ),
    ]
    private static let mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

    @Test(arguments: mails.map(\.name))
    func doubling(_ name: String) throws {
        let make = try #require(Self.mails.first { $0.name == name }).make
        let single = Array(make(4_000).utf8)
        let double = Array(make(8_000).utf8)
        func best(_ raw: [UInt8]) -> Duration {
            (0..<4).map { _ in
                let begun = Self.ownTime()
                _ = MailReader().read(raw)
                return Self.ownTime() - begun
            }.min() ?? .zero
        }
        let one = best(single)
        let two = best(double)
        #expect(two < one * 3.5 + .milliseconds(20), "\(one) and \(two)")
    }

    private static func ownTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
