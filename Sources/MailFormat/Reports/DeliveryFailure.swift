/// What a bounce says about one recipient, as a person needs it.
public struct DeliveryFailure: Sendable, Codable, Equatable {
    /// Whom the mail did not reach; nil where the report does not tell.
    public var recipient: String?
    /// As `5.1.1` (RFC 3463); nil where neither a code nor a known phrase tells.
    public var status: String?
    /// False where the server tries on, or says that it may be tried again.
    public var isPermanent: Bool
    /// The server's own words.
    public var diagnostic: String?
    /// One plain English sentence.
    public var sentence: String

    init(_ found: MailReport.Recipient) {
        recipient = found.address ?? found.originalAddress
        status = found.status ?? found.diagnostic.flatMap { StatusCode.find(in: $0)?.text ?? FailureWords.status($0.lowercased()) }
        isPermanent = found.action != "delayed" && !(status ?? "5").hasPrefix("4")
        diagnostic = found.diagnostic
        sentence = Self.sentence(recipient ?? "the recipient", status ?? "", isDelayed: found.action == "delayed", isPermanent: isPermanent)
    }

    /// RFC 3463 §3, in words.
    private static func sentence(_ to: String, _ status: String, isDelayed: Bool, isPermanent: Bool) -> String {
        if isDelayed { return "The mail to \(to) has not arrived yet; the server goes on trying." }
        let groups = status.split(separator: ".").dropFirst().compactMap { Int($0) }
        let reason =
            switch (groups.first ?? 0, groups.last ?? 0) {
            case (1, 2), (4, 4): "the address's domain does not exist or takes no mail"
            case (1, 7), (1, 8): "our sender address was refused"
            case (1, _): "the address does not exist"
            case (2, 1): "the mailbox is switched off"
            case (2, 2): "the mailbox is full"
            case (2, 3), (3, 4): "the mail is too large for it"
            case (4, 1), (4, 2), (4, 7): "the other server could not be reached"
            case (7, _): "the other server refused it by its rules"
            default: ""
            }
        let what = isPermanent ? "The mail to \(to) could not be delivered" : "The mail to \(to) could not be delivered for now"
        return reason.isEmpty ? what + "." : "\(what): \(reason)."
    }
}

extension MailReport {
    /// What the report says about its recipients that the mail did not reach (RFC 3464, and what other servers write); empty for receipts and
    /// complaints.
    public var failures: [DeliveryFailure] {
        guard kind == .delivery || kind == .returned else { return [] }
        return recipients.filter { !["delivered", "relayed", "expanded"].contains($0.action ?? "") }.map(DeliveryFailure.init)
    }
}
