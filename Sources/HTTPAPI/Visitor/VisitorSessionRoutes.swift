import Desk
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// The session and its contact.
extension VisitorRoutes {
    func addSession(to widget: RouterGroup<DeskRequestContext>) {
        widget.post("config", use: config)
        widget.get("contact", use: showContact)
        widget.patch("contact", use: changeContact)
        widget.put("contact", use: changeContact)
        widget.patch("contact/set_user", use: setUser)
        widget.post("contact/destroy_custom_attributes", use: dropContactAttributes)
        widget.post("presence", use: notePage)
        widget.post("continue", use: enter)
    }

    @Sendable private func config(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let credentials = try credentials(request)
        let session = try await session(credentials, request, context)
        let own = VisitorCredentials(websiteToken: credentials.websiteToken, authToken: session.authToken)
        try await visit(request.fields(), own, limitedBy: context.limitedAddress(of: request))
        return .json(WidgetConfig.forAPI(session))
    }

    /// The page that a browser says it is on, where it says so. From where too many come, some are left out in silence.
    private func visit(_ fields: Fields, _ credentials: VisitorCredentials, limitedBy remote: String?) async throws {
        guard let page = try fields.text("page"), remote.map({ limits.allows(.pages, for: $0) }) ?? true else { return }
        try await NotePage(desk: desk).visit(credentials, address: page, title: fields.text("title") ?? "")
    }

    /// The session of these credentials, or a new one; new ones are counted for each address.
    func session(
        _ credentials: VisitorCredentials, _ request: Request, _ context: DeskRequestContext
    ) async throws -> BeginVisitorSession.Session {
        let begin = BeginVisitorSession(desk: desk)
        if let known = try await begin.existing(credentials) { return known }
        if let remote = context.limitedAddress(of: request) { try limits.take(.sessions, for: remote) }
        return try await begin.run(credentials)
    }

    /// The ticket that stood behind the `#` of the website's address after the tap in a mail.
    @Sendable private func enter(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let ticket = try await request.fields().needed("ticket")
        try limits.take(.taps, for: String(ticket.prefix(64)))
        switch try await EnterChat(desk: desk).run(credentials(request), ticket: ticket) {
        case .entered(let authToken, let streamToken, let conversation):
            return .json(
                .object([
                    ("status", .string("entered")), ("auth_token", .string(authToken)), ("pubsub_token", .string(streamToken)),
                    ("conversation_id", .integer(conversation)),
                ]))
        case .codeNeeded(let location):
            return .json(.object([("status", .string("code_needed")), ("location", .string(location))]))
        }
    }

    @Sendable private func showContact(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        .json(.ownContact(try await ChangeVisitorContact(desk: desk).show(credentials(request))))
    }

    @Sendable private func changeContact(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        // Some widgets wrap the contact, some do not.
        let fields = try await request.fields()
        let details = try (fields.has("contact") ? fields.part("contact") : fields).visitorDetails()
        let credentials = try credentials(request, counting: details.email == nil ? .changes : .addresses)
        let changed = try await ChangeVisitorContact(desk: desk).run(credentials, details)
        return .json(.ownContact(changed.contact, suggestion: changed.suggestion))
    }

    @Sendable private func setUser(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let fields = try await request.fields()
        let credentials = try credentials(request, counting: .addresses)
        let outcome = try await IdentifyVisitor(desk: desk).run(
            credentials, identifier: try fields.needed("identifier"), hash: try fields.text("identifier_hash"), try fields.visitorDetails())
        guard case .object(var members) = JSON.ownContact(outcome.contact) else { return .json(.null) }
        if let token = outcome.newAuthToken { members.append(("widget_auth_token", .string(token))) }
        if let token = outcome.newStreamToken { members.append(("pubsub_token", .string(token))) }
        return .json(.object(members))
    }

    @Sendable private func dropContactAttributes(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let names = try await request.fields().texts("custom_attributes") ?? []
        let contact = try await ChangeVisitorContact(desk: desk).dropCustomAttributes(credentials(request, counting: .changes), names)
        return .json(.ownContact(contact))
    }

    /// A page that closes sends this as a beacon: `text/plain`, with the token in the body.
    @Sendable private func notePage(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let fields = try await request.fields()
        var credentials = try credentials(request)
        credentials.authToken = try credentials.authToken ?? fields.text("auth_token")
        try limits.take(.changes, for: credentials.authToken.map { String($0.suffix(43)) } ?? "none")
        try await visit(fields, credentials, limitedBy: context.limitedAddress(of: request))
        try await NotePage(desk: desk).run(credentials, open: fields.neededBool("open"), visible: fields.neededBool("visible"))
        return .json(.object([]))
    }
}
