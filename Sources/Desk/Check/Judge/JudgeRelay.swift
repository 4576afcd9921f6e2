import MailTransport

/// What a relay's answer to the probe says about the relay.
enum JudgeRelay {
    /// - Parameters:
    ///   - server: the relay's host name.
    ///   - recipient: for people, without the token.
    /// - Returns: nil where it took the probe, or may have.
    static func fault(_ outcome: SendOutcome, server: String, setup: MailSetup, recipient: String) -> CheckFault? {
        let said = outcome.sentence(server: server)
        func fault(_ code: CheckFault.Code, _ advice: String) -> CheckFault {
            CheckFault(code, said, advice, setting: "mail.relay-url")
        }
        switch outcome {
        case .accepted, .uncertain: return nil
        case .relayFault(let stage, let cause):
            if "\(cause)".contains("certificate") {
                return fault(
                    .relayCertificate,
                    "Use the host name that stands in the relay's certificate, or have its owner renew it. A relay in your own network may be used with ?tls=none."
                )
            }
            if stage == .authentication {
                return fault(
                    .relayPassword, "Write the user name and the password that \(server) knows into the relay's address; @ is written %40.")
            }
            if stage == .startTLS || stage == .hello {
                return fault(
                    .relayWithoutTLS,
                    "Use the port on which \(server) offers encryption (587, or smtps:// with 465). A relay in your own network may be used with ?tls=none."
                )
            }
            return fault(.relayRefuses, "Ask whoever runs \(server) why it refuses this machine.")
        case .temporary(.connecting, let cause):
            let words = "\(cause)"
            if words.contains("cannot be found") {
                return fault(.relayUnknownHost, "\(server) is no host name that DNS knows. Correct it.")
            }
            if words.contains("in time") {
                return fault(
                    .relaySilent, "\(server) does not answer: a firewall, or the wrong port. Many networks close port 25; 587 is usual.")
            }
            return fault(.relayClosed, "Nobody listens at that port of \(server). Correct the port (587 is usual), or start the relay.")
        case .temporary(let stage, .reply) where stage != .greeting:
            return fault(
                .relayLater,
                "It takes mail later, not now (greylisting, or too much at once). Mail to customers waits and is tried again by itself; run the check again in ten minutes. "
                    + "If it stays, ask \(server) to let this machine send without greylisting.")
        case .temporary:
            return fault(.relaySilent, "Run the check again; if it stays, ask whoever runs \(server).")
        case .permanent(.sender, _):
            return fault(
                .relaySender,
                "Allow \(server) to send for \(setup.replyDomain ?? "the reply domain") and for \(setup.from ?? "the sender"): with most providers both are “verified domains” or “senders”."
            )
        case .permanent(.recipient, _):
            return fault(
                .relayRecipient,
                "\(server) sends nothing to \(recipient). If it says “relay access denied”, it wants a user name and a password, or this machine's address in its list of clients "
                    + "(Postfix: mynetworks). If it takes itself for the end of \(setup.replyDomain ?? "the reply domain"), tell it where that domain's mail goes (Postfix: transport_maps)."
            )
        case .permanent:
            return fault(.relayRefuses, "Ask whoever runs \(server) why it refuses the mail.")
        }
    }
}
