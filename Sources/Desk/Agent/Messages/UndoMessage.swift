import Conversations
import Store

extension Desk {
    /// *Undo*: the message was not meant to go. While its mail has not left and the customer has not seen it, it is taken back whole.
    func takeBack(_ message: Message, in conversation: Conversation, _ tx: any Connection) throws {
        if message.isDeleted { return }
        try refuseIfOut(message, tx)
        if message.delivery?.name == .seen { throw DeskError.invalid("The customer has seen this message already.") }
        var message = message
        try empty(&message, because: .takenBack, in: conversation, tx)
    }
}
