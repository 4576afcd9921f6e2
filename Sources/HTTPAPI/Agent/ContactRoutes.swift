import Desk
import Hummingbird
import Store

/// Contacts.
func addContactRoutes(to account: AccountRoutes, desk: Desk) {
    let list = ListContacts(desk: desk)

    account.get("contacts") { caller, request, _ in
        try await listing(list, search: [], request, caller)
    }
    account.get("contacts/search") { caller, request, _ in
        try await listing(list, search: request.readings("q"), request, caller)
    }
    account.post("contacts/filter") { caller, request, _ in
        let conditions = try await request.fields().list("payload") ?? []
        return answer(try await list.run(conditions.prefix(20).map(condition), page: request.page, by: caller.agent), request)
    }
    account.post("contacts") { caller, request, _ in
        let fields = try await request.fields()
        let view = try await CreateContact(desk: desk).run(changes(fields), inboxID: fields.number("inbox_id"), by: caller.agent)
        guard case .object(var payload) = JSON.contact(view) else { return .json(.null) }
        // Chatwoot's answer has the contact inside `payload.contact`, its documentation has it in `payload`: both find it.
        payload.append(("contact", JSON.contact(view)))
        payload.append(("contact_inbox", view.doors.last.map { JSON.door($0.inbox, sourceID: $0.sourceID) } ?? .null))
        return .json(.object([("id", .integer(view.contact.id.value)), ("payload", .object(payload))]))
    }
    account.get("contacts/:contact") { caller, _, context in
        .json(.object([("payload", .contact(try await ShowContact(desk: desk).run(context.number("contact"), by: caller.agent)))]))
    }
    account.post("actions/contact_merge") { caller, request, _ in
        let fields = try await request.fields()
        guard let base = try fields.number("base_contact_id"), let other = try fields.number("mergee_contact_id") else {
            throw DeskError.invalid("`base_contact_id` and `mergee_contact_id` are needed.", attributes: ["base_contact_id"])
        }
        return .json(.contact(try await MergeContacts(desk: desk).run(other, into: base, by: caller.agent)))
    }
    for method in [account.put, account.patch] {
        method("contacts/:contact") { caller, request, context in
            let view = try await UpdateContact(desk: desk).run(context.number("contact"), changes(request.fields()), by: caller.agent)
            return .json(.object([("id", .integer(view.contact.id.value)), ("payload", .contact(view))]))
        }
    }
    account.post("contacts/:contact/destroy_custom_attributes") { caller, request, context in
        let names = try await request.fields().texts("custom_attributes") ?? []
        let view = try await UpdateContact(desk: desk).dropCustomAttributes(names, of: context.number("contact"), by: caller.agent)
        return .json(.object([("payload", .contact(view))]))
    }
    account.get("contacts/:contact/conversations") { caller, _, context in
        let rows = try await ShowContact(desk: desk).conversations(context.number("contact"), by: caller.agent)
        return .json(.object([("payload", .array(rows.map { JSON.conversation($0, links: desk.attachmentLinks) }))]))
    }
    account.post("contacts/:contact/contact_inboxes") { caller, request, context in
        let fields = try await request.fields()
        guard let inbox = try fields.number("inbox_id") else {
            throw DeskError.invalid("Say in which inbox: `inbox_id`.", attributes: ["inbox_id"])
        }
        return .json(
            try await OpenContactDoor(desk: desk).run(
                context.number("contact"), inbox: inbox, sourceID: fields.text("source_id"), by: caller.agent))
    }
    account.get("contacts/:contact/contactable_inboxes") { caller, _, context in
        let doors = try await ListDoors(desk: desk).run(context.number("contact"), by: caller.agent)
        return .json(.object([("payload", .array(doors))]))
    }
}

private func listing(_ list: ListContacts, search: [String], _ request: Request, _ caller: Caller) async throws -> Response {
    let sort = request.query("sort").flatMap(ContactSort.init(rawValue:)) ?? .lastActivityDown
    return answer(try await list.run(search: search, sort: sort, page: request.page, by: caller.agent), request)
}

private func answer(_ page: ListContacts.Page, _ request: Request) -> Response {
    .json(
        .object([
            ("meta", .object([("count", .integer(page.count)), ("current_page", .integer(Int64(max(1, request.page))))])),
            ("payload", .array(page.rows.map { JSON.contact($0) })),
        ]))
}

/// One condition as the filter's address takes it; conditions are joined by AND.
private func condition(_ fields: Fields) throws -> ContactCondition {
    if try fields.text("query_operator")?.lowercased() == "or" {
        throw DeskError.invalid("Conditions are joined by `and` here.", attributes: ["query_operator"])
    }
    guard let field = try fields.word("attribute_key", ContactCondition.Field.self) else {
        throw DeskError.invalid("`attribute_key` is missing.", attributes: ["attribute_key"])
    }
    guard let value = try fields.texts("values")?.first else {
        throw DeskError.invalid("`\(field.rawValue)` needs a value.", attributes: ["values"])
    }
    return ContactCondition(
        field: field, comparison: try fields.word("filter_operator", ContactCondition.Operator.self) ?? .equal,
        value: String(value.prefix(200)))
}

private func changes(_ fields: Fields) throws -> ContactChanges {
    var changes = ContactChanges()
    changes.name = try fields.clearableText("name")
    changes.email = try fields.clearableText("email")
    changes.phoneNumber = try fields.clearableText("phone_number")
    changes.identifier = try fields.clearableText("identifier")
    changes.blocked = try fields.bool("blocked")
    changes.additionalAttributes = try fields.object("additional_attributes")
    changes.customAttributes = try fields.object("custom_attributes")
    return changes
}
