import Conversations
import Logging
import Store

/// A conversation in which nobody says anything any more is resolved by itself, some minutes after the last word, where the inbox says so.
/// Never one whose customer waits for an answer.
public struct AutoResolve: Sendable {
    static let minutes = "auto_resolve_after"
    static let message = "auto_resolve_message"

    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ jobs: [Job]) async throws {
        for job in jobs {
            do {
                try await desk.database.write { try look(at: job, $0) }
            } catch {
                desk.logger.error(
                    "A silent conversation could not be resolved", metadata: ["conversation": "\(job.subjectID)", "error": "\(error)"])
                try await desk.database.write { try $0.postpone(job, to: desk.now() + .seconds(300)) }
            }
        }
    }

    private func look(at job: Job, _ tx: any Connection) throws {
        guard try tx.finish(job), var conversation = try tx.conversation(ID(job.subjectID)), let inbox = try tx.inbox(conversation.inboxID)
        else { return }
        guard let due = desk.autoResolveAt(conversation, inbox) else { return }
        guard due <= desk.now() else { return try tx.enqueue(.autoResolve, conversation.id.value, due: due) }
        if let words = InboxSettings.value(Self.message, of: inbox).stringValue?.nonEmpty {
            var draft = MessageDraft(.template, content: words)
            draft.isAutomatic = true
            _ = try desk.write(draft, in: &conversation, tx)
        }
        try desk.setStatus(.resolved, because: .resolvedAfterSilence, of: &conversation, tx)
    }
}

extension Desk {
    /// When this conversation resolves by itself if nobody says anything; nil where it does not.
    func autoResolveAt(_ conversation: Conversation, _ inbox: Inbox) -> Instant? {
        guard conversation.status == .open, conversation.waitingSince == nil,
            case .integer(let minutes) = InboxSettings.value(AutoResolve.minutes, of: inbox), minutes > 0
        else { return nil }
        return conversation.lastActivityAt + .seconds(Int64(minutes) * 60)
    }

    /// After something was said, or a status changed: sets the conversation's own timer.
    func planAutoResolve(_ conversation: Conversation, _ tx: any Connection) throws {
        guard let inbox = try tx.inbox(conversation.inboxID) else { return }
        // Most inboxes never have it: then nothing is written.
        if case .null = InboxSettings.value(AutoResolve.minutes, of: inbox) { return }
        if let due = autoResolveAt(conversation, inbox) {
            try tx.enqueue(.autoResolve, conversation.id.value, due: due)
        } else {
            try tx.dequeue(.autoResolve, conversation.id.value)
        }
    }
}
