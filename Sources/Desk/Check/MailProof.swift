import Conversations
import Store

/// Whether an inbox may promise email to visitors: only once mail has really gone out and come back (behaviour §10). Sending does not hang on it.
public enum MailProof: Sendable, Hashable {
    case given
    case switchedOff
    /// No sender or no reply domain.
    case notSetUp
    /// No check has passed yet.
    case missing

    /// Why nothing is promised; nil where it is.
    var words: String? {
        switch self {
        case .given: nil
        case .switchedOff: "Continuing by email is switched off for this inbox."
        case .notSetUp: "Mail of this inbox has no sender or no reply domain yet."
        case .missing:
            "Visitors are not promised an email until the continuity check has passed once: nobody knows yet whether answers come back."
        }
    }
}

extension Desk {
    func mailProof(of inbox: Inbox, _ tx: any Connection) throws -> MailProof {
        if inbox.kind == .website, !inbox.continuityViaEmail { return .switchedOff }
        guard isMailConfigured(for: inbox) else { return .notSetUp }
        if try mailStaysHere(of: inbox, tx) { return .given }
        return try tx.lastPassed(of: inbox.id) == nil ? .missing : .given
    }
}
