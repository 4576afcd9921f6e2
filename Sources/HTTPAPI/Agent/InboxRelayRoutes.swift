import Conversations
import Desk
import Hummingbird

/// The relay of an inbox; administrators alone see and change it.
func addInboxRelayRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "inboxes/:inbox/relay"
    let relays = InboxOwnRelay(desk: desk)

    account.get("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(.inboxRelay(try await relays.show(context.number("inbox"), by: caller.agent)))
    }
    account.put("\(path)") { caller, request, context in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        guard let url = try fields.text("url"), !url.isEmpty else {
            throw DeskError.invalid("`url` is missing: smtp://user:password@host:587, for example.", attributes: ["url"])
        }
        return .json(
            .inboxRelay(
                try await relays.keep(
                    url, tokenURL: fields.text("token_url"), clientID: fields.text("client_id"), clientSecret: fields.text("client_secret"),
                    refreshToken: fields.text("refresh_token"), of: context.number("inbox"), by: caller.agent)))
    }
    account.delete("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(.inboxRelay(try await relays.forget(context.number("inbox"), by: caller.agent)))
    }
}
