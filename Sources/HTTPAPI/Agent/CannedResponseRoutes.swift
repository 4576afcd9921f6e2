import Desk
import Hummingbird

/// Answers that are kept ready.
func addCannedResponseRoutes(to account: AccountRoutes, desk: Desk) {
    let responses = CannedResponses(desk: desk)

    account.get("canned_responses") { caller, request, _ in
        let search = String((request.query("search") ?? "").prefix(200))
        return .json(.array(try await responses.list(search: search, by: caller.agent).map { JSON.cannedResponse($0) }))
    }
    account.post("canned_responses") { caller, request, _ in
        let fields = try await fields(of: request)
        return .json(
            .cannedResponse(
                try await responses.create(
                    shortCode: fields.text("short_code") ?? "", content: fields.text("content") ?? "", by: caller.agent)))
    }
    for method in [account.put, account.patch] {
        method("canned_responses/:canned") { caller, request, context in
            let fields = try await fields(of: request)
            return .json(
                .cannedResponse(
                    try await responses.update(
                        context.number("canned"), shortCode: fields.text("short_code"), content: fields.text("content"), by: caller.agent)))
        }
    }
    account.delete("canned_responses/:canned") { caller, _, context in
        try await responses.delete(context.number("canned"), by: caller.agent)
        return .json(.object([]))
    }
}

/// Chatwoot's own dashboard wraps them, its API's description does not.
private func fields(of request: Request) async throws -> Fields {
    let all = try await request.fields()
    return all.has("canned_response") ? all.part("canned_response") : all
}
