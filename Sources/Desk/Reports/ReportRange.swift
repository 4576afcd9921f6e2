import Conversations
import Foundation
import Store

/// Whole days of a report, in the account's time zone: a day in which the clocks change has 23 or 25 hours.
public struct ReportRange: Sendable, Hashable {
    /// A year and a day.
    static let mostDays = 367

    public let zone: TimeZone
    public let days: [ReportSpan]

    /// All of it as one.
    public var whole: ReportSpan {
        ReportSpan(begins: days.first?.begins ?? Instant(milliseconds: 0), ends: days.last?.ends ?? Instant(milliseconds: 0))
    }

    /// As many days before.
    func before() throws -> ReportRange {
        let length = whole.ends.since(whole.begins)
        return try ReportRange(since: whole.begins - length, until: whole.begins, zone: zone)
    }

    /// Every day that has something of this time.
    /// - Throws: `DeskError.invalid` where it ends before it begins, or is longer than a year.
    public init(since: Instant, until: Instant, zone: TimeZone) throws {
        guard since < until else {
            throw DeskError.invalid("The report ends before it begins: `since` is to be before `until`.", attributes: ["since", "until"])
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        var days: [ReportSpan] = []
        var day = calendar.startOfDay(for: since.date)
        while day < until.date {
            // Noon is there every day; midnight is not, where clocks change at midnight.
            guard let noon = calendar.date(byAdding: .hour, value: 36, to: day), days.count < Self.mostDays else {
                throw DeskError.invalid("A report covers a year at most. Choose a shorter time.", attributes: ["since", "until"])
            }
            let next = calendar.startOfDay(for: noon)
            days.append(ReportSpan(begins: Instant(day), ends: Instant(next)))
            day = next
        }
        self.zone = zone
        self.days = days
    }

    /// The day's date in the zone: `2026-11-23`.
    func date(of day: ReportSpan) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: day.begins.date)
        func padded(_ number: Int?, _ width: Int) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }
}
