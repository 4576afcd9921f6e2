/// What kind of mail this is, and why (behaviour §5.3).
///
/// In doubt a mail is a person's: a machine's mail taken for a person's costs a glance, a person's taken for a machine's is not
/// answered. So a sign is either strong (no mail program writes it into a person's mail) or weak (ticket systems and list servers write
/// it into both), and a weak one counts alone only in a mail that answers nothing; in an answer two are needed.
///
/// - Parameters:
///   - own: our own addresses, for loops, and for lists that are merely our own support address.
///   - installation: the value that this installation writes into `LoopMark.field`; nil where none is known.
public func judgeKind(_ mail: MailFacts, own: KnownAddresses = KnownAddresses(), installation: String? = nil) -> KindVerdict {
    if let reason = LoopMark.reason(mail, installation: installation) { return KindVerdict(.loop, reason) }
    if let reason = BounceSigns.reason(mail) { return KindVerdict(.bounce, reason) }
    if let from = mail.from, own.isOwn(from) { return KindVerdict(.loop, "It comes from one of our own addresses.") }
    if let reason = AutoReplySigns.strong(mail) { return KindVerdict(.autoReply, reason) }
    if let reason = ListSigns.reason(mail, own: own) { return KindVerdict(.list, reason) }
    let weak = AutoReplySigns.weak(mail)
    if let first = weak.first, !mail.isAnswer || weak.count > 1 { return KindVerdict(.autoReply, first) }
    if let phrase = mail.text.flatMap(AutoReplyBodies.match) {
        return KindVerdict(.autoReply, "The text says that it is automatic (“\(phrase)”).")
    }
    return KindVerdict(
        .human, weak.isEmpty ? "Nothing marks it as automatic." : "It answers a mail; “\(weak[0])” alone does not make it automatic.")
}
