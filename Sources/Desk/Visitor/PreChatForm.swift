import Conversations

/// The form before the first message of a conversation, as an inbox's `pre_chat_form_options` describe it in Chatwoot's shape.
/// A pattern that a field may carry (`regex_pattern`) is kept for other clients and never run: no expression of one person runs on what
/// another types.
public enum PreChatForm {
    static let setting = "pre_chat_form_options"
    static let switchSetting = "pre_chat_form_enabled"
    static let mostFields = 20
    /// Choices of one list.
    static let mostChoices = 100
    /// Bytes of the form's own words above the fields.
    static let longestMessage = 2000
    /// Bytes of a label, a placeholder or a choice.
    static let longestText = 255
    /// Bytes of the name of an attribute.
    static let longestName = 64

    private static let types: Set<String> = ["email", "text", "number", "link", "date", "list", "checkbox"]
    private static let kinds: Set<String> = ["standard", "contact_attribute", "conversation_attribute"]
    private static let standardNames: Set<String> = ["emailAddress", "fullName", "phoneNumber"]

    /// Refuses what no widget could show. Members that are not known are left alone.
    static func check(_ options: JSON) throws {
        func refuse(_ words: String) -> DeskError { .invalid("`\(setting)`: \(words)", attributes: [setting]) }
        guard isText(options["pre_chat_message"], longest: longestMessage) else {
            throw refuse("`pre_chat_message` is a text of \(longestMessage) bytes at most.")
        }
        switch options["pre_chat_fields"] {
        case nil, .null?: return
        case .array(let fields)?:
            guard fields.count <= mostFields else { throw refuse("\(mostFields) fields at most.") }
            var names: Set<String> = []
            for field in fields {
                guard let name = field["name"]?.stringValue, isName(name) else {
                    throw refuse("each field has a `name` of letters, digits, `_`, `-` and `.`, \(longestName) bytes at most.")
                }
                guard names.insert(name).inserted else { throw refuse("the field \(name) is there twice.") }
                try check(field, name, refuse)
            }
        default: throw refuse("`pre_chat_fields` is a list.")
        }
    }

    private static func check(_ field: JSON, _ name: String, _ refuse: (String) -> DeskError) throws {
        guard let type = field["type"]?.stringValue, types.contains(type) else {
            throw refuse("the `type` of \(name) is one of \(types.sorted().joined(separator: ", ")).")
        }
        guard let kind = field["field_type"]?.stringValue, kinds.contains(kind), (kind == "standard") == standardNames.contains(name) else {
            let kinds = standardNames.contains(name) ? "standard" : "contact_attribute or conversation_attribute"
            throw refuse("the `field_type` of \(name) is \(kinds).")
        }
        for member in ["label", "placeholder"] where !isText(field[member], longest: longestText) {
            throw refuse("the `\(member)` of \(name) is a text of \(longestText) bytes at most.")
        }
        for member in ["enabled", "required"] {
            switch field[member] {
            case nil, .null?, .bool?: continue
            default: throw refuse("`\(member)` of \(name) is true or false.")
            }
        }
        guard type == "list" else { return }
        guard case .array(let values)? = field["values"], (1...mostChoices).contains(values.count),
            values.allSatisfy({ $0.stringValue.map { !$0.isEmpty && $0.utf8.count <= longestText } ?? false })
        else { throw refuse("the `values` of \(name) are 1 to \(mostChoices) texts of \(longestText) bytes at most.") }
    }

    /// Whether nothing stands there, or a text that is short enough.
    private static func isText(_ value: JSON?, longest: Int) -> Bool {
        switch value {
        case nil, .null?: true
        case .string(let text)?: text.utf8.count <= longest
        default: false
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...longestName).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_-.".utf8.contains($0)
            }
    }

    /// What is still to be asked of a visitor: the fields that are switched on, without those that the contact has given; none of a person
    /// whom the website has named. Empty where there is no form.
    static func asked(of contact: Contact, inbox: Inbox) -> JSON {
        let options = InboxSettings.value(setting, of: inbox)
        guard InboxSettings.value(switchSetting, of: inbox).isTrue, !contact.isNamedByWebsite,
            case .array(let fields)? = options["pre_chat_fields"]
        else { return .object([]) }
        let given = Set(JSON.members(of: contact.customAttributes).map(\.0))
        let left = fields.filter { field in
            guard field["enabled"]?.isTrue == true, let name = field["name"]?.stringValue else { return false }
            switch (name, field["field_type"]?.stringValue) {
            case ("emailAddress", _): return contact.email == nil
            case ("fullName", _): return contact.name.isEmpty
            case ("phoneNumber", _): return contact.phoneNumber == nil
            case (_, "contact_attribute"): return !given.contains(name)
            default: return true
            }
        }
        return left.isEmpty
            ? .object([]) : .object([("pre_chat_message", options["pre_chat_message"] ?? .null), ("pre_chat_fields", .array(left))])
    }
}
