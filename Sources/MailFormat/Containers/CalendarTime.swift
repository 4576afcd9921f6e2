/// A time of a calendar as it is written there: `20260310` or `20260310T140000Z` (RFC 5545 §3.3.4, §3.3.5).
struct CalendarTime {
    /// `2026-03-10`.
    let day: String
    /// `14:00`; nil for whole days.
    let time: String?
    private let numbers: (year: Int, month: Int, day: Int)

    var text: String { time.map { "\(day) \($0)" } ?? day }

    init?(_ value: String) {
        let digits = Array(value.utf8.prefix(16))
        guard digits.count >= 8, digits[..<8].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        func text(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        guard let year = Int(text(0..<4)), let month = Int(text(4..<6)), let day = Int(text(6..<8)), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        numbers = (year, month, day)
        self.day = "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))"
        let hasTime = digits.count >= 13 && digits[8] == UInt8(ascii: "T") && digits[9..<13].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        time = hasTime ? "\(text(9..<11)):\(text(11..<13))" : nil
    }

    var dayBefore: String {
        var (year, month, day) = numbers
        day -= 1
        if day == 0 {
            month -= 1
            if month == 0 { (year, month) = (year - 1, 12) }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        }
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// `PT1H30M` as `1 h 30 min` (RFC 5545 §3.3.6).
    static func length(_ duration: String) -> String {
        var words: [String] = []
        var number = ""
        var isTime = false
        for scalar in duration.uppercased().unicodeScalars.prefix(40) {
            switch scalar {
            case "0"..."9": number.unicodeScalars.append(scalar)
            case "T": isTime = true
            case "W", "D", "H", "M", "S":
                let unit =
                    scalar == "W" ? "weeks" : scalar == "D" ? "days" : scalar == "H" ? "h" : scalar == "S" ? "s" : isTime ? "min" : "months"
                if !number.isEmpty, number != "0" { words.append("\(number) \(unit)") }
                number = ""
            default: break
            }
        }
        return words.isEmpty ? duration : words.joined(separator: " ")
    }
}
