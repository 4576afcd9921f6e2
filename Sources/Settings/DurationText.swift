/// Durations as people write them: a whole number and `s`, `m`, `h` or `d`.
enum DurationText {
    private static let units: [(letter: Character, seconds: Int64)] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)]

    /// nil for anything but digits and one unit, and for what no clock can hold.
    static func parse(_ text: String) -> Duration? {
        guard let unit = units.first(where: { $0.letter == text.last }), isDigits(text.dropLast()), let number = Int64(text.dropLast())
        else { return nil }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit.seconds)
        return overflow ? nil : .seconds(seconds)
    }

    /// In the largest unit that leaves no rest: `90s`, `3m`, `7d`.
    static func write(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let unit = units.last { seconds % $0.seconds == 0 && seconds >= $0.seconds } ?? units[0]
        return "\(seconds / unit.seconds)\(unit.letter)"
    }
}

extension ValueKind<Duration> {
    /// A duration within bounds, both of which may be written.
    static func duration(_ bounds: ClosedRange<Duration>) -> ValueKind {
        let span = "from \(DurationText.write(bounds.lowerBound)) to \(DurationText.write(bounds.upperBound))"
        return ValueKind(name: "duration", advice: "Write a number with s, m, h or d, \(span), for example 45s or 10m.") {
            text throws(Nonsense) in
            guard let duration = DurationText.parse(text) else { throw Nonsense("is not a duration") }
            guard bounds.contains(duration) else { throw Nonsense("is out of bounds") }
            return duration
        }
    }
}
