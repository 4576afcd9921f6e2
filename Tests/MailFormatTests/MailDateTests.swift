import Foundation
import Testing

@testable import MailFormat

@Suite struct MailDateTests {
    @Test(arguments: [
        ("Tue, 3 Mar 2026 10:00:00 +0100", "2026-03-03T09:00:00Z"), ("3 Mar 26 10:00 EST", "2026-03-03T15:00:00Z"),
        ("2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z"), ("2026-03-03T10:00:00+01:00", "2026-03-03T09:00:00Z"),
        ("2026-03-03T10:00:00.25-0330", "2026-03-03T13:30:00Z"), ("3-Mar-2026 23:59:60 +0000", "2026-03-04T00:00:00Z"),
        // What no clock shows is no time; the day stays.
        ("2026-03-03T6666610:00:00Z", "2026-03-03T00:00:00Z"), ("Tue, 3 Mar 2026 99:00:00 +0000", "2026-03-03T00:00:00Z"),
        ("Tue, 3 Mar 2026 10:00:999999999 +0000", "2026-03-03T10:00:00Z"),
    ])
    func read(_ written: String, _ meant: String) throws {
        #expect(try #require(MailDate.parse(written)).ISO8601Format() == meant)
    }

    @Test(arguments: ["", "yesterday", "32 Mar 2026", "2026-13-01T10:00:00Z", "(3 Mar 2026)"])
    func noDate(_ written: String) { #expect(MailDate.parse(written) == nil) }
}
