import Conversations
import Desk
import Hummingbird

/// Which provider hands an inbox's mail over by HTTP; administrators alone see and change it.
func addInboxProviderRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "inboxes/:inbox/provider"
    let keys = InboxProviderKey(desk: desk)
    let json: @Sendable (InboxProviderKey.Shown) -> JSON = { .inboxProvider($0, publicURL: desk.options.publicURL) }

    account.get("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(json(try await keys.show(context.number("inbox"), by: caller.agent)))
    }
    account.put("\(path)") { caller, request, context in
        try caller.requireAdministrator()
        let fields = try await request.fields()
        guard let kind = try fields.word("kind", ProviderKind.self) else {
            throw DeskError.invalid(
                "`kind` is missing: \(ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")).", attributes: ["kind"])
        }
        return .json(
            json(
                try await keys.keep(
                    kind, key: try fields.text("signing_key"), topic: try fields.text("topic_arn"), of: context.number("inbox"),
                    by: caller.agent)))
    }
    account.delete("\(path)") { caller, _, context in
        try caller.requireAdministrator()
        return .json(json(try await keys.forget(context.number("inbox"), by: caller.agent)))
    }
}
