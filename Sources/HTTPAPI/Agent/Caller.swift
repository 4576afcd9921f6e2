import Desk
import Conversations
import Hummingbird
import HTTPTypes
import Store

/// Whose request it is.
struct Caller: Sendable {
    let credentials: AgentCredentials
    let proof: AgentProof

    var agent: Agent { credentials.agent }

    func requireAdministrator() throws {
        guard agent.role == .administrator else { throw DeskError.notAllowed("Only administrators may do this. Ask one of them.") }
    }
}

/// The cookie of a signed-in browser.
enum SessionCookie {
    static let name = "throughline_session"

    static func set(_ session: AgentSession, secure: Bool) -> String {
        let seconds = AgentSession.lifetime.components.seconds
        return "\(name)=\(session.cookie); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure ? "; Secure" : "")"
    }

    static func clear(secure: Bool) -> String { "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\(secure ? "; Secure" : "")" }
}

enum AgentHeader {
    static let apiAccessToken = name("api_access_token")
    static let accessToken = name("access-token")
    static let client = name("client")
    static let uid = name("uid")
    static let expiry = name("expiry")
    static let tokenType = name("token-type")
    /// A page of another site cannot send it: with the cookie, whatever changes something needs it.
    static let throughline = name("X-Throughline")

    /// All of them are valid names (RFC 9110 §5.1).
    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .userAgent }
}

extension Request {
    /// What the request shows; a token before the cookie.
    var agentProof: AgentProof? {
        if let token = headers[AgentHeader.apiAccessToken], !token.isEmpty { return .accessToken(token) }
        if let token = headers[AgentHeader.accessToken], let client = headers[AgentHeader.client], let uid = headers[AgentHeader.uid] {
            return .headers(token: token, client: client, uid: uid)
        }
        return sessionCookie.map { .cookie($0) }
    }

    private var sessionCookie: String? {
        for pair in (headers[.cookie] ?? "").split(separator: ";") {
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == SessionCookie.name { return String(parts[1]) }
        }
        return nil
    }

    /// The caller, who is signed in; with the cookie alone nothing may be changed.
    func caller(_ authenticate: AuthenticateAgent) async throws -> Caller {
        guard let proof = agentProof else { throw DeskError.signInNeeded("You need to sign in before continuing.") }
        if case .cookie = proof { try requireOwnPage() }
        return Caller(credentials: try await authenticate.run(proof), proof: proof)
    }

    func requireOwnPage() throws {
        if method == .get || method == .head || method == .options { return }
        guard headers[AgentHeader.throughline] == "1" else {
            throw DeskError.notAllowed("With the session cookie, changes need the header `X-Throughline: 1`.")
        }
    }

    func query(_ name: String) -> String? {
        uri.queryParameters.get(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What is searched for, in 200 characters at most, in each way in which it can be meant; none where nothing is. A plus is itself, as in
    /// `support+token@` (RFC 3986 §3.4), and what clients that write forms mean by it: a space (WHATWG URL §5.1). `%2B` is a plus alone.
    func readings(_ name: String) -> [String] {
        guard let text = query(name) else { return [] }
        let raw = uri.query?.split(separator: "&").first { $0.hasPrefix("\(name)=") }?.dropFirst(name.count + 1) ?? ""
        let spaced = raw.contains("+") ? raw.replacing("+", with: " ").removingPercentEncoding : nil
        return [text, spaced].compactMap { $0.map { String($0.prefix(200)) } }
    }

    func queryList(_ name: String) -> [String] {
        (uri.queryParameters.getAll("\(name)[]") + uri.queryParameters.getAll(name)).filter { !$0.isEmpty }
    }

    var page: Int { query("page").flatMap { Int($0) } ?? 1 }
}

/// Routes below one account: each asks first who calls, and whether the account is theirs.
struct AccountRoutes {
    typealias Handler = @Sendable (Caller, Request, DeskRequestContext) async throws -> Response

    private let group: RouterGroup<DeskRequestContext>
    private let authenticate: AuthenticateAgent

    /// - Parameter version: of Chatwoot's API: its reports are in the second.
    init(_ router: DeskRouter, _ authenticate: AuthenticateAgent, version: Int = 1) {
        group = router.group(RouterPath("/api/v\(version)/accounts/:account"))
        self.authenticate = authenticate
    }

    func get(_ path: RouterPath, _ handler: @escaping Handler) { group.get(path, use: guarded(handler)) }
    func post(_ path: RouterPath, _ handler: @escaping Handler) { group.post(path, use: guarded(handler)) }
    func put(_ path: RouterPath, _ handler: @escaping Handler) { group.put(path, use: guarded(handler)) }
    func patch(_ path: RouterPath, _ handler: @escaping Handler) { group.patch(path, use: guarded(handler)) }
    func delete(_ path: RouterPath, _ handler: @escaping Handler) { group.delete(path, use: guarded(handler)) }

    private func guarded(_ handler: @escaping Handler) -> @Sendable (Request, DeskRequestContext) async throws -> Response {
        let authenticate = authenticate
        return { request, context in
            let caller = try await request.caller(authenticate)
            guard context.parameters.get("account", as: Int64.self) == caller.agent.accountID.value else {
                throw DeskError.notFound("There is no such account here.")
            }
            return try await handler(caller, request, context)
        }
    }
}

extension DeskRequestContext {
    /// A number in the path. What is no number is not there.
    func number(_ name: String) throws -> Int64 {
        guard let number = parameters.get(name, as: Int64.self) else { throw DeskError.notFound("There is nothing at this address.") }
        return number
    }
}
