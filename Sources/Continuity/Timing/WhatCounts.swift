import Conversations

/// Behaviour §3, "What counts": public outgoing messages and satisfaction surveys, not yet seen, not yet mailed, not chat only.
extension ContinuitySnapshot.Entry {
    /// Whether this is a thing that can leave as mail at all. Notes, activities, greetings and the customer's own words cannot.
    public var isForTheCustomer: Bool {
        guard !isPrivate else { return false }
        switch kind {
        case .outgoing: return true
        case .template: return isSurvey
        case .incoming, .activity: return false
        }
    }

    /// A satisfaction survey: written by the system, so automatic mail (behaviour §4).
    public var isSurvey: Bool { kind == .template && contentType == "input_csat" }

    /// Whether it is in the outbox already, or further. What failed stays so until an agent tries again, which clears the state.
    public var wasMailed: Bool {
        switch delivery?.name {
        case .queued, .emailed, .deferred, .uncertain, .failed, .bounced, .answered: true
        case .seen, .waiting, .notSent, nil: false
        }
    }

    /// Whether the customer has seen it, and needs no mail of it: the watermark has passed it, or had passed it when its state was stored.
    /// Whoever is to get a copy sees no chat: a message with copies leaves as mail all the same.
    public func isSeen(watermark: Instant?) -> Bool {
        if delivery?.name == .seen { return true }
        guard let watermark, copies.isEmpty else { return false }
        return createdAt <= watermark
    }
}

extension ContinuitySnapshot {
    /// The messages that wait for a mail, oldest first.
    var waiting: [Entry] {
        messages
            .filter { $0.isForTheCustomer && !$0.wasMailed && $0.choice != .chatOnly && !$0.isSeen(watermark: contactLastSeenAt) }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
