import Conversations
import Desk
import Hummingbird

/// Whether an inbox's mail is signed here; administrators alone see and change it.
func addInboxSigningRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "inboxes/:inbox/dkim"
    let signing = InboxSigning(desk: desk)

    account.get("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        let shown = try await signing.show(context.number("inbox"), by: caller.agent)
        return .json(.inboxSigning(shown.domain, shown.key))
    }
    account.put("\(path)") { caller, request, context in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        let changes = InboxSigning.Changes(
            isOn: try fields.bool("on"), selector: try fields.text("selector"),
            kind: try fields.word("algorithm", InboxSigning.KeyKind.self), renews: try fields.bool("new_key") ?? false)
        let shown = try await signing.change(changes, of: context.number("inbox"), by: caller.agent)
        return .json(.inboxSigning(shown.domain, shown.key))
    }
}
