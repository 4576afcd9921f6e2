import Conversations
import Desk
import Hummingbird

/// The account, its people and its labels.
func addPeopleRoutes(to account: AccountRoutes, desk: Desk, passwords: PasswordQueue) {
    let people = People(desk: desk)

    account.get("") { caller, _, _ in .json(.account(try await people.account(of: caller.agent))) }

    account.patch("") { caller, request, _ in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        var changes = UpdateAccount.Changes()
        changes.name = try fields.text("name")
        changes.locale = try fields.text("locale")
        changes.timeZone = try fields.clearableText("timezone")
        return .json(.account(try await UpdateAccount(desk: desk).run(changes, by: caller.agent)))
    }

    account.get("agents") { caller, _, _ in
        .json(.array(try await people.agents(by: caller.agent).map { JSON.agent($0) }))
    }
    account.post("agents") { caller, request, _ in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        let created = try await CreateAgent(desk: desk, passwords: passwords).run(
            name: fields.text("name") ?? "", email: fields.text("email") ?? "", password: fields.text("password"),
            role: fields.word("role", Agent.Role.self) ?? .agent, account: caller.agent.accountID)
        return .json(.agent(created.agent))
    }
    let agents = ChangeAgents(desk: desk)
    for method in [account.put, account.patch] {
        method("agents/:agent") { caller, request, context in
            try caller.requireAdministrator()
            let all = try await request.fields()
            let fields = all.has("agent") ? all.part("agent") : all
            var changes = ChangeAgents.Changes()
            changes.name = try fields.text("name")
            changes.role = try fields.word("role", Agent.Role.self)
            changes.availability = try fields.word("availability", Agent.Availability.self)
            return .json(.agent(try await agents.update(context.number("agent"), changes, by: caller.agent)))
        }
    }
    account.delete("agents/:agent") { caller, _, context in
        try caller.requireAdministrator()
        try await agents.remove(context.number("agent"), by: caller.agent)
        return .json(.object([]))
    }
    account.get("assignable_agents") { caller, request, _ in
        let inboxes = request.queryList("inbox_ids").compactMap { Int64($0) }
        return .json(.object([("payload", .array(try await people.assignable(inboxes: inboxes, by: caller.agent).map { JSON.agent($0) }))]))
    }
    account.get("inbox_members/:inbox") { caller, _, context in
        let agents = try await people.assignable(inboxes: [context.number("inbox")], by: caller.agent)
        return .json(.object([("payload", .array(agents.map { JSON.agent($0) }))]))
    }
    account.get("inboxes/:inbox/assignable_agents") { caller, _, context in
        let agents = try await people.assignable(inboxes: [context.number("inbox")], by: caller.agent)
        return .json(.object([("payload", .array(agents.map { JSON.agent($0) }))]))
    }

    let labels = Labels(desk: desk)
    account.get("labels") { caller, _, _ in
        .json(.object([("payload", .array(try await labels.list(by: caller.agent).map { JSON.label($0) }))]))
    }
    account.post("labels") { caller, request, _ in
        let all = try await request.fields()
        let fields = all.has("label") ? all.part("label") : all
        let label = try await labels.create(
            title: fields.text("title") ?? "", description: fields.text("description") ?? "", color: fields.text("color"),
            showOnSidebar: fields.bool("show_on_sidebar") ?? true, by: caller.agent)
        return .json(.label(label))
    }

}
