import Desk

/// How the installation and the account's mail stand: for administrators, on their health page.
func addAccountHealthRoutes(to account: AccountRoutes, desk: Desk) {
    let show = ShowHealth(desk: desk)

    account.get("health") { caller, _, _ in
        try caller.requireAdministrator()
        return .json(.health(try await show.run(by: caller.agent), version: desk.options.machine.version))
    }
}
