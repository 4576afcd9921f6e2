import Conversations
import Foundation

/// When an inbox's team is there: a row for each day of the week, in the inbox's own zone, so that the hours stay the same over a change
/// of the clocks.
public struct WorkingHours: Sendable, Hashable {
    public struct Day: Sendable, Hashable {
        /// 0 is Sunday.
        public var weekday: Int
        /// Minutes after midnight; `closes` is not open any more. nil is a day without hours.
        public var hours: Range<Int>?

        public init(weekday: Int, hours: Range<Int>?) {
            self.weekday = weekday
            self.hours = hours
        }
    }

    private let days: [Int: Day]
    private let calendar: Calendar

    /// - Parameter zone: an IANA name; UTC where there is no such zone.
    public init(days: [Day], zone: String) {
        self.days = Dictionary(days.map { ($0.weekday, $0) }, uniquingKeysWith: { $1 })
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        self.calendar = calendar
    }

    /// Whether somebody is there. Hours that name no day at all are always open: a closed door must be said.
    public func isOpen(at instant: Instant) -> Bool {
        if days.isEmpty { return true }
        let parts = calendar.dateComponents([.weekday, .hour, .minute], from: instant.date)
        guard let weekday = parts.weekday, let hour = parts.hour, let minute = parts.minute else { return true }
        return days[weekday - 1]?.hours?.contains(hour * 60 + minute) ?? false
    }
}
