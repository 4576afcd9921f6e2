import Conversations
import Store

/// The buttons of the delivery line: *Send now*, *Chat only*, *Try again*, *Change address*, *Undo*.
///
/// Each may be pressed twice: where its aim is reached already, nothing changes and the message is given back. Where it cannot be reached, a
/// sentence says why.
public struct ChangeDelivery: Sendable {
    public enum Word: String, Sendable, CaseIterable {
        case sendNow = "send_now"
        case chatOnly = "chat_only"
        case tryAgain = "try_again"
        case changeAddress = "change_address"
        case undo
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter address: with *Change address*, where the customer's mail goes from now on.
    public func run(
        _ word: Word, address: String? = nil, message number: Int64, in conversationNumber: Int64, by agent: Agent
    ) async throws -> MessageView {
        let desk = self.desk
        return try await desk.onConversation(conversationNumber, by: agent) { conversation, tx in
            let message = try tx.message(number, in: conversation)
            guard message.kind == .outgoing && !message.isPrivate || message.contentType == "input_csat" else {
                throw DeskError.invalid("Only messages to the customer leave as mail.")
            }
            switch word {
            case .sendNow: try desk.sendNow(message, in: conversation, tx)
            case .chatOnly: try desk.keepInChat(message, in: conversation, tx)
            case .tryAgain: try desk.tryAgain(message, in: &conversation, tx)
            case .changeAddress: try desk.changeAddress(to: address, for: message, in: &conversation, tx)
            case .undo: try desk.takeBack(message, in: conversation, tx)
            }
            return try tx.view(of: tx.message(message.id) ?? message, in: conversation)
        }
    }
}

extension Desk {
    /// The mail leaves at once, with all that waits before it.
    func sendNow(_ message: Message, in conversation: Conversation, _ tx: any Connection) throws {
        switch message.delivery?.name {
        case nil, .waiting: break
        case .notSent:
            guard message.delivery?.reason == NotSentReason.chatOnly.rawValue, !message.isDeleted else {
                throw DeskError.invalid("This message cannot leave as mail: \(DeliveryLine.words(forReason: message.delivery?.reason)).")
            }
        case .queued, .emailed, .uncertain, .answered: return
        case .deferred: throw DeskError.invalid("The mail server did not take it yet. Try again has it tried at once.")
        case .failed, .bounced: throw DeskError.invalid("This message could not be delivered. Try again sends it once more.")
        case .seen: throw DeskError.invalid("The customer has seen this message already.")
        }
        guard message.choice != .emailNow else { return }
        try choose(.emailNow, for: message, in: conversation, tx)
    }

    /// The message does not leave as mail; what is queued is taken back.
    func keepInChat(_ message: Message, in conversation: Conversation, _ tx: any Connection) throws {
        try refuseIfOut(message, tx)
        guard message.choice != .chatOnly else { return }
        if [.failed, .bounced].contains(message.delivery?.name) { try releaseFromMail([message], tx) }
        try choose(.chatOnly, for: try tx.message(message.id) ?? message, in: conversation, tx)
    }

    func choose(_ choice: Message.Choice, for message: Message, in conversation: Conversation, _ tx: any Connection) throws {
        var message = message
        message.choice = choice
        message.updatedAt = now()
        try tx.updateMessage(message)
        try reconsiderMail(of: conversation, tx)
    }

    /// A sentence where the customer may have it by mail.
    func refuseIfOut(_ message: Message, _ tx: any Connection) throws {
        switch message.delivery?.name {
        case .emailed, .answered: throw DeskError.invalid("This message has left by email already.")
        case .uncertain: throw DeskError.invalid("This message may have left by email already.")
        case .queued, .deferred:
            guard let mail = try tx.outboxMail(carrying: message.id), mail.state == .attempting || mail.state == .dataSent else { return }
            throw DeskError.invalid("This message is leaving by email at this moment.")
        case nil, .waiting, .notSent, .seen, .failed, .bounced: return
        }
    }
}

extension Message {
    /// An agent took it back, or a bot's text was removed. Read as what it is: a visitor's answer that stands beside it may hold the same words.
    var isDeleted: Bool {
        guard case .bool(true)? = JSON.members(of: contentAttributes).first(where: { $0.0 == "deleted" })?.1 else { return false }
        return true
    }
}
