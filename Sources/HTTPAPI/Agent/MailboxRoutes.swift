import Desk
import Hummingbird

/// The mailbox that an inbox fetches its mail from; administrators alone see, change and try it.
func addMailboxRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "inboxes/:inbox/mailbox"
    let mailboxes = InboxMailbox(desk: desk)
    let tries = TryMailbox(desk: desk)
    let limits = RateLimits(now: desk.now)

    account.get("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(.mailbox(try await mailboxes.show(context.number("inbox"), by: caller.agent)))
    }
    account.put("\(path)") { caller, request, context in
        try caller.requireAdministrator()
        return .json(.mailbox(try await mailboxes.keep(draft(request.fields()), of: context.number("inbox"), by: caller.agent)))
    }
    account.delete("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        try await mailboxes.forget(context.number("inbox"), by: caller.agent)
        return .json(.object([]))
    }
    account.post("\(path)/test") { caller, request, context in
        try caller.requireAdministrator()
        try limits.take(.mailboxTests, for: "\(caller.agent.accountID)")
        return .json(.mailboxTest(try await tries.run(draft(request.fields()), of: context.number("inbox"), by: caller.agent)))
    }
}

private func draft(_ fields: Fields) throws -> InboxMailbox.Draft {
    var draft = InboxMailbox.Draft()
    draft.host = try fields.text("host")
    draft.port = try fields.number("port")
    draft.security = try fields.word("security", InboxMailbox.Security.self)
    draft.user = try fields.text("user")
    draft.password = try fields.text("password")
    draft.token = try fields.text("token")
    draft.setGrant(
        server: try fields.text("token_url"), clientID: try fields.text("client_id"), clientSecret: try fields.text("client_secret"),
        refreshToken: try fields.text("refresh_token"))
    draft.folder = try fields.text("folder")
    draft.importExisting = try fields.bool("import_existing")
    return draft
}
