import Desk
import Hummingbird

/// The one request that the page behind the printed link sends; the page itself is among the pages.
func addFirstAdministratorRoutes(to router: DeskRouter, desk: Desk, passwords: PasswordQueue) {
    let first = FirstAdministrator(desk: desk)
    router.post("/setup/:token") { request, context -> Response in
        // A form of another site cannot send this type.
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return Response.failure("Send the fields as JSON (Content-Type: application/json).", status: .unsupportedMediaType)
        }
        let fields = try await request.fields()
        var draft = FirstAdministrator.Draft()
        draft.accountName = try fields.text("account_name") ?? ""
        draft.name = try fields.text("name") ?? ""
        draft.email = try fields.text("email") ?? ""
        draft.password = try fields.text("password") ?? ""
        return .signedIn(try await first.run(context.word("token"), draft, passwords: passwords), desk)
    }
}
