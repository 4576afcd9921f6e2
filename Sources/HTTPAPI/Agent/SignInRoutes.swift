import Conversations
import Desk
import Hummingbird
import Store

/// Signing in and out, and the agent's own profile.
func addSignInRoutes(to router: DeskRouter, desk: Desk, passwords: PasswordQueue, _ authenticate: AuthenticateAgent) {
    let signIn = SignIn(desk: desk, passwords: passwords)
    let secure = desk.options.publicURL.hasPrefix("https://")

    router.post("/auth/sign_in") { request, context -> Response in
        // A form of another site cannot send this type: nobody is signed in against their will.
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return Response.failure(
                "Send the address and the password as JSON (Content-Type: application/json).", status: .unsupportedMediaType)
        }
        let fields = try await request.fields()
        do {
            let signedIn = try await signIn.run(
                email: fields.text("email") ?? "", password: fields.text("password") ?? "", remote: context.remoteAddress(of: request))
            return .signedIn(signedIn, desk)
        } catch DeskError.signInNeeded(let words) {
            return .json(
                .object([("success", .bool(false)), ("error", .string(words)), ("errors", .array([.string(words)]))]), status: .unauthorized
            )
        }
    }

    router.delete("/auth/sign_out") { request, _ -> Response in
        if let proof = request.agentProof {
            if case .cookie = proof { try request.requireOwnPage() }
            try await SignOut(desk: desk).run(proof)
        }
        return .json(.object([("success", .bool(true))]), headers: [.setCookie: SessionCookie.clear(secure: secure)])
    }

    router.get("/auth/validate_token") { request, _ -> Response in
        let caller = try await request.caller(authenticate)
        let data = profile(caller.credentials, try await People(desk: desk).account(of: caller.agent), desk)
        return .json(.object([("payload", .object([("success", .bool(true)), ("data", data)]))]))
    }

    router.get("/api/v1/profile") { request, _ -> Response in
        let caller = try await request.caller(authenticate)
        return .json(profile(caller.credentials, try await People(desk: desk).account(of: caller.agent), desk))
    }

    let update = UpdateProfile(desk: desk, passwords: passwords)
    router.put("/api/v1/profile") { request, _ -> Response in
        let caller = try await request.caller(authenticate)
        let fields = try await request.fields().part("profile")
        var changes = UpdateProfile.Changes()
        changes.name = try fields.text("name")
        changes.uiSettings = try fields.object("ui_settings")
        changes.currentPassword = try fields.text("current_password")
        changes.newPassword = try fields.text("password")
        let credentials = try await update.run(changes, by: caller.agent)
        return .json(profile(credentials, try await People(desk: desk).account(of: caller.agent), desk))
    }

    router.post("/api/v1/profile/availability") { request, _ -> Response in
        let caller = try await request.caller(authenticate)
        var changes = UpdateProfile.Changes()
        changes.availability = try await request.fields().part("profile").word("availability", Agent.Availability.self)
        let credentials = try await update.run(changes, by: caller.agent)
        return .json(profile(credentials, try await People(desk: desk).account(of: caller.agent), desk))
    }
}

extension Response {
    /// Somebody has signed in: Chatwoot's headers, and the cookie.
    static func signedIn(_ signedIn: SignIn.SignedIn, _ desk: Desk) -> Response {
        let session = signedIn.session
        return .json(
            .object([("data", profile(signedIn.credentials, signedIn.account, desk))]),
            headers: [
                AgentHeader.accessToken: session.accessToken, AgentHeader.client: session.client,
                AgentHeader.uid: signedIn.credentials.agent.email, AgentHeader.expiry: String(session.expiresAt.seconds),
                AgentHeader.tokenType: "Bearer",
                .setCookie: SessionCookie.set(session, secure: desk.options.publicURL.hasPrefix("https://")),
            ])
    }
}

private func profile(_ credentials: AgentCredentials, _ account: Account, _ desk: Desk) -> JSON {
    JSON.profile(credentials, account: account, tokens: desk.tokens(of: credentials))
}
