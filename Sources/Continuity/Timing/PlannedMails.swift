import Conversations

/// The mails that will leave one after the other, if nothing changes.
extension ContinuitySnapshot {
    struct PlannedMail {
        var leaves: Instant
        var messages: ArraySlice<Entry>
    }

    /// Cuts what waits into mails of at most `messagesPerMail` messages and says when each leaves; linear. What goes to other people is another
    /// mail: nobody gets a copy of what was written before they were named.
    ///
    /// To a claimed address no more mails are planned than it may still get.
    /// - Parameters:
    ///   - sendable: messages that may leave, oldest first.
    ///   - limit: how many mails are asked for.
    func mails(_ sendable: [Entry], _ settings: ContinuitySettings, now: Instant, limit: Int = .max) -> [PlannedMail] {
        guard let newest = sendable.last?.createdAt else { return [] }
        let allowed = isProven ? limit : min(limit, max(0, settings.unprovenMails - unprovenMails))
        var mails: [PlannedMail] = []
        var before = lastMailAt
        var start = 0
        var nextEmailNow = 0
        while start < sendable.count, mails.count < allowed {
            let most = min(start + settings.messagesPerMail, sendable.count)
            let end = sendable[start..<most].firstIndex { $0.copies != sendable[start].copies } ?? most
            nextEmailNow = max(nextEmailNow, start)
            while nextEmailNow < sendable.count, sendable[nextEmailNow].choice != .emailNow { nextEmailNow += 1 }
            let leaves = leaves(
                oldest: sendable[start].createdAt, newest: newest,
                firstEmailNow: nextEmailNow < sendable.count ? sendable[nextEmailNow].createdAt : nil, lastMailAt: before, settings)
            mails.append(PlannedMail(leaves: leaves, messages: sendable[start..<end]))
            before = max(leaves, now)
            start = end
        }
        return mails
    }

    /// Whether something that could have been mailed was seen instead.
    var sawSomething: Bool {
        messages.contains {
            $0.isForTheCustomer && !$0.wasMailed && $0.choice != .chatOnly && $0.isSeen(watermark: contactLastSeenAt)
        }
    }
}
