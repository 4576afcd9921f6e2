import Desk
import Hummingbird

/// Notes about a contact.
func addContactNoteRoutes(to account: AccountRoutes, desk: Desk) {
    let notes = ContactNotes(desk: desk)
    let path = "contacts/:contact/notes"

    account.get("\(path)") { caller, _, context in
        .json(.array(try await notes.list(about: context.number("contact"), by: caller.agent).map { JSON.contactNote($0) }))
    }
    account.post("\(path)") { caller, request, context in
        .json(.contactNote(try await notes.create(about: context.number("contact"), content: content(of: request), by: caller.agent)))
    }
    account.get("\(path)/:note") { caller, _, context in
        .json(.contactNote(try await notes.show(context.number("note"), about: context.number("contact"), by: caller.agent)))
    }
    for method in [account.put, account.patch] {
        method("\(path)/:note") { caller, request, context in
            .json(
                .contactNote(
                    try await notes.update(
                        context.number("note"), about: context.number("contact"), content: content(of: request), by: caller.agent)))
        }
    }
    account.delete("\(path)/:note") { caller, _, context in
        try await notes.delete(context.number("note"), about: context.number("contact"), by: caller.agent)
        return .json(.object([]))
    }
}

/// Chatwoot's own dashboard wraps it.
private func content(of request: Request) async throws -> String {
    let all = try await request.fields()
    return try (all.has("note") ? all.part("note") : all).text("content") ?? ""
}
