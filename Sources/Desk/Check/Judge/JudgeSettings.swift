/// What is wrong before anything is sent.
enum JudgeSettings {
    static func fault(_ setup: MailSetup) -> CheckFault? {
        guard !setup.staysHere else {
            return CheckFault(
                .mailStaysHere, .warning, "No mail leaves this machine: it is kept in the local mailbox.",
                "Name the server that mail is given to, for example smtp://user:password@mail.example.com:587.", setting: "mail.relay-url")
        }
        guard setup.from != nil else {
            return CheckFault(
                .noAddress, "Mail of this inbox has no sender.",
                "Give the inbox an address, or set one for all, for example support@example.com.",
                setting: "mail.from")
        }
        guard let domain = setup.replyDomain else {
            return CheckFault(
                .noAddress, "Mail of this inbox has no reply domain, so no answer could find its conversation.",
                "Set a sub-domain that serves nothing else, for example reply.\(setup.fromDomain).", setting: "mail.reply-domain")
        }
        if let user = setup.replyDomainUser {
            return CheckFault(
                .replyDomainUsed, "The reply domain \(domain) is also the domain of \(user).",
                "Use a sub-domain that serves nothing else, for example reply.\(domain).", setting: "mail.reply-domain")
        }
        guard setup.wayIn != .none else {
            return CheckFault(
                .noWayIn, "Nothing takes mail in: the receiver is off, and this inbox has no mailbox and no provider.",
                "Let it listen, for example 0.0.0.0:25, or give the inbox a mailbox or a provider.", setting: "smtp.listen")
        }
        return nil
    }
}
