import Desk
import Hummingbird
import Store

/// An agent's saved views.
func addCustomFilterRoutes(to account: AccountRoutes, desk: Desk) {
    let filters = CustomFilters(desk: desk)

    account.get("custom_filters") { caller, request, _ in
        guard let kind = CustomFilter.Kind(rawValue: request.query("filter_type") ?? "conversation") else {
            throw DeskError.invalid("`filter_type` is conversation, contact or report.", attributes: ["filter_type"])
        }
        return .json(.array(try await filters.list(kind, by: caller.agent).map { JSON.customFilter($0) }))
    }
    account.post("custom_filters") { caller, request, _ in
        let fields = try await fields(of: request)
        let kind = try fields.word("type", CustomFilter.Kind.self) ?? fields.word("filter_type", CustomFilter.Kind.self)
        return .json(
            .customFilter(
                try await filters.create(
                    name: fields.text("name") ?? "", kind: kind ?? .conversation, query: fields.object("query") ?? "{}", by: caller.agent)))
    }
    account.get("custom_filters/:filter") { caller, _, context in
        .json(.customFilter(try await filters.show(context.number("filter"), by: caller.agent)))
    }
    for method in [account.put, account.patch] {
        method("custom_filters/:filter") { caller, request, context in
            let fields = try await fields(of: request)
            return .json(
                .customFilter(
                    try await filters.update(
                        context.number("filter"), name: fields.text("name"), query: fields.object("query"), by: caller.agent)))
        }
    }
    account.delete("custom_filters/:filter") { caller, _, context in
        try await filters.delete(context.number("filter"), by: caller.agent)
        return .json(.object([]))
    }
}

/// Chatwoot's own dashboard wraps them, its API's description does not.
private func fields(of request: Request) async throws -> Fields {
    let all = try await request.fields()
    return all.has("custom_filter") ? all.part("custom_filter") : all
}
