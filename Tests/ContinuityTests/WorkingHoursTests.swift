import Continuity
import Conversations
import Foundation
import Testing

/// When somebody is there, in the inbox's own zone.
@Suite struct WorkingHoursTests {
    private static let weekdays = (1...5).map { WorkingHours.Day(weekday: $0, hours: 540..<1020) }

    @Test(
        arguments: [
            // 2026-11-23 is a Monday; Berlin is an hour ahead of UTC in winter, two in summer.
            ("2026-11-23T07:59:00Z", "Europe/Berlin", false), ("2026-11-23T08:00:00Z", "Europe/Berlin", true),
            ("2026-11-23T15:59:59Z", "Europe/Berlin", true), ("2026-11-23T16:00:00Z", "Europe/Berlin", false),
            ("2026-07-06T07:00:00Z", "Europe/Berlin", true), ("2026-07-06T06:59:00Z", "Europe/Berlin", false),
            // Sunday evening in London is Monday morning in Auckland.
            ("2026-11-22T21:00:00Z", "Pacific/Auckland", true), ("2026-11-22T21:00:00Z", "Europe/London", false),
            ("2026-11-21T12:00:00Z", "UTC", false), ("2026-11-23T09:00:00Z", "No/Where", true),
        ])
    func somebodyIsThere(_ time: String, _ zone: String, _ isOpen: Bool) throws {
        let date = try Date(time, strategy: .iso8601)
        #expect(WorkingHours(days: Self.weekdays, zone: zone).isOpen(at: Instant(date)) == isOpen)
    }

    @Test func noRowsAreNoHoursAndOneRowClosesTheOtherDays() throws {
        let monday = Instant(try Date("2026-11-23T12:00:00Z", strategy: .iso8601))
        #expect(WorkingHours(days: [], zone: "UTC").isOpen(at: monday))
        #expect(!WorkingHours(days: [.init(weekday: 2, hours: 0..<1440)], zone: "UTC").isOpen(at: monday))
        #expect(!WorkingHours(days: [.init(weekday: 1, hours: nil)], zone: "UTC").isOpen(at: monday))
        #expect(WorkingHours(days: [.init(weekday: 1, hours: 0..<1440)], zone: "UTC").isOpen(at: monday))
    }
}
