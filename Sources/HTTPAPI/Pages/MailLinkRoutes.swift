import Desk
import HTTPTypes
import Hummingbird
import NIOCore

/// The small pages behind the links of our mails. Mail scanners open links: a GET only ever shows a page, and only a POST does something.
struct MailLinkRoutes: Sendable {
    let desk: Desk

    func add(to router: DeskRouter) {
        let mute = MuteConversation(desk: desk)
        router.get("mail/mute/:conversation/:token") { request, context -> Response in
            try await shown(request) { try await mute.page(conversation: context.number("conversation"), token: context.word("token")) }
        }
        router.post("mail/mute/:conversation/:token") { request, context -> Response in
            try await shown(request) { try await mute.run(conversation: context.number("conversation"), token: context.word("token")) }
        }
    }

    /// A page, or a page that says what is wrong: whoever taps a link reads no JSON.
    private func shown(_ request: Request, _ work: () async throws -> String) async throws -> Response {
        do {
            return .page(try await work())
        } catch let error as DeskError {
            return try problem(error, request)
        }
    }

    private func problem(_ error: DeskError, _ request: Request) throws -> Response {
        .page(
            try desk.problemPage(error, accepting: request.headers[.acceptLanguage]), status: AnswerErrors.status(of: error))
    }
}

extension Response {
    /// A page whose address is a secret: nobody learns it as a referrer, nothing keeps it, no other page frames it.
    static func page(_ html: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'; base-uri 'none'"
        headers[.cacheControl] = "no-store"
        headers[.referrerPolicy] = "no-referrer"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

extension DeskRequestContext {
    /// A part of the path; empty where it is missing.
    func word(_ name: String) -> String { parameters.get(name) ?? "" }
}
