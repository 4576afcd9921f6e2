import Desk
import Hummingbird

/// The widget's API. Every route is one use case of `Desk/Visitor`.
struct VisitorRoutes: Sendable {
    let desk: Desk
    let limits: RateLimits

    func add(to router: DeskRouter) {
        let widget = router.group("api/v1/widget")
        addSession(to: widget)
        addConversations(to: widget)
        addMessages(to: widget)
        widget.get("inbox_members", use: team)
        widget.get("campaigns") { _, _ in Response.json(.array([])) }
        widget.post("events") { request, _ in
            // Seen by webhooks and bots, which come later; a widget may tell already.
            try limits.take(.changes, for: credentials(request).authToken ?? "")
            return Response.json(.object([]))
        }
        widget.post("direct_uploads") { _, _ -> Response in
            throw DeskError.notFound("Files are sent with the message itself, as a form: message[attachments][].")
        }
    }

    func credentials(_ request: Request) throws -> VisitorCredentials {
        guard let token = request.query("website_token"), !token.isEmpty else {
            throw DeskError.invalid("`website_token` is missing.", attributes: ["website_token"])
        }
        return VisitorCredentials(websiteToken: token, authToken: request.headers[.xAuthToken])
    }

    /// Credentials of a request that changes something, counted against a limit of its session.
    func credentials(_ request: Request, counting limit: RateLimits.Limit) throws -> VisitorCredentials {
        let credentials = try credentials(request)
        try limits.take(limit, for: credentials.authToken.map { String($0.suffix(43)) } ?? "none")
        return credentials
    }

    @Sendable private func team(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let agents = try await ShowVisitorThread(desk: desk).team(websiteToken: credentials(request).websiteToken)
        return .json(.object([("payload", .array(agents.map { .agentForVisitor($0) }))]))
    }
}
