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
        if mail.values("X-Failed-Recipients").contains(where: { $0.utf8.contains(UInt8(ascii: "@")) }) {
            return "It names failed recipients (X-Failed-Recipients)."
        }
        var phrase: String? { mail.subject.flatMap(BounceSubjects.match) }
        switch sender(mail) {
        case .mailServer where mail.subject.flatMap(AutoReplySubjects.match) == nil:
            return "A mail server's notice\(phrase.map { " (“\($0)”)" } ?? "")."
        case .postmaster:
            if mail.report == .returned { return "A postmaster sent a mail back." }
            if let phrase { return "A postmaster's failure notice (“\(phrase)”)." }
            if mail.hasNullReturnPath == true && !answersAutomatically(mail) { return "A postmaster's notice with the null return path." }
            return nil
        default: break
        }
        if mail.hasNullReturnPath == true {
            if mail.report == .returned { return "It sends a mail back, with the null return path." }
            if let phrase { return "A failure notice (“\(phrase)”) with the null return path." }
        }
        return nil
    }

    private enum Sender { case mailServer, postmaster, other }

    /// Mailboxes that no person writes from.
    private static let mailServers: Set<String> = [
        "mailer-daemon", "mailerdaemon", "mailer_daemon", "mailer.daemon", "maildaemon", "mail-daemon", "mail.daemon", "mdaemon",
    ]
    private static let mailServerNames = [
        "mail delivery sub", "mail delivery system", "mail delivery service", "mailer-daemon", "internet mail delivery",
    ]
    /// Mailboxes that mail servers write from, and sometimes people.
    private static let postmasters: Set<String> = [
        "postmaster", "post_master", "postmast", "bounce", "bounces", "mailadmin", "mail_admin", "mail-administrator", "mailer",
    ]
    private static let postmasterNames = ["postmaster", "mail administrator", "system administrator"]

    private static func sender(_ mail: MailFacts) -> Sender {
        let name = mail.fromName?.trimmed.lowercased() ?? ""
        let local = String(KnownAddresses.key(mail.from ?? "").prefix { $0 != "@" && $0 != "+" })
        // Exchange: MicrosoftExchange and 32 hexadecimal digits.
        let isExchange = local.hasPrefix("microsoftexchange") && local.count > 24
        if mailServers.contains(local) || isExchange || mailServerNames.contains(where: { name.hasPrefix($0) }) { return .mailServer }
        if postmasters.contains(local) || postmasterNames.contains(where: { name.hasPrefix($0) }) { return .postmaster }
        return .other
    }

    /// A postmaster's automatic answer to a person is no bounce.
    private static func answersAutomatically(_ mail: MailFacts) -> Bool {
        mail.values("Auto-Submitted").contains { $0.trimmed.lowercased().hasPrefix("auto-replied") }
            || mail.subject.flatMap(AutoReplySubjects.match) != nil
    }
}
