import Conversations

/// What an administrator may set beside an inbox's own columns: names and kinds as Chatwoot's API has them, and what holds until
/// somebody sets them. The store keeps only what was set.
public enum InboxSettings {
    enum Kind {
        case minutes, twoVersions, bool, text(longest: Int), object, list, word([String]), color, timing, days, forwarders, preChatForm
    }

    struct Setting {
        let name: String
        let kind: Kind
        let usual: JSON
    }

    static let all: [Setting] = [
        Setting(name: "widget_color", kind: .color, usual: .string("#1f93ff")),
        Setting(name: "welcome_title", kind: .text(longest: 500), usual: .string("")),
        Setting(name: "welcome_tagline", kind: .text(longest: 2000), usual: .string("")),
        Setting(name: "greeting_enabled", kind: .bool, usual: .bool(false)),
        Setting(name: "greeting_message", kind: .twoVersions, usual: .string("")),
        Setting(name: "enable_email_collect", kind: .bool, usual: .bool(true)),
        Setting(name: "enable_auto_assignment", kind: .bool, usual: .bool(false)),
        Setting(name: "auto_assignment_config", kind: .object, usual: .object([])),
        Setting(name: "csat_survey_enabled", kind: .bool, usual: .bool(false)),
        Setting(name: "csat_config", kind: .object, usual: .object([])),
        Setting(name: "allow_messages_after_resolved", kind: .bool, usual: .bool(true)),
        Setting(name: "working_hours_enabled", kind: .bool, usual: .bool(false)),
        Setting(name: "out_of_office_message", kind: .twoVersions, usual: .string("")),
        Setting(name: "timezone", kind: .text(longest: 64), usual: .string("UTC")),
        Setting(name: "working_hours", kind: .list, usual: usualHours),
        // Of the inbox's mails and pages, for customers whose own language is not known; null is the account's.
        Setting(name: "locale", kind: .text(longest: 35), usual: .null),
        Setting(name: "sender_name_type", kind: .word(["friendly", "professional"]), usual: .string("friendly")),
        Setting(name: "business_name", kind: .text(longest: 255), usual: .null),
        Setting(
            name: "reply_time", kind: .word(["in_a_few_minutes", "in_a_few_hours", "in_a_day"]), usual: .string("in_a_few_minutes")),
        Setting(name: PreChatForm.switchSetting, kind: .bool, usual: .bool(false)),
        Setting(name: PreChatForm.setting, kind: .preChatForm, usual: .object([])),
        Setting(name: "allowed_domains", kind: .text(longest: 5000), usual: .string("")),
        Setting(
            name: "selected_feature_flags", kind: .list,
            usual: .array([.string("attachments"), .string("emoji_picker"), .string("end_conversation")])),
        // Minutes of silence; null is never.
        Setting(name: AutoResolve.minutes, kind: .minutes, usual: .null),
        Setting(name: AutoResolve.message, kind: .text(longest: 5000), usual: .string("")),
        Setting(name: InboxTiming.setting, kind: .timing, usual: .object([])),
        Setting(name: FollowUp.setting, kind: .days, usual: .null),
        Setting(name: TrustedForwarders.setting, kind: .forwarders, usual: .string("")),
    ]

    /// Monday to Friday from nine to five; seven rows, Sunday first, because the widget needs all of them.
    private static let usualHours = JSON.array(
        (0..<7).map { day in
            let works = (1...5).contains(day)
            return .object([
                ("day_of_week", .integer(Int64(day))), ("closed_all_day", .bool(!works)), ("open_hour", works ? .integer(9) : .null),
                ("open_minutes", works ? .integer(0) : .null), ("close_hour", works ? .integer(17) : .null),
                ("close_minutes", works ? .integer(0) : .null), ("open_all_day", .bool(false)),
            ])
        })

    /// Every setting with its present value, in the table's order.
    public static func values(of inbox: Inbox) -> [(String, JSON)] {
        let kept = Dictionary(JSON.members(of: inbox.settings), uniquingKeysWith: { $1 })
        return all.map { ($0.name, kept[$0.name] ?? $0.usual) }
    }

    /// One setting's present value.
    static func value(_ name: String, of inbox: Inbox) -> JSON {
        if let kept = JSON.members(of: inbox.settings).last(where: { $0.0 == name })?.1 { return kept }
        return all.first { $0.name == name }?.usual ?? .null
    }

    /// The settings' text with those of `given` that this table knows; the others are left alone, as Chatwoot leaves them.
    static func merged(_ kept: String, with given: JSON) throws -> String {
        var members = JSON.members(of: kept)
        for setting in all {
            guard let value = given[setting.name] else { continue }
            try check(value, setting)
            members.removeAll { $0.0 == setting.name }
            if case .null = value { continue }
            members.append((setting.name, value))
        }
        return try JSONObjects.checked(JSON.object(members).text)
    }

    private static func check(_ value: JSON, _ setting: Setting) throws {
        func refuse(_ words: String) -> DeskError { .invalid("`\(setting.name)` \(words).", attributes: [setting.name]) }
        switch (setting.kind, value) {
        case (_, .null), (.bool, .bool), (.object, .object), (.list, .array): return
        case (.timing, let own): try InboxTiming.check(own)
        case (.preChatForm, .object): try PreChatForm.check(value)
        case (.forwarders, .string(let text)):
            guard text.utf8.count <= 5000, TrustedForwarders.check(text) else {
                throw refuse("is one server a line: its name, then the addresses it sends from, like mx.example.com 192.0.2.0/24")
            }
        case (.days, .integer(let days)):
            guard (0...3650).contains(days) else { throw refuse("is a number of days up to 3650") }
        case (.minutes, .integer(let minutes)):
            // As Chatwoot has it: ten minutes to 999 days.
            guard (10...1_438_560).contains(minutes) else { throw refuse("is a number of minutes from 10 to 1438560") }
        case (.twoVersions, .string(let text)):
            guard text.utf8.count <= 5000 else { throw refuse("is longer than 5000 bytes") }
            try TwoVersions.check(text, setting.name)
        case (.text(let longest), .string(let text)):
            guard text.utf8.count <= longest else { throw refuse("is longer than \(longest) bytes") }
        case (.word(let words), .string(let text)):
            guard words.contains(text) else { throw refuse("is one of \(words.joined(separator: ", "))") }
        case (.color, .string(let text)):
            let digits = text.utf8.dropFirst()
            guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6 || digits.count == 3, digits.allSatisfy(isHexDigit) else {
                throw refuse("is a colour like #1f93ff")
            }
        case (.bool, _): throw refuse("is true or false")
        case (.minutes, _): throw refuse("is a number of minutes")
        case (.days, _): throw refuse("is a number of days")
        case (.object, _), (.preChatForm, _): throw refuse("is an object")
        case (.list, _): throw refuse("is a list")
        case (.text, _), (.twoVersions, _), (.word, _), (.color, _), (.forwarders, _): throw refuse("is a text")
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
