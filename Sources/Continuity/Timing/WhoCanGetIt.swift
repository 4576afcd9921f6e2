import Conversations

/// Behaviour §3, "Who can get it" and "Unproven address".
extension ContinuitySnapshot {
    /// Why nothing of this conversation may leave as mail now; nil if mail may leave.
    ///
    /// Where several reasons hold, the one is named that must be mended first: an address is of no use while the inbox sends no
    /// mail. An `email` inbox has no other way than mail, so `continuity_via_email` is asked of websites only.
    public func obstacle(_ settings: ContinuitySettings) -> NotSentReason? {
        if inboxKind == .website && !continuityViaEmail { return .continuityOff }
        if !mailConfigured { return .mailNotConfigured }
        if blocked { return .blocked }
        if muted { return .muted }
        if loopStopped { return .loopStopped }
        guard let address, !address.isEmpty else { return .noAddress }
        if addressState == .unreachable { return .unreachable }
        if !isProven && unprovenMails >= settings.unprovenMails { return .unprovenLimit }
        return nil
    }

    /// Why this one message may not leave although others may; nil if it may.
    ///
    /// A survey is automatic mail, which never goes to an address that is not proven (behaviour §5.3).
    func obstacle(to entry: Entry) -> NotSentReason? { entry.isSurvey && !isProven ? .unproven : nil }

    var isProven: Bool { addressState == .proven }
}
