import Conversations
import Foundation

/// Times as the customer reads them: in their own zone where it is known, else in the inbox's, which is then named.
struct MailTime: Sendable {
    private let zone: TimeZone
    private let isTheirs: Bool
    private let locale: Locale

    /// - Parameters:
    ///   - theirs: IANA name of the customer's zone, as their browser gave it.
    ///   - inboxes: IANA name of the inbox's zone.
    init(theirs: String?, inboxes: String?, language: String) {
        let own = theirs.flatMap(Self.zone)
        zone = own ?? inboxes.flatMap(Self.zone) ?? .gmt
        isTheirs = own != nil
        locale = Locale(identifier: language)
    }

    /// Day, hour and minute.
    func moment(_ instant: Instant) -> String {
        var style = Date.FormatStyle(locale: locale, timeZone: zone).day().month(.abbreviated).hour().minute()
        if !isTheirs { style = style.timeZone(.specificName(.short)) }
        return plain(instant.date.formatted(style))
    }

    func day(_ instant: Instant) -> String {
        plain(instant.date.formatted(Date.FormatStyle(locale: locale, timeZone: zone).day().month(.wide).year()))
    }

    /// Some languages part the hour from its half of the day by a narrow space that old mail programs show as a box.
    private func plain(_ text: String) -> String { text.replacing("\u{202F}", with: " ").replacing("\u{00A0}", with: " ") }

    private static func zone(_ name: String) -> TimeZone? {
        name.isEmpty || name.utf8.count > 64 ? nil : TimeZone(identifier: name)
    }
}

/// What a customer's browser said of its owner's language and zone, kept with the contact.
struct ContactHabits {
    static let language = "language"
    static let timeZone = "timezone"

    var language: String?
    var timeZone: String?

    init(_ contact: Contact) {
        let known = JSON.object(JSON.members(of: contact.additionalAttributes))
        language = known[Self.language]?.stringValue
        timeZone = known[Self.timeZone]?.stringValue
    }

    /// Whether a browser's word is one: a short tag, a zone that there is.
    static func isLanguage(_ text: String) -> Bool {
        (2...35).contains(text.utf8.count)
            && text.utf8.allSatisfy { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 || (48...57).contains($0) || $0 == 45 }
    }

    static func isTimeZone(_ text: String) -> Bool { text.utf8.count <= 64 && TimeZone(identifier: text) != nil }
}

extension VisitorDraft {
    /// Keeps what the browser said of language and zone; true where that is news.
    func tellHabits(to contact: inout Contact) throws -> Bool {
        let known = ContactHabits(contact)
        var news: [(String, JSON)] = []
        if let language, language != known.language, ContactHabits.isLanguage(language) {
            news.append((ContactHabits.language, .string(language)))
        }
        if let timeZone, timeZone != known.timeZone, ContactHabits.isTimeZone(timeZone) {
            news.append((ContactHabits.timeZone, .string(timeZone)))
        }
        guard !news.isEmpty else { return false }
        contact.additionalAttributes = try JSONObjects.merged(contact.additionalAttributes, JSON.object(news).text)
        return true
    }
}
