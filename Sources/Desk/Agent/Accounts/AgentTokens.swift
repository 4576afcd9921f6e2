import Conversations
import Store

/// An agent's own tokens: derived from the installation's secret and a stored nonce. The store keeps their hashes alone; a new nonce
/// revokes them.
public struct AgentTokens: Sendable {
    /// `api_access_token`.
    public let access: String
    /// `pubsub_token`.
    public let stream: String

    init(agent: ID<Agent>, nonce: String, secrets: Secrets) {
        access = secrets.token(.agentAccess, "\(agent):\(nonce)")
        stream = secrets.token(.agentStream, "\(agent):\(nonce)")
    }
}

extension Desk {
    public func tokens(of credentials: AgentCredentials) -> AgentTokens {
        AgentTokens(agent: credentials.agent.id, nonce: credentials.tokenNonce, secrets: secrets)
    }
}
