import Desk

/// What widgets send, under Chatwoot's names. Unknown members are left alone, as Chatwoot leaves them.
extension Fields {
    /// An object as it came; nil where there is none.
    func members(_ name: String) throws -> JSON? {
        switch json[name] {
        case .object?: return json[name]
        case nil, .null?: return nil
        default: throw DeskError.invalid("`\(name)` must be an object.", attributes: [name])
        }
    }

    /// What a website or its visitor says of themselves.
    func visitorDetails() throws -> VisitorDetails {
        VisitorDetails(
            name: try text("name"), email: try text("email"), phoneNumber: try text("phone_number"),
            customAttributes: try members("custom_attributes"), additionalAttributes: try members("additional_attributes"))
    }

    /// A message and what may come with it.
    func visitorDraft() throws -> VisitorDraft {
        let message = part("message")
        var draft = VisitorDraft()
        draft.content = try message.text("content")
        draft.echoID = try message.text("echo_id").flatMap { $0.isEmpty ? nil : String($0.prefix(128)) }
        draft.refererURL = try message.text("referer_url")
        draft.language = try message.text("language")
        draft.timeZone = try message.text("timezone")
        draft.customAttributes = try members("custom_attributes")
        draft.labels = Array((try texts("labels") ?? []).prefix(20))
        return draft
    }

    /// A text that must be there.
    func needed(_ name: String) throws -> String {
        guard let text = try text(name) else { throw DeskError.invalid("`\(name)` is missing.", attributes: [name]) }
        return text
    }

    /// A truth that must be there.
    func neededBool(_ name: String) throws -> Bool {
        guard let value = try bool(name) else { throw DeskError.invalid("`\(name)` is missing.", attributes: [name]) }
        return value
    }
}
