/// What marks a mail as the report of a failed or late delivery: RFC 3464, and what servers without it send.
enum BounceSigns {
    static func reason(_ mail: MailFacts) -> String? {
        if case .delivery(let actions) = mail.report {
            // A report of success is a receipt, not a bounce.
            let said = actions.map { $0.trimmed.lowercased() }
            let harmless = !said.isEmpty && said.allSatisfy { ["delivered", "relayed", "expanded"].contains($0) }
            return harmless ? nil : "A delivery report (RFC 3464)."
        }
        if mail.report == .feedback || mail.report == .disposition { return nil }
        if mail.values("X-Failed-Recipients").contains(where: { $0.contains("@") }) {
            return "It names failed recipients (X-Failed-Recipients)."
        }
        let phrase = mail.subject.flatMap(BounceSubjects.match)
        if isMailServer(mail) {
            if mail.report == .returned { return "A mail server sent a mail back." }
            if let phrase { return "A mail server's failure notice (“\(phrase)”)." }
            if mail.hasNullReturnPath == true && !answersAutomatically(mail) { return "A mail server's notice with the null return path." }
            return nil
        }
        if mail.hasNullReturnPath == true {
            if mail.report == .returned { return "It sends a mail back, with the null return path." }
            if let phrase { return "A failure notice (“\(phrase)”) with the null return path." }
        }
        return nil
    }

    /// Mailboxes that only mail servers write from.
    private static let localParts: Set<String> = [
        "mailer-daemon", "mailerdaemon", "mailer_daemon", "maildaemon", "mail-daemon", "mail.daemon", "mdaemon", "postmaster",
        "post_master", "postmast", "bounce",
        "bounces", "mail_admin", "mail-administrator", "mailadmin", "mailer",
    ]
    private static let names = [
        "mail delivery sub", "mail delivery system", "mailer-daemon", "mail delivery service", "mail administrator", "postmaster",
        "system administrator", "internet mail delivery",
    ]

    private static func isMailServer(_ mail: MailFacts) -> Bool {
        let name = mail.fromName?.trimmed.lowercased() ?? ""
        if names.contains(where: { name.hasPrefix($0) }) { return true }
        guard let from = mail.from else { return false }
        let key = KnownAddresses.key(from)
        let local = String(key.prefix { $0 != "@" && $0 != "+" })
        return localParts.contains(local) || (local.hasPrefix("microsoftexchange") && local.count > 24)
    }

    /// A postmaster's out-of-office answer is none of ours to count as a bounce.
    private static func answersAutomatically(_ mail: MailFacts) -> Bool {
        mail.values("Auto-Submitted").contains { $0.trimmed.lowercased().hasPrefix("auto-replied") }
            || mail.subject.flatMap(AutoReplySubjects.match) != nil
    }
}
