import Continuity
import Conversations
import Foundation
import MailFormat
import Store

/// The probe of a continuity check, and how it is known when it comes back by whatever way.
enum Probe {
    static let field = "X-Throughline-Probe"

    /// The token of a check's probe: in its address, in its return address and in its header.
    static func token(_ check: ContinuityCheck, _ secrets: Secrets) -> String { secrets.token(.probe, check.nonce) }
}

extension PlaceMail {
    /// A probe is nobody's mail and no conversation's: the check keeps what there is to know of it, and the mail itself goes.
    /// - Returns: whether it was one.
    func takeProbe() throws -> Bool {
        guard let (found, isNotice) = try probe() else { return false }
        var check = found
        let before = check.arrival.flatMap { try? JSONDecoder().decode(ProbeArrival.self, from: Data($0.utf8)) }
        // The probe itself counts more than a notice, and its first arrival more than a second.
        if before == nil || (before?.bounce != nil && !isNotice) {
            let token = Probe.token(check, desk.secrets)
            let place = MailEvidence.candidates(facts).first { $0.kind == .replyToken && $0.value == token }?.place
            let arrival = ProbeArrival(
                at: mail.receivedAt, ingress: mail.ingress, remoteAddress: mail.remoteAddress, helo: mail.helo ?? "",
                envelopeSender: mail.envelopeFrom, tokenPlace: place, bounce: isNotice ? notice : nil,
                received: read.mail.headers.filter { $0.name.lowercased() == "received" }.prefix(20).reversed().map { .init($0.value) },
                claims: read.trust, authors: read.mail.authorDomains)
            check.arrival = String(decoding: try JSONEncoder().encode(arrival), as: UTF8.self)
            try tx.updateCheck(check)
            try tx.enqueue(.continuityCheck, check.id.value, lane: check.inboxID, due: desk.now())
        }
        try tx.forgetProbe(mail.id)
        return true
    }

    /// The check whose probe this is, and whether it is a notice about it.
    private func probe() throws -> (ContinuityCheck, Bool)? {
        func check(_ token: String) throws -> ContinuityCheck? {
            guard token.utf8.count == 32, let check = try tx.check(tokenHash: Secrets.hash(token.lowercased())),
                check.accountID == mail.accountID
            else { return nil }
            return check
        }
        if let token = read.mail.header(named: Probe.field)?.trimmingCharacters(in: .whitespaces), let check = try check(token) {
            return (check, false)
        }
        for token in MailEvidence.bounceTokens(facts, limit: 4) {
            if let check = try check(token) { return (check, true) }
        }
        let envelope = MailFacts(envelopeRecipients: mail.recipients)
        for candidate in MailEvidence.candidates(envelope).prefix(4) where candidate.kind == .replyToken {
            if let check = try check(candidate.value) { return (check, read.mailKind == .bounce) }
        }
        return nil
    }

    /// Why a mail server could not deliver it.
    private var notice: String {
        let words = read.mail.report?.recipients.first?.diagnostic ?? read.mail.subject ?? "without a reason"
        return String(words.withoutTokens.prefix(300))
    }
}
