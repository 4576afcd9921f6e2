import Desk
import Hummingbird

/// Who looks at what, and what each has begun to write.
func addTogetherRoutes(to account: AccountRoutes, desk: Desk) {
    let viewing = NoteAgentViewing(desk: desk)
    let drafts = Drafts(desk: desk)

    account.get("conversations/viewers") { caller, _, _ in
        .json(.object([("payload", try await viewing.list(by: caller.agent))]))
    }
    account.post("conversations/:conversation/viewing") { caller, request, context in
        guard let isOn = try await request.fields().bool("viewing") else {
            throw DeskError.invalid("`viewing` is true or false.", attributes: ["viewing"])
        }
        try await viewing.run(context.number("conversation"), isOn: isOn, by: caller.agent)
        return .json(.object([]))
    }
    account.get("drafts") { caller, _, _ in
        let all = try await drafts.list(by: caller.agent)
        return .json(.object([("payload", .array(all.map { .draft($0.draft, in: $0.conversation) }))]))
    }
    account.get("conversations/:conversation/draft") { caller, _, context in
        let number = try context.number("conversation")
        return .json(.draft(try await drafts.show(number, by: caller.agent), in: number))
    }
    account.put("conversations/:conversation/draft") { caller, request, context in
        let fields = try await request.fields()
        let number = try context.number("conversation")
        let draft = try await drafts.keep(
            number, reply: fields.clearableText("reply"), note: fields.clearableText("note"), by: caller.agent)
        return .json(.draft(draft, in: number))
    }
}
