import Conversations
import Logging
import MailFormat
import Store

/// Tells one agent by mail what a customer wrote and nobody has opened (behaviour §9): the assignee, else one who is online, else one who is
/// not. The mail can be answered.
public struct NotifyAgent: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ jobs: [Job]) async throws {
        for job in jobs {
            do {
                try await desk.database.write { try notify(job, $0) }
            } catch {
                desk.logger.error(
                    "A notification could not be written", metadata: ["conversation": "\(job.subjectID)", "error": "\(error)"])
                try await desk.database.write { try $0.postpone(job, to: desk.now() + .seconds(300)) }
            }
        }
    }

    private func notify(_ job: Job, _ tx: any Connection) throws {
        guard try tx.finish(job), let conversation = try tx.conversation(ID(job.subjectID)), conversation.status == .open,
            let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID),
            desk.isMailConfigured(for: inbox)
        else { return }
        let since = [conversation.agentLastSeenAt, try tx.notifiedAt(conversation.id)].compactMap { $0 }.max()
        let messages = try tx.unopenedMessages(in: conversation.id, since: since, limit: 20)
        guard !messages.isEmpty, let agent = try recipient(for: conversation, tx) else { return }
        let mail = try ComposeNotification(desk: desk, tx: tx, conversation: conversation, contact: contact, inbox: inbox)
            .unopened(messages, to: agent)
        _ = try desk.addToOutbox(mail, messages: [], due: desk.now(), tx)
        try tx.setNotifiedAt(desk.now(), of: conversation.id)
    }

    /// One person of those who want such mail. Among several the conversation's number chooses, so that not all of them fall to the first.
    private func recipient(for conversation: Conversation, _ tx: any Connection) throws -> Agent? {
        let flags = try tx.notificationFlags(of: conversation.accountID)
        let agents = try tx.agents(of: conversation.accountID).filter {
            NotificationFlags(stored: flags[$0.id] ?? "{}").email.contains(.newMessage)
        }
        if let assignee = agents.first(where: { $0.id == conversation.assigneeID }) { return assignee }
        let online = agents.filter { $0.availability == .online }
        let some = online.isEmpty ? agents : online
        return some.isEmpty ? nil : some[Int(conversation.displayID) % some.count]
    }
}

extension Desk {
    /// A customer wrote: unless somebody opens it in time, an agent is told by mail. The clock runs from the first unopened word.
    func planNotification(of conversation: Conversation, _ tx: any Connection) throws {
        guard options.notifyAgentsAfter > .zero, try tx.due(.notification, conversation.id.value) == nil else { return }
        try tx.enqueue(.notification, conversation.id.value, due: now() + options.notifyAgentsAfter)
    }
}
