/// What a mail server sent back instead of the probe.
enum JudgeBounce {
    /// - Parameters:
    ///   - said: what it gives as the reason, cut.
    static func fault(_ said: String, setup: MailSetup, rows: [DNSRow]) -> CheckFault {
        let domain = setup.replyDomain ?? ""
        let words = "A mail server could not deliver the probe and sent it back: “\(said)”."
        let lower = said.lowercased()
        if lower.contains("550"), lower.contains("5.1.1") || lower.contains("no such") || lower.contains("unknown") {
            return CheckFault(
                .tokenStripped, words,
                "The address of a reply (reply+…@\(domain)) was changed on its way, or another server takes itself for the end of \(domain). "
                    + "Have every address of \(domain) handed on as it is, with what stands behind the +.")
        }
        return CheckFault(
            .bounced, words, "See that mail for \(domain) reaches this server.", record: rows.first { $0.type == .mailExchanger })
    }
}
