import Conversations
import Store

/// What a request shows to say whose it is.
public enum AgentProof: Sendable {
    /// Header `api_access_token`.
    case accessToken(String)
    /// Headers `access-token`, `client` and `uid`, as the sign-in gave them.
    case headers(token: String, client: String, uid: String)
    case cookie(String)

    func sessionClient(_ secrets: Secrets) -> String? {
        switch self {
        case .accessToken: nil
        case .headers(let token, let client, _): AgentSession.client(inHeader: client, token: token, secrets: secrets)
        case .cookie(let value): AgentSession.client(inCookie: value, secrets: secrets)
        }
    }

    /// A program with a token, not a person at the dashboard.
    public var isAccessToken: Bool { if case .accessToken = self { true } else { false } }
}

/// Whose request this is. One indexed query; no password is hashed.
public struct AuthenticateAgent: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ proof: AgentProof) async throws -> AgentCredentials {
        let desk = self.desk
        return try await desk.database.read { try desk.authenticate(proof, $0) }
    }
}

extension Desk {
    func authenticate(_ proof: AgentProof, _ tx: any Connection) throws -> AgentCredentials {
        let found: AgentCredentials?
        switch proof {
        case .accessToken(let token):
            found = try token.utf8.count > 256 ? nil : tx.credentials(accessTokenHash: Secrets.hash(token))
        case .headers(_, _, let uid):
            found = try session(proof, tx).flatMap { $0.agent.email == uid.lowercased() ? $0 : nil }
        case .cookie:
            found = try session(proof, tx)
        }
        guard let found else { throw DeskError.signInNeeded("You need to sign in before continuing.") }
        return found
    }

    private func session(_ proof: AgentProof, _ tx: any Connection) throws -> AgentCredentials? {
        guard let client = proof.sessionClient(secrets) else { return nil }
        return try tx.credentials(sessionTokenHash: Secrets.hash(client), at: now())
    }
}
