import Desk
import HTTPTypes
import Hummingbird
import NIOCore

/// The small pages behind the links of our mails. Mail scanners open links: a GET only ever shows a page, and only a POST does something.
struct MailLinkRoutes: Sendable {
    let desk: Desk
    let limits: RateLimits

    func add(to router: DeskRouter) {
        addMute(to: router)
        addChatLinks(to: router)
        addChatCodes(to: router)
        addSurvey(to: router)
    }

    private func addMute(to router: DeskRouter) {
        let mute = MuteConversation(desk: desk)
        router.get("mail/mute/:conversation/:token") { request, context -> Response in
            try await shown(request) { try await mute.page(conversation: context.number("conversation"), token: context.word("token")) }
        }
        router.post("mail/mute/:conversation/:token") { request, context -> Response in
            try await shown(request) { try await mute.run(conversation: context.number("conversation"), token: context.word("token")) }
        }
    }

    private func addSurvey(to router: DeskRouter) {
        let rate = RateConversation(desk: desk)
        router.get("survey/:message/:token") { request, context -> Response in
            try await shown(request) {
                let chosen = request.query("rating").flatMap { Int($0) }
                return try await rate.page(context.number("message"), token: context.word("token"), chosen: chosen)
            }
        }
        router.post("survey/:message/:token") { request, context -> Response in
            try await shown(request) {
                let fields = try await request.fields()
                let rating = try fields.number("rating").map { Int(clamping: $0) }
                return try await rate.run(
                    context.number("message"), token: context.word("token"), rating: rating, feedback: fields.text("comment"))
            }
        }
    }

    private func addChatLinks(to router: DeskRouter) {
        let links = OpenChatLink(desk: desk)
        router.get("continue/:token") { request, context -> Response in
            try await shown(request) { try await links.page(context.word("token"), browser: request.browserSecret) }
        }
        router.post("continue/:token") { request, context -> Response in
            try await answered(request) {
                try limits.take(.taps, for: context.word("token"))
                let tapped = try await links.tap(context.word("token"), browser: request.browserSecret)
                return Response(
                    status: .seeOther,
                    headers: [
                        .location: tapped.location, .setCookie: BrowserSecret.cookie(tapped.browser, publicURL: desk.options.publicURL),
                        .referrerPolicy: "no-referrer",
                    ])
            }
        }
        router.post("continue/:token/stop") { request, context -> Response in
            try await shown(request) { try await links.stop(context.word("token")) }
        }
    }

    private func addChatCodes(to router: DeskRouter) {
        let codes = ConfirmChatCode(desk: desk)
        router.get("continue/code/:ticket") { request, context -> Response in
            try await shown(request) { try await codes.page(context.word("ticket"), browser: request.browserSecret) }
        }
        router.post("continue/code/:ticket") { request, context -> Response in
            try await answered(request) {
                try limits.take(.taps, for: context.word("ticket"))
                let code = try await request.fields().text("code") ?? ""
                switch try await codes.run(context.word("ticket"), code: String(code.prefix(20)), browser: request.browserSecret) {
                case .location(let location):
                    return Response(status: .seeOther, headers: [.location: location, .referrerPolicy: "no-referrer"])
                case .page(let html): return .page(html, status: .unprocessableContent)
                }
            }
        }
        router.post("continue/code/:ticket/again") { request, context -> Response in
            try await shown(request) { try await codes.again(context.word("ticket"), browser: request.browserSecret) }
        }
    }

    private func answered(_ request: Request, _ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let error as DeskError {
            return try problem(error, request)
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

/// What a browser keeps of a tap, on our own pages alone: it shows that the same browser comes again.
enum BrowserSecret {
    static let name = "throughline_browser"
    /// As long as browsers keep anything at least; links end sooner.
    static let seconds = 180 * 86_400

    static func cookie(_ secret: String, publicURL: String) -> String {
        let secure = publicURL.hasPrefix("https:") ? "; Secure" : ""
        return "\(name)=\(secret); Path=/continue; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)"
    }
}

extension Request {
    var browserSecret: String? {
        for pair in (headers[.cookie] ?? "").split(separator: ";") {
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            // One that a page of ours has set: longer or shorter ones are somebody else's.
            if parts.count == 2, parts[0] == BrowserSecret.name, parts[1].utf8.count == 32 { return String(parts[1]) }
        }
        return nil
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
