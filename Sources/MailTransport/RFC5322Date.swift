import Foundation

/// `Mon, 23 Nov 2026 06:26:50 +0000`: the date of a trace line (RFC 5322 §3.3), always in UTC.
///
/// Written by hand: a `DateFormatter` for each mail costs more than the rest of the header.
func rfc5322Date(_ date: Date) -> String {
    // Bounded so that no date, however strange, can overflow: years 0001…9999.
    let seconds = Int64(min(max(date.timeIntervalSince1970.rounded(.down), -62_135_596_800), 253_402_300_799))
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let time = seconds - days * 86_400
    // Days to a civil date in the proleptic Gregorian calendar, with years that begin in March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let weekday = ((days + 4) % 7 + 7) % 7

    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let clock = "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60))"
    let fullYear = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return "\(weekdays[Int(weekday)]), \(two(day)) \(months[Int(month) - 1]) \(fullYear) \(clock) +0000"
}
