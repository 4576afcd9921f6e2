import Desk
import Hummingbird

/// Teams and who belongs to them: seen by everybody, changed by administrators.
func addTeamRoutes(to account: AccountRoutes, desk: Desk) {
    let teams = Teams(desk: desk)

    account.get("teams") { caller, _, _ in
        .json(.array(try await teams.list(by: caller.agent).map { JSON.team($0) }))
    }
    account.post("teams") { caller, request, _ in
        try caller.requireAdministrator()
        return .json(.team(try await teams.create(changes(of: request), by: caller.agent)))
    }
    account.get("teams/:team") { caller, _, context in
        .json(.team(try await teams.show(context.number("team"), by: caller.agent)))
    }
    for method in [account.put, account.patch] {
        method("teams/:team") { caller, request, context in
            try caller.requireAdministrator()
            return .json(.team(try await teams.update(context.number("team"), changes(of: request), by: caller.agent)))
        }
    }
    account.delete("teams/:team") { caller, _, context in
        try caller.requireAdministrator()
        try await teams.delete(context.number("team"), by: caller.agent)
        return .json(.object([]))
    }
    account.get("teams/:team/team_members") { caller, _, context in
        .json(.array(try await teams.members(of: context.number("team"), by: caller.agent).map { JSON.agent($0) }))
    }
    let memberChanges: [(method: (RouterPath, @escaping AccountRoutes.Handler) -> Void, change: Teams.MemberChange)] = [
        (account.post, .add), (account.patch, .replace), (account.delete, .remove),
    ]
    for (method, change) in memberChanges {
        method("teams/:team/team_members") { caller, request, context in
            try caller.requireAdministrator()
            guard let texts = try await request.fields().texts("user_ids") else {
                throw DeskError.invalid("Name the agents: `user_ids`.", attributes: ["user_ids"])
            }
            let members = try await teams.change(
                change, texts.compactMap { Int64($0) }, of: context.number("team"), by: caller.agent)
            return .json(.array(members.map { JSON.agent($0) }))
        }
    }
}

/// Chatwoot's own dashboard wraps them, its API's description does not.
private func changes(of request: Request) async throws -> Teams.Changes {
    let all = try await request.fields()
    let fields = all.has("team") ? all.part("team") : all
    var changes = Teams.Changes()
    changes.name = try fields.text("name")
    changes.description = try fields.clearableText("description")
    changes.allowAutoAssign = try fields.bool("allow_auto_assign")
    return changes
}
