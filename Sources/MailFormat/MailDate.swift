import Foundation

/// Dates of mail: `Tue, 3 Mar 2026 10:00:00 +0100` (RFC 5322 §3.3), with the older forms and the damage that is usual.
enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// nil where no day, month and year can be found.
    static func parse(_ text: String) -> Date? {
        var day: Int?
        var month: Int?
        var year: Int?
        var seconds: Int?
        var offset = 0
        var depth = 0
        for word in text.utf8.prefix(200).split(whereSeparator: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) {
            if word.first == UInt8(ascii: "(") { depth += 1 }
            defer { if word.last == UInt8(ascii: ")"), depth > 0 { depth -= 1 } }
            if depth > 0 { continue }
            // "3-Mar-2026" and "2026-03-03T10:00:00Z" are split as well.
            if word.contains(UInt8(ascii: ":")) {
                let halves = word.split(separator: UInt8(ascii: "T"), maxSplits: 1)
                if halves.count == 2 {
                    let days = halves[0].split(separator: UInt8(ascii: "-")).map { number($0) }
                    if days.count == 3 { (year, month, day) = (days[0], days[1], days[2]) }
                    let sign = halves[1].firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } ?? halves[1].endIndex
                    seconds = clock(halves[1][..<sign])
                    if let east = zone(halves[1][sign...].filter { $0 != UInt8(ascii: ":") }) { offset = east }
                } else if seconds == nil {
                    seconds = clock(word)
                }
                continue
            }
            for piece in word.first == UInt8(ascii: "-") ? [word] : word.split(separator: UInt8(ascii: "-")) {
                if let east = zone(piece) {
                    offset = east
                } else if let value = number(piece) {
                    if day == nil, value >= 1, value <= 31, piece.count <= 2 {
                        day = value
                    } else if year == nil, piece.count == 4 || day != nil && piece.count <= 3 {
                        // RFC 5322 §4.3: two and three digits.
                        year = piece.count == 4 ? value : piece.count == 3 ? 1900 + value : value < 50 ? 2000 + value : 1900 + value
                    }
                } else if month == nil, piece.count >= 3,
                    let found = months.firstIndex(of: String(decoding: piece.prefix(3), as: UTF8.self).lowercased())
                {
                    month = found + 1
                } else {
                    switch String(decoding: piece, as: UTF8.self) {
                    case "EST": offset = -5 * 3600
                    case "EDT": offset = -4 * 3600
                    case "CST": offset = -6 * 3600
                    case "CDT": offset = -5 * 3600
                    case "MST": offset = -7 * 3600
                    case "MDT": offset = -6 * 3600
                    case "PST": offset = -8 * 3600
                    case "PDT": offset = -7 * 3600
                    case "CET", "MEZ": offset = 3600
                    case "CEST", "MESZ", "EET": offset = 2 * 3600
                    case "JST": offset = 9 * 3600
                    default: break
                    }
                }
            }
        }
        guard let day, let month, let year, (1...31).contains(day), (1...12).contains(month), (1...9999).contains(year) else { return nil }
        return Date(timeIntervalSince1970: Double(daysSinceEpoch(year, month, day) * 86_400 + (seconds ?? 0) - offset))
    }

    /// Seconds from midnight, of `10:00` or `10:00:00`; nil for what no clock shows. 24 is midnight as some write it, 60 a leap second.
    private static func clock(_ text: some Collection<UInt8>) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":")).map { number($0) }
        guard parts.count >= 2, let hour = parts[0], let minute = parts[1], hour <= 24, minute < 60 else { return nil }
        let second = parts.count > 2 ? parts[2] ?? 0 : 0
        return hour * 3600 + minute * 60 + (second <= 60 ? second : 0)
    }

    /// Seconds east of UTC, of `+0100` or `-0330`.
    private static func zone(_ text: some Collection<UInt8>) -> Int? {
        guard text.count == 5, let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let value = number(text.dropFirst())
        else { return nil }
        return (value / 100 * 3600 + value % 100 * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    /// As RFC 5322 writes it, in UTC.
    static func format(_ date: Date) -> String {
        let words = Words(date)
        return "\(words.weekday), \(words.day) \(words.month) \(words.year) \(words.time) +0000"
    }

    /// As C's `asctime` writes it, in UTC: what stands in an mbox (RFC 4155).
    static func asctime(_ date: Date) -> String {
        let words = Words(date)
        return "\(words.weekday) \(words.month) \(words.day) \(words.time) \(words.year)"
    }

    /// A moment's parts in UTC, as both forms have them.
    private struct Words {
        let weekday: String
        let day: String
        let month: String
        let year: String
        let time: String

        init(_ date: Date) {
            let seconds = Int(max(-62_135_596_800, min(253_402_300_799, date.timeIntervalSince1970.rounded(.down))))
            let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
            let rest = seconds - days * 86_400
            let (year, month, day) = civil(days)
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            weekday = MailDate.days[((days % 7) + 7) % 7]
            self.day = two(day)
            self.month = months[month - 1].prefix(1).uppercased() + months[month - 1].dropFirst()
            self.year = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
            time = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int? {
        var value = 0
        var digits = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39, digits < 9 else {
                return digits > 0 && digits < 9 && byte == UInt8(ascii: ".") || byte == UInt8(ascii: "Z") && digits > 0 ? value : nil
            }
            value = value * 10 + Int(byte - 0x30)
            digits += 1
        }
        return digits > 0 ? value : nil
    }

    /// Days from 1970-01-01 in the Gregorian calendar, by the usual arithmetic over 400-year eras.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (yearOfEra + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
