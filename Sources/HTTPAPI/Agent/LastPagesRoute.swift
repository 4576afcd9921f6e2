import Desk

/// The pages on which a contact was last.
func addLastPagesRoute(to account: AccountRoutes, desk: Desk) {
    account.get("contacts/:contact/pages") { caller, _, context in
        let pages = try await LastPages(desk: desk).list(of: context.number("contact"), by: caller.agent)
        return .json(.object([("payload", .array(pages.map { JSON.visitorPage($0) }))]))
    }
}
