import Conversations

/// Behaviour §3, the moment at which a mail leaves. It does not depend on the present, so a timer set to it fires exactly once.
extension ContinuitySnapshot {
    /// When the mail with these messages leaves, if nothing changes before.
    ///
    /// - `email_now` anywhere in the queue: at once, with all that waits before it. It asks neither presence, quiet, undo window
    ///   nor `min_interval`: the agent has decided.
    /// - Email mode: `undo_window` after the newest message, so that each of them could be taken back for the whole window.
    ///   Presence, typing and `min_interval` are not asked.
    /// - Chat mode: the rule of the page (below), but not sooner than `min_interval` after the last mail.
    /// - In both modes never later than `at_latest` after the oldest. That promise is made to the customer and wins over everything
    ///   that holds a mail back, `min_interval` too; with settings where `min_interval` is the shorter, the two meet only when more
    ///   messages wait than one mail takes.
    ///
    /// - Parameters:
    ///   - oldest: the oldest message of the mail.
    ///   - newest: the newest message that waits.
    ///   - firstEmailNow: when the oldest waiting message with the choice `email_now` was written.
    ///   - lastMailAt: when the mail before this one left.
    func leaves(
        oldest: Instant, newest: Instant, firstEmailNow: Instant?, lastMailAt: Instant?, _ settings: ContinuitySettings
    ) -> Instant {
        let latest = oldest + settings.atLatest
        var due = mode == .email ? newest + settings.undoWindow : leavesFromChat(oldest: oldest, newest: newest, settings)
        if mode == .chat, let lastMailAt { due = max(due, lastMailAt + settings.minInterval) }
        due = min(due, latest)
        if let firstEmailNow { due = min(due, firstEmailNow) }
        return due
    }

    /// Page open: `unseen_after` after the oldest message. Page closed: as soon as it counts as closed. Both only when it has been
    /// quiet for `quiet_for`.
    ///
    /// A page whose stream has closed is open until `closed_after` and closed from then on. The earlier of the two rules is right
    /// for it: if the first fires before the page counts as closed it fires on an open page, and otherwise the second comes first.
    private func leavesFromChat(oldest: Instant, newest: Instant, _ settings: ContinuitySettings) -> Instant {
        let quiet = lastActivity(newestWaiting: newest) + settings.quietFor
        let unseen = max(oldest + settings.unseenAfter, quiet)
        switch presence {
        case .unknown: return quiet
        case .connected: return unseen
        case .disconnected(let closedAt): return min(unseen, max(closedAt + settings.closedAfter, quiet))
        }
    }

    /// The last sign that someone is busy here: an agent's public message (also one that itself never leaves), an agent's
    /// keystroke, or the visitor's keystroke.
    private func lastActivity(newestWaiting: Instant) -> Instant {
        var last = newestWaiting
        for entry in messages where entry.kind == .outgoing && !entry.isPrivate { last = max(last, entry.createdAt) }
        if let agentTypedAt { last = max(last, agentTypedAt) }
        if let visitorTypedAt { last = max(last, visitorTypedAt) }
        return last
    }
}
