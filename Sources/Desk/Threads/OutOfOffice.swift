import Continuity
import Conversations
import Mustache
import Store

/// Somebody wrote while nobody is there: says so, and promises an email only if one can be sent to this very visitor (behaviour §6).
extension Desk {
    /// A conversation is told at most once in so long.
    static let outOfOfficeEvery = Duration.seconds(12 * 3600)
    static let outOfOfficeMark = #"{"automatic":"out_of_office"}"#

    /// After a human message of the customer. By mail it goes only where the customer writes by mail, and only to a proven address.
    func sayOutOfOffice(in conversation: inout Conversation, _ tx: any Connection) throws {
        guard let inbox = try tx.inbox(conversation.inboxID), let contact = try tx.contact(conversation.contactID),
            InboxSettings.value("working_hours_enabled", of: inbox).isTrue, !WorkingHours(inbox).isOpen(at: now())
        else { return }
        let recent = try tx.messages(in: conversation.id, limit: 100)
        let wasSaid = recent.contains {
            $0.contentAttributes == Self.outOfOfficeMark && $0.createdAt + Self.outOfOfficeEvery > now()
        }
        if wasSaid { return }
        let canWrite = mailTemplates != nil && conversation.mode == .email
        let byMail = canWrite ? try? addressForAutomaticMail(of: conversation, contact: contact, inbox: inbox) : nil
        // Who writes by mail and cannot be told by mail cannot be told at all.
        if conversation.mode == .email && byMail == nil { return }
        let words = try words(for: contact, inbox: inbox, tx)
        var draft = MessageDraft(
            .template, content: try outOfOfficeText(of: inbox, in: conversation, contact: contact, words, tx))
        draft.contentAttributes = Self.outOfOfficeMark
        draft.isAutomatic = true
        draft.channel = byMail == nil ? .chat : .email
        let message = try write(draft, in: &conversation, tx)
        if let byMail { try mailOutOfOffice(message, to: byMail, in: conversation, contact: contact, inbox: inbox, tx) }
    }

    private func mailOutOfOffice(
        _ message: Message, to address: String, in conversation: Conversation, contact: Contact, inbox: Inbox, _ tx: any Connection
    ) throws {
        let mail = try ConversationMail(desk: self, tx: tx, conversation: conversation, contact: contact, inbox: inbox)
        var contents = mail.contents()
        contents.messages = [mail.line(try tx.view(of: message, in: conversation), attached: [], linksFiles: false)]
        let composed = try mail.write(try render(contents, mail), to: address, isAutomatic: true, purpose: .outOfOffice)
        try leave(composed, about: message, in: conversation, tx)
    }

    /// The inbox's own words, else the built-in ones. Own words may say both: `{{#email}}We write to {{email}}.{{/email}}`.
    private func outOfOfficeText(
        of inbox: Inbox, in conversation: Conversation, contact: Contact, _ words: MailWords, _ tx: any Connection
    ) throws -> String {
        let own = InboxSettings.value("out_of_office_message", of: inbox).stringValue?.nonEmpty
        let promise = try promise(to: contact, in: conversation, inbox: inbox, tx)
        if let own, own.contains("{{") { return TwoVersions.filled(own, email: promise.address?.masked, company: company(of: inbox)) }
        let kept =
            switch promise {
            case .email(let address): words(.awayEmail, ["address": address.masked])
            case .askForAddress: words(.awayAsk)
            case .chatOnly: words(.awayStay)
            }
        // By mail the answer comes by mail: there is nothing to promise.
        if conversation.mode == .email { return own ?? words(.away) }
        return "\(own ?? words(.away)) \(kept)"
    }

    /// What can be promised to this visitor, by the rules that send mail.
    func promise(to contact: Contact, in conversation: Conversation, inbox: Inbox, _ tx: any Connection) throws -> MailPromise {
        guard try mailProof(of: inbox, tx) == .given else { return .chatOnly }
        return switch try continuityView(of: conversation, contact: contact, inbox: inbox, tx).hindrance {
        case nil: contact.email.map { .email($0) } ?? .chatOnly
        case .noAddress: .askForAddress
        default: .chatOnly
        }
    }
}

/// Whether an answer can follow by email.
enum MailPromise {
    case email(String)
    /// As soon as the visitor leaves an address.
    case askForAddress
    case chatOnly

    var address: String? {
        guard case .email(let address) = self else { return nil }
        return address
    }
}

/// An administrator's text in two versions, for visitors whom mail can reach and for the others.
enum TwoVersions {
    /// - Throws: `DeskError.invalid` where the braces make no sense.
    static func check(_ text: String, _ setting: String) throws {
        guard text.contains("{{") else { return }
        let names: Set<String> = ["email", "company"]
        for tag in text.components(separatedBy: "{{").dropFirst() {
            guard let end = tag.range(of: "}}") else {
                throw DeskError.invalid("`\(setting)`: {{ begins a tag that does not end with }}.", attributes: [setting])
            }
            let name = tag[..<end.lowerBound].trimmingPrefix { "#^/".contains($0) }
            guard names.contains(String(name)) else {
                throw DeskError.invalid(
                    "`\(setting)`: only {{#email}} … {{/email}}, {{^email}} … {{/email}}, {{email}} and {{company}} can be used.",
                    attributes: [setting])
            }
        }
        guard (try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)) != nil else {
            throw DeskError.invalid("`\(setting)`: each {{#email}} or {{^email}} needs its {{/email}}.", attributes: [setting])
        }
    }

    /// The version for this visitor; a text that cannot be read stays as it is.
    static func filled(_ text: String, email: String?, company: String) -> String {
        guard text.contains("{{"), let template = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text) else { return text }
        var values = ["company": company]
        values["email"] = email
        return template.render(values).trimmingWhitespace
    }
}

extension WorkingHours {
    /// An inbox's, as Chatwoot's API keeps them.
    init(_ inbox: Inbox) {
        var days: [Day] = []
        if case .array(let rows) = InboxSettings.value("working_hours", of: inbox) {
            for row in rows {
                guard case .integer(let weekday)? = row["day_of_week"], (0...6).contains(weekday) else { continue }
                days.append(Day(weekday: Int(weekday), hours: Self.hours(row)))
            }
        }
        self.init(days: days, zone: InboxSettings.value("timezone", of: inbox).stringValue ?? "UTC")
    }

    private static func hours(_ row: JSON) -> Range<Int>? {
        if row["closed_all_day"]?.isTrue == true { return nil }
        if row["open_all_day"]?.isTrue == true { return 0..<1440 }
        func minutes(_ hour: String, _ minute: String) -> Int? {
            guard case .integer(let hours)? = row[hour], (0...24).contains(hours) else { return nil }
            guard case .integer(let minutes)? = row[minute], (0..<60).contains(minutes) else { return Int(hours) * 60 }
            return Int(hours) * 60 + Int(minutes)
        }
        guard let opens = minutes("open_hour", "open_minutes"), let closes = minutes("close_hour", "close_minutes"), opens < closes else {
            return nil
        }
        return opens..<closes
    }
}
