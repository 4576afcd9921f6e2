import Conversations
import Store

/// The customer wants no more mail of one conversation: one click in the mail (RFC 8058), or an agent's.
public struct MuteConversation: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// By the link in a mail.
    public func run(conversation number: Int64, token: String) async throws {
        guard desk.secrets.isToken(token, .mute, String(number)) else { throw DeskError.notFound("This link is not valid.") }
        try await desk.database.write { tx in
            guard let conversation = try tx.conversation(ID(number)) else { throw DeskError.notFound("This link is not valid.") }
            try desk.setMuted(true, of: conversation, because: "The customer wants no more mail of this conversation", tx)
        }
    }
}

extension Desk {
    /// Mutes or unmutes the mail of a conversation; takes back what has not left.
    func setMuted(_ muted: Bool, of conversation: Conversation, because words: String, _ tx: any Connection) throws {
        guard conversation.muted != muted else { return }
        var changed = conversation
        changed.muted = muted
        changed.updatedAt = now()
        try tx.updateConversation(changed, from: conversation)
        try writeActivity(words, in: &changed, tx)
        try reconsiderMail(of: changed, tx)
        try journal(tx).conversation(.conversationUpdated, changed)
    }
}
