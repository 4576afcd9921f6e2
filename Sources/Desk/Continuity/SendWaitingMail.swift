import Continuity
import Conversations
import Store

/// A conversation's timer fell due: asks the rules again and, where they say so, swaps the timer for a mail in the outbox, in the
/// one transaction that read what they looked at. Nothing can change in between.
public struct SendWaitingMail: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ jobs: [Job]) async throws {
        for job in jobs {
            do {
                try await desk.database.write { try decideAbout(job, $0) }
            } catch {
                desk.logger.error("A mail could not be written", metadata: ["conversation": "\(job.subjectID)", "error": "\(error)"])
                try await desk.database.write { try $0.postpone(job, to: desk.now() + .seconds(60)) }
            }
        }
    }

    private func decideAbout(_ job: Job, _ tx: any Connection) throws {
        guard try tx.finish(job), var conversation = try tx.conversation(ID(job.subjectID)),
            let contact = try tx.contact(conversation.contactID), let inbox = try tx.inbox(conversation.inboxID)
        else { return }
        let settings = desk.timing(of: inbox)
        let snapshot = try desk.snapshot(of: conversation, contact: contact, inbox: inbox, tx)
        if case .email(let batch) = decide(snapshot, settings, now: desk.now()) {
            try send(batch, &conversation, contact, inbox, tx)
        }
        try desk.reconsiderMail(of: conversation, tx)
    }

    private func send(
        _ batch: ContinuityBatch, _ conversation: inout Conversation, _ contact: Contact, _ inbox: Inbox, _ tx: any Connection
    ) throws {
        let composed = try ComposeReply(desk: desk, tx: tx)
            .run(batch, conversation: conversation, contact: contact, inbox: inbox)
        let now = desk.now()
        let mail = try desk.addToOutbox(composed, messages: batch.messages, due: now, tx)
        // What others got too proves nobody's address.
        try tx.rememberMailID(
            mail.messageID, account: mail.accountID, conversation: conversation.id, message: batch.messages.last, ours: true,
            to: batch.copies.isEmpty ? batch.to : nil)
        for address in batch.copies {
            let known = try tx.participant(address, in: conversation.id)
            try tx.remember(
                Participant(address: address, contactID: known?.contactID, name: known?.name ?? address, standing: .participant),
                in: conversation.id, at: now)
        }
        for var message in try tx.messages(batch.messages) {
            try desk.setDelivery(DeliveryState(.queued, at: now, to: batch.to), of: &message, in: conversation, tx)
        }
        let before = conversation
        conversation.lastMailAt = now
        if contact.emailState != .proven { conversation.unprovenMails += 1 }
        try tx.updateConversation(conversation, from: before)
    }
}
