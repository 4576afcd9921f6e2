import Desk
import Hummingbird
import NIOCore

/// The dashboard, the widget's frame and the files that they load.
struct PageRoutes: Sendable {
    let desk: Desk
    let assets: Assets
    let visitors: VisitorRoutes

    func add(to router: DeskRouter) {
        router.get("packs/js/sdk.js") { request, _ in try assets.answer("sdk.js", to: request) }
        router.get("assets/**") { request, context in
            try assets.answer("assets/\(context.parameters.getCatchAll().joined(separator: "/"))", to: request)
        }
        router.get("app") { _, _ in try dashboard() }
        router.get("app/**") { _, _ in try dashboard() }
        router.get("setup/:token", use: setup)
        router.get("widget", use: widget)
        router.get("chat", use: chat)
        router.get("") { _, _ in Response(status: .found, headers: [.location: desk.options.isDemo ? "/demo" : "/app"]) }
    }

    /// The dashboard, which learns here whether this is a demo.
    private func dashboard() throws -> Response {
        guard let page = assets.text("app.html") else { throw DeskError.notFound("The dashboard's files are not built: run Web/build.sh.") }
        let demo = desk.options.isDemo ? "<meta name=\"throughline-demo\" content=\"1\">" : ""
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: page.replacing("<!-- {{demo_meta}} -->", with: demo))))
    }

    /// Where the first administrator is made. Opening it changes nothing; a link that is over says so.
    @Sendable private func setup(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard try await FirstAdministrator(desk: desk).isGood(context.word("token")) else {
            return .page(try desk.setupOverPage(), status: .gone)
        }
        var response = try dashboard()
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// A page with nothing but the widget, for links in mails of an inbox whose website is not known.
    @Sendable private func chat(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let page = assets.text("chat.html") else { throw DeskError.notFound("The widget's files are not built: run Web/build.sh.") }
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    /// The frame that a website shows: only on the domains that the inbox allows, where it names any.
    @Sendable private func widget(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let page = assets.text("widget.html") else { throw DeskError.notFound("The widget's files are not built: run Web/build.sh.") }
        let token = request.query("website_token") ?? ""
        let session = try await visitors.session(
            VisitorCredentials(websiteToken: token, authToken: request.query("cw_conversation")), request, context)
        let config = WidgetConfig.forPage(session, desk: desk).text.replacing("<", with: "\\u003c")
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: SecurityHeaders.contentSecurityPolicy(frameAncestors: WidgetConfig.frameAncestors(session.inbox)),
            ], body: .init(byteBuffer: ByteBuffer(string: page.replacing("{{config}}", with: config))))
    }
}
