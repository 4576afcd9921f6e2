import Conversations
import Desk
import Hummingbird

/// The proof that an inbox's mail goes out and comes back, and what DNS needs for it; administrators alone see and start it.
func addContinuityCheckRoutes(to account: AccountRoutes, desk: Desk) {
    let (start, show, rows) = (StartContinuityCheck(desk: desk), ShowContinuityCheck(desk: desk), ListDNSRows(desk: desk))

    account.get("inboxes/:inbox/continuity_check") { caller, _, context in
        try caller.requireAdministrator()
        return .json(try await show.run(context.number("inbox"), by: caller.agent))
    }
    account.post("inboxes/:inbox/continuity_check") { caller, _, context in
        try caller.requireAdministrator()
        return .json(try await start.run(context.number("inbox"), by: caller.agent))
    }
    account.get("inboxes/:inbox/dns_records") { caller, _, context in
        try caller.requireAdministrator()
        return .json(try await rows.run(context.number("inbox"), by: caller.agent))
    }
}
