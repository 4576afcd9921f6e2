/// Which delivery state may follow which: one machine for each message, and the only place that says so (behaviour §3, "Never silently").
///
///     nil → waiting ⇄ not_sent → seen
///            waiting → queued → emailed → answered
///                      queued ⇄ deferred, queued → uncertain → emailed
///                      failed, bounced → waiting: an agent tries again
///
/// A mail that is certainly not out (queued, deferred) can still be taken back, so its messages wait again, are seen, or are not sent.
extension DeliveryState.Name {
    /// The states that may come next; what stays in its state may change its details at any time.
    public var next: Set<DeliveryState.Name> {
        switch self {
        case .waiting: [.seen, .queued, .notSent]
        case .notSent: [.waiting, .seen, .queued]
        case .queued: [.emailed, .deferred, .uncertain, .failed, .bounced, .answered, .waiting, .seen, .notSent]
        case .deferred: [.emailed, .uncertain, .failed, .bounced, .answered, .waiting, .seen, .notSent]
        // The second try, a bounce, an answer, or an agent settles it; what was seen in chat meanwhile is not sent again.
        case .uncertain: [.emailed, .deferred, .failed, .bounced, .answered, .waiting, .seen, .notSent]
        case .emailed: [.answered, .bounced]
        // An answer may prove that a mail came through all the same: a second way, or a first try that was uncertain.
        case .failed, .bounced: [.answered, .waiting, .seen, .notSent]
        case .seen, .answered: []
        }
    }

    /// Whether nothing moves it any more.
    public var isFinal: Bool { next.isEmpty }
}

extension DeliveryState {
    /// How long a mail may wait for its relay before that is shown as a warning (behaviour §5 of the outbox: 4 hours).
    public static let warnAfter = Duration.seconds(4 * 3_600)

    /// Whether a message may come to this state; `before` is nil while nothing was decided about it.
    public func mayFollow(_ before: DeliveryState?) -> Bool {
        guard let before else { return [.waiting, .notSent, .seen, .queued].contains(name) }
        return before.name == name || before.name.next.contains(name)
    }

    /// Whether it has been late for so long that a person should look.
    /// - Parameter changed: when the message was last written; the outbox writes it again when the time is over.
    public func warns(asOf changed: Instant) -> Bool {
        guard name == .deferred, let at else { return false }
        return changed.since(at) >= Self.warnAfter
    }
}
