import Desk
import Hummingbird

/// The API of the agents' side.
func addAgentRoutes(to router: DeskRouter, desk: Desk) {
    let passwords = PasswordQueue()
    let authenticate = AuthenticateAgent(desk: desk)
    addSignInRoutes(to: router, desk: desk, passwords: passwords, authenticate)
    addFirstAdministratorRoutes(to: router, desk: desk, passwords: passwords)
    let account = AccountRoutes(router, authenticate)
    addTeamRoutes(to: account, desk: desk, passwords: passwords)
    addConversationRoutes(to: account, desk: desk)
    addConversationChangeRoutes(to: account, desk: desk)
    addBulkRoutes(to: account, desk: desk)
    addMessageRoutes(to: account, desk: desk)
    addCannedResponseRoutes(to: account, desk: desk)
    addContactRoutes(to: account, desk: desk)
    addInboxRoutes(to: account, desk: desk)
    addMailTemplateRoutes(to: account, desk: desk)
    addContinuityCheckRoutes(to: account, desk: desk)
    addInboxSigningRoutes(to: account, desk: desk)
    addInboxRelayRoutes(to: account, desk: desk)
    addInboxProviderRoutes(to: account, desk: desk)
    addMailboxRoutes(to: account, desk: desk)
    addSurveyRoutes(to: account, desk: desk)
    addMailRoutes(to: account, desk: desk)
    addMailHTMLRoutes(to: account, desk: desk)
    addNoticeRoutes(to: account, desk: desk)
    addAccountHealthRoutes(to: account, desk: desk)
    addReportRoutes(to: AccountRoutes(router, authenticate, version: 2), desk: desk)
}
