import Conversations

extension ContinuitySnapshot {
    /// Whether a mail that is queued but not yet attempted must be withdrawn (behaviour §3, "Seen in time").
    ///
    /// It must as soon as any of its messages was seen, was set to chat only or was deleted, the contact's address is another one, or
    /// nobody may get mail any more; the rest is decided anew, so that no message is ever mailed after it was seen. After the first attempt
    /// it is too late: the mail may be out.
    /// - Parameters:
    ///   - queued: the messages of that mail.
    ///   - to: the address that it goes to.
    public func withdraws(queued: [ID<Message>], to: String, _ settings: ContinuitySettings) -> Bool {
        if to != address { return true }
        // The count of unproven mails includes this very mail, so that limit says nothing about it.
        if let obstacle = obstacle(settings), obstacle != .unprovenLimit { return true }
        let ids = Set(queued)
        let carried = messages.filter { ids.contains($0.id) }
        if carried.count < ids.count { return true }
        // A transcript is asked for by somebody who has seen everything in it: its line in the thread is no message to the customer.
        let entries = carried.filter(\.isForTheCustomer)
        return entries.contains { $0.choice == .chatOnly || $0.isSeen(watermark: contactLastSeenAt) }
    }
}
