import Conversations
import Foundation
import Store
import Testing

@testable import Desk

/// A report's days are the account's, also where clocks change.
@Suite struct ReportRangeTests {
    private func instant(_ text: String) throws -> Instant { Instant(try Date(text, strategy: .iso8601)) }

    struct Row: Sendable {
        let zone: String
        let since: String
        let until: String
        let dates: [String]
        let hours: [Int]
    }

    static let rows = [
        Row(zone: "UTC", since: "2026-11-23T00:00:00Z", until: "2026-11-24T00:00:00Z", dates: ["2026-11-23"], hours: [24]),
        Row(
            zone: "UTC", since: "2026-11-23T23:59:59Z", until: "2026-11-24T00:00:01Z", dates: ["2026-11-23", "2026-11-24"], hours: [24, 24]),
        // The same moment is another day elsewhere.
        Row(zone: "Pacific/Auckland", since: "2026-11-23T12:00:00Z", until: "2026-11-23T12:00:01Z", dates: ["2026-11-24"], hours: [24]),
        Row(
            zone: "Europe/Berlin", since: "2026-03-28T12:00:00Z", until: "2026-03-30T12:00:00Z",
            dates: ["2026-03-28", "2026-03-29", "2026-03-30"], hours: [24, 23, 24]),
        Row(zone: "Europe/Berlin", since: "2026-10-25T12:00:00Z", until: "2026-10-25T12:30:00Z", dates: ["2026-10-25"], hours: [25]),
        // Here midnight itself is left out: the day begins at one.
        Row(
            zone: "America/Asuncion", since: "2023-10-01T12:00:00Z", until: "2023-10-02T12:00:00Z", dates: ["2023-10-01", "2023-10-02"],
            hours: [23, 24]),
        Row(zone: "Asia/Kathmandu", since: "2026-11-23T12:00:00Z", until: "2026-11-23T13:00:00Z", dates: ["2026-11-23"], hours: [24]),
    ]

    @Test(arguments: rows.indices) func daysAreTheZones(_ index: Int) throws {
        let row = Self.rows[index]
        let range = try ReportRange(
            since: instant(row.since), until: instant(row.until), zone: try #require(TimeZone(identifier: row.zone)))
        #expect(range.days.map { range.date(of: $0) } == row.dates)
        #expect(range.days.map { Int($0.ends.since($0.begins).components.seconds / 3_600) } == row.hours)
        for (day, next) in zip(range.days, range.days.dropFirst()) { #expect(day.ends == next.begins) }
        // Messages are counted by quarters of an hour.
        #expect(range.days.allSatisfy { $0.begins.milliseconds % 900_000 == 0 })
    }

    @Test func whatIsNoTimeIsRefused() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        let day = try instant("2026-11-23T00:00:00Z")
        #expect(throws: DeskError.self) { try ReportRange(since: day, until: day, zone: zone) }
        #expect(throws: DeskError.self) { try ReportRange(since: day, until: day - .seconds(1), zone: zone) }
        #expect(throws: DeskError.self) { try ReportRange(since: day, until: day + .seconds(368 * 86_400), zone: zone) }
        #expect(try ReportRange(since: day, until: day + .seconds(366 * 86_400), zone: zone).days.count == 366)
    }

    @Test func asLongBeforeIsAsManyDays() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        let range = try ReportRange(since: instant("2026-11-10T05:00:00Z"), until: instant("2026-11-12T05:00:00Z"), zone: zone)
        let before = try range.before()
        #expect(before.days.map { before.date(of: $0) } == ["2026-11-07", "2026-11-08", "2026-11-09"])
    }
}
