/// A calendar object (RFC 5545, RFC 5546) as a few lines that a person can read: what it asks, what, when, where, who.
enum CalendarInvitation {
    /// One content line: `DTSTART;TZID=Europe/Berlin:20260310T140000`.
    private struct Property {
        var name: String
        var parameters: [(name: String, value: String)]
        var value: String

        func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
    }

    private static let eventLimit = 5
    private static let attendeeLimit = 50

    /// nil where there is no event in it.
    static func text(of source: String) -> String? {
        var method = ""
        var events: [[Property]] = []
        var open: [String] = []
        for line in unfolded(source) {
            guard let property = property(line) else { continue }
            switch property.name {
            case "BEGIN":
                open.append(property.value.uppercased())
                if open.last == "VEVENT" { events.append([]) }
                if open.count > 20 || events.count > eventLimit { break }
            case "END": _ = open.popLast()
            case "METHOD": method = property.value.uppercased()
            default: if open.last == "VEVENT", let last = events.indices.last, events[last].count < 500 { events[last].append(property) }
            }
        }
        let said = events.prefix(eventLimit).map { describe($0, method) }
        return said.isEmpty ? nil : said.joined(separator: "\n\n")
    }

    private static func describe(_ event: [Property], _ method: String) -> String {
        func value(_ name: String) -> String? { event.first { $0.name == name }.map { unescaped($0.value) }?.nonEmpty }
        let attendees = event.filter { $0.name == "ATTENDEE" }
        let title = value("SUMMARY") ?? "an event without a name"
        var lines: [String] = []
        switch method {
        case "CANCEL": lines.append("Cancelled: \(title)")
        case "REPLY": lines.append("\(answer(attendees)): \(title)")
        case "COUNTER": lines.append("Another time is proposed: \(title)")
        case "REQUEST" where value("STATUS")?.uppercased() != "CANCELLED": lines.append("Invitation: \(title)")
        default: lines.append(value("STATUS")?.uppercased() == "CANCELLED" ? "Cancelled: \(title)" : "Event: \(title)")
        }
        if let when = when(event) { lines.append("When: \(when)") }
        if let rule = value("RRULE") { lines.append("Repeats: \(repetition(rule))") }
        if let place = value("LOCATION") { lines.append("Where: \(place.foldingWhiteSpace())") }
        if let organizer = event.first(where: { $0.name == "ORGANIZER" }) { lines.append("Organiser: \(person(organizer))") }
        if !attendees.isEmpty, method != "REPLY" {
            let names = attendees.prefix(attendeeLimit).map(person).joined(separator: ", ")
            lines.append("Invited: \(names)\(attendees.count > attendeeLimit ? ", and \(attendees.count - attendeeLimit) more" : "")")
        }
        if let words = value("DESCRIPTION") ?? value("COMMENT") { lines.append("\n" + String(words.prefix(4_000))) }
        return lines.joined(separator: "\n")
    }

    private static func answer(_ attendees: [Property]) -> String {
        let who = attendees.first.map { $0.parameter("CN")?.nonEmpty ?? person($0) } ?? "Somebody"
        return switch attendees.first?.parameter("PARTSTAT")?.uppercased() {
        case "ACCEPTED": "\(who) accepts"
        case "DECLINED": "\(who) declines"
        case "TENTATIVE": "\(who) accepts tentatively"
        case "DELEGATED": "\(who) sends somebody else"
        default: "\(who) answers"
        }
    }

    private static func person(_ property: Property) -> String {
        let address = property.value.lowercased().hasPrefix("mailto:") ? String(property.value.dropFirst(7)) : property.value
        guard let name = property.parameter("CN")?.foldingWhiteSpace().nonEmpty, name != address else { return address }
        return "\(name) <\(address)>"
    }

    // MARK: - Times

    /// `2026-03-10 14:00 – 15:00 (Europe/Berlin)`: as the calendar says, in its own zone.
    private static func when(_ event: [Property]) -> String? {
        guard let start = event.first(where: { $0.name == "DTSTART" }), let begin = CalendarTime(start.value) else { return nil }
        let zone = start.value.hasSuffix("Z") ? "UTC" : start.parameter("TZID")
        var said = begin.text
        if let finish = event.first(where: { $0.name == "DTEND" }), let end = CalendarTime(finish.value) {
            // The end of whole days is the day after the last (RFC 5545 §3.6.1).
            if begin.time != nil {
                said += " – " + (end.day == begin.day ? end.time ?? "" : end.text)
                if let other = finish.value.hasSuffix("Z") ? "UTC" : finish.parameter("TZID"), other != zone { said += " (\(other))" }
            } else if end.dayBefore != begin.day {
                said += " – " + end.dayBefore
            }
        } else if let length = event.first(where: { $0.name == "DURATION" })?.value {
            said += ", for \(CalendarTime.length(length))"
        }
        return zone.map { begin.time == nil ? said : "\(said) (\($0))" } ?? said
    }

    private static func repetition(_ rule: String) -> String {
        let parts = rule.split(separator: ";").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        func part(_ name: String) -> String? { parts.first { $0.first?.uppercased() == name && $0.count == 2 }?.last }
        var said = part("FREQ")?.lowercased() ?? rule
        if let interval = part("INTERVAL"), interval != "1" { said += ", every \(interval)" }
        if let days = part("BYDAY") { said += ", \(days)" }
        if let count = part("COUNT") { said += ", \(count) times" }
        if let until = part("UNTIL").flatMap({ CalendarTime($0) }) { said += ", until \(until.day)" }
        return said
    }

    // MARK: - Lines

    /// A line that begins with white space goes on with the line before (RFC 5545 §3.1).
    private static func unfolded(_ source: String) -> [String] {
        var lines: [[UInt8]] = []
        for line in source.utf8.split(separator: 0x0A).prefix(20_000) {
            if let first = line.first, first == 0x20 || first == 0x09, let last = lines.indices.last {
                if lines[last].count < 20_000 { lines[last] += line.dropFirst() }
            } else {
                lines.append(Array(line.prefix(20_000)))
            }
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func property(_ line: String) -> Property? {
        var inQuotes = false
        var fields: [String.UnicodeScalarView] = [String.UnicodeScalarView()]
        let scalars = line.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            if scalar == "\"" {
                inQuotes.toggle()
            } else if scalar == ":", !inQuotes {
                let names = fields.map { String($0) }
                guard let name = names.first?.uppercased(), !name.isEmpty else { return nil }
                let parameters = names.dropFirst().prefix(30).map { field -> (String, String) in
                    let halves = field.split(separator: "=", maxSplits: 1).map(String.init)
                    return (halves.first?.uppercased() ?? "", halves.count > 1 ? halves[1] : "")
                }
                return Property(
                    name: name, parameters: parameters, value: String(scalars[scalars.index(after: index)...]).foldingWhiteSpace())
            } else if scalar == ";", !inQuotes {
                fields.append(String.UnicodeScalarView())
            } else {
                fields[fields.count - 1].append(scalar)
            }
        }
        return nil
    }

    /// `\n`, `\,`, `\;` and `\\` (RFC 5545 §3.3.11).
    private static func unescaped(_ text: String) -> String {
        var out: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                out.append(byte | 0x20 == UInt8(ascii: "n") ? 0x0A : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
