import Conversations
import Desk
import Hummingbird

/// The form of an inbox's mails; administrators alone see and change it.
func addMailTemplateRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "inboxes/:inbox/mail_template"
    let templates = InboxMailTemplate(desk: desk)

    account.get("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(json(try await templates.show(context.number("inbox"), by: caller.agent)))
    }
    account.put("\(path)") { caller, request, context in
        try caller.requireAdministrator()
        guard let parts = try parts(await request.fields()) else {
            throw DeskError.invalid("`text` and `html` are both needed.", attributes: ["text", "html"])
        }
        return .json(json(try await templates.keep(parts, of: context.number("inbox"), by: caller.agent)))
    }
    account.delete("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(json(try await templates.forget(context.number("inbox"), by: caller.agent)))
    }
    account.post("\(path)/preview") { caller, request, context in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        let preview = try await templates.preview(
            try parts(fields), fields.word("kind", InboxMailTemplate.Kind.self) ?? .reply, language: fields.text("language"),
            of: context.number("inbox"), by: caller.agent)
        return .json(
            .object([
                ("from", .string(preview.from)), ("subject", .string(preview.subject)), ("text", .string(preview.text)),
                ("html", .string(preview.html)),
            ]))
    }
}

/// Both parts, or none.
private func parts(_ fields: Fields) throws -> InboxMailTemplate.Parts? {
    guard let text = try fields.text("text"), let html = try fields.text("html") else { return nil }
    return .init(text: text, html: html)
}

private func json(_ shown: InboxMailTemplate.Shown) -> JSON {
    func parts(_ parts: InboxMailTemplate.Parts) -> JSON { .object([("text", .string(parts.text)), ("html", .string(parts.html))]) }
    return .object([
        ("own", shown.own.map(parts) ?? .null), ("updated_at", JSON(shown.updatedAt?.seconds)), ("built_in", parts(shown.builtIn)),
        ("languages", .array(shown.languages.map { .string($0) })),
    ])
}
