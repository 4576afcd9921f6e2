import Conversations
import Logging
import Store

extension Desk {
    /// Brings a message to a delivery state, stores it and tells the agents: the one way by which it changes.
    ///
    /// A state that may not follow the present one is not written: an answered message stays answered when the relay's word comes late.
    /// - Returns: whether it was written or stood there already.
    @discardableResult
    func setDelivery(
        _ wanted: DeliveryState, of message: inout Message, in conversation: Conversation, _ tx: any Connection
    ) throws -> Bool {
        let before = message.delivery
        guard wanted.mayFollow(before) else {
            logger.debug("A delivery state came too late", metadata: ["message": "\(message.id)", "state": "\(wanted.name.rawValue)"])
            return false
        }
        var state = wanted
        // Since when it is late, not when that was last said.
        if before?.name == state.name, state.name == .deferred || state.name == .uncertain { state.at = before?.at ?? state.at }
        if state == before, !state.warns(asOf: now()) || state.warns(asOf: message.updatedAt) { return true }
        message.delivery = state
        message.updatedAt = now()
        try tx.updateMessage(message)
        try journal(tx).delivery(of: message, in: conversation)
        return true
    }

    /// The mail that carried these messages is certainly not out and will not go: the rules decide about them anew, at once, in this
    /// transaction.
    func releaseFromMail(_ messages: [Message], _ tx: any Connection) throws {
        for var message in messages where message.delivery?.name.next.contains(.waiting) ?? false {
            message.delivery = nil
            try tx.updateMessage(message)
        }
    }
}
