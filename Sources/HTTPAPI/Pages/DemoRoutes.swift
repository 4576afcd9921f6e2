import Desk
import Hummingbird
import NIOCore

/// The demo's shop page and its local mailbox. Only where the demo is on.
struct DemoRoutes: Sendable {
    let desk: Desk
    let assets: Assets
    let reply: HTTPServer.MailboxReply

    func add(to router: DeskRouter) {
        router.get("demo", use: shop)
        router.get("demo/mailbox") { request, _ in try assets.answer("mailbox.html", to: request) }
        router.get("demo/api/mailbox") { _, _ in
            Response.json(.object([("payload", .array(try await ReadMailbox(desk: desk).list()))]))
        }
        router.get("demo/api/mailbox/:id") { _, context in Response.json(try await ReadMailbox(desk: desk).show(context.number("id"))) }
        router.post("demo/api/mailbox/:id/reply", use: answer)
    }

    @Sendable private func shop(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let page = assets.text("demo.html") else { throw DeskError.notFound("The demo's files are not built: run Web/build.sh.") }
        let website = try await ReadMailbox(desk: desk).website()
        let shown = website.snippet.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let html = page.replacing("{{website_token}}", with: website.token).replacing("{{snippet}}", with: shown)
        return Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    @Sendable private func answer(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id = try context.number("id")
        let text = try await request.fields().needed("text")
        guard text.contains(where: { !$0.isWhitespace }) else { throw DeskError.invalid("Write something.", attributes: ["text"]) }
        do {
            try await reply(id, text)
            return .json(.object([]), status: .accepted)
        } catch let error as DeskError {
            if case .notFound = error { throw error }
            return .failure("\(error)", status: .badGateway)
        } catch {
            context.logger.warning("An answer from the local mailbox was not taken.", metadata: ["error": "\(error)"])
            return .failure("Our own mail receiver did not take the answer: \(error)", status: .badGateway)
        }
    }
}
