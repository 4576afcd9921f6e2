import Conversations
import Desk
import Hummingbird

/// The account's doors; only administrators change them.
func addInboxRoutes(to account: AccountRoutes, desk: Desk) {
    let list = ListInboxes(desk: desk)
    let json: @Sendable (Inbox, Caller) -> JSON = { inbox, caller in
        .inbox(inbox, publicURL: desk.options.publicURL, forAdministrator: caller.agent.role == .administrator)
    }

    account.get("inboxes") { caller, _, _ in
        .json(.object([("payload", .array(try await list.run(by: caller.agent).map { json($0, caller) }))]))
    }
    account.get("inboxes/:inbox") { caller, _, context in
        .json(json(try await list.one(context.number("inbox"), by: caller.agent), caller))
    }
    account.post("inboxes/:inbox/continuity_preview") { caller, request, context in
        .json(try await PreviewContinuity(desk: desk).run(context.number("inbox"), request.fields().json, by: caller.agent))
    }
    account.post("inboxes") { caller, request, _ in
        try caller.requireAdministrator()
        let inbox = try await CreateInbox(desk: desk).run(new(request.fields()), account: caller.agent.accountID)
        return .json(json(inbox, caller))
    }
    for method in [account.patch, account.put] {
        method("inboxes/:inbox") { caller, request, context in
            try caller.requireAdministrator()
            let inbox = try await UpdateInbox(desk: desk).run(context.number("inbox"), changes(request.fields()), by: caller.agent)
            return .json(json(inbox, caller))
        }
    }
}

/// Chatwoot puts some fields beside `channel` and some into it; both places count for each.
private func flat(_ fields: Fields) -> Fields {
    guard case .object(let outer) = fields.json, case .object(let channel)? = fields.json["channel"] else { return fields }
    let inner = Set(channel.map(\.0))
    return Fields(.object(outer.filter { $0.0 != "channel" && !inner.contains($0.0) } + channel))
}

private func new(_ fields: Fields) throws -> CreateInbox.Draft {
    let fields = flat(fields)
    guard let kind = try fields.word("type", Inbox.Kind.self) else {
        throw DeskError.invalid("`channel.type` is web_widget or email.", attributes: ["channel.type"])
    }
    var new = CreateInbox.Draft(kind: kind, name: try fields.text("name") ?? "")
    new.websiteURL = try fields.text("website_url")
    new.address = try fields.text("email") ?? fields.text("address")
    new.replyDomain = try fields.text("reply_domain")
    new.hmacMandatory = try fields.bool("hmac_mandatory") ?? false
    new.continuityViaEmail = try fields.bool("continuity_via_email") ?? true
    new.lockToSingleConversation = try fields.bool("lock_to_single_conversation") ?? false
    new.settings = fields.json
    return new
}

private func changes(_ fields: Fields) throws -> UpdateInbox.Changes {
    let fields = flat(fields)
    var changes = UpdateInbox.Changes()
    changes.name = try fields.text("name")
    changes.websiteURL = try fields.text("website_url")
    changes.address = try fields.clearableText("email") ?? fields.clearableText("address")
    changes.replyDomain = try fields.clearableText("reply_domain")
    changes.hmacMandatory = try fields.bool("hmac_mandatory")
    changes.continuityViaEmail = try fields.bool("continuity_via_email")
    changes.lockToSingleConversation = try fields.bool("lock_to_single_conversation")
    changes.settings = fields.json
    return changes
}
