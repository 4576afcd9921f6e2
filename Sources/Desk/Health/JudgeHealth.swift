import Conversations
import Store

/// How things stand, by the facts alone: one item for each thing that an operator looks at, in the order in which the page shows them.
extension HealthFacts {
    /// A mail that waits longer is worth a look; the delivery line says so too.
    static let longWait = Duration.seconds(4 * 3_600)
    /// Checks run nightly: a last one that is older means that they do not.
    static let oldCheck = Duration.seconds(2 * 86_400)
    /// Work that could have been done for so long.
    static let late = (attention: Duration.seconds(600), bad: Duration.seconds(3_600))
    static let certificateEnds = Duration.seconds(14 * 86_400)

    public func items() -> [HealthItem] {
        [relay] + mail.inboxes.compactMap(inboxRelay) + inboxes.map(check) + mail.mailboxes.map(mailbox)
            + [
                waitingMail, queueLateness, undecidedMail(.held, .held), undecidedMail(.quarantined, .quarantined),
                undecidedMail(.failed, .failed),
            ]
            + [bounces, stoppedLoops, disk, certificate]
    }

    private var relay: HealthItem {
        if let stop = mail.stop {
            return HealthItem(
                .relay, .bad, "The mail server refuses us, and all mail waits: \(stop.reason)",
                advice: "Mend what it says in mail.relay-url or at the mail server, then have it tried at once.", link: HealthLink.mailDesk
            ).at(stop.since)
        }
        guard let relayHost else {
            return HealthItem(.relay, .off, "Mail stays on this machine, in the local mailbox (mail.relay-url is “mailbox:”).")
        }
        return HealthItem(.relay, .good, "Mail leaves through \(relayHost).")
    }

    private func inboxRelay(_ stop: RelayStop) -> HealthItem? {
        guard let inbox = stop.inboxID else { return nil }
        return HealthItem(
            .inboxRelay, .bad, "The mail server of \(name(of: inbox)) refuses us, and the mail of this inbox waits: \(stop.reason)",
            advice: "Mend its address or password on the inbox’s email page.", link: HealthLink.email(of: inbox)
        ).of(inbox).at(stop.since)
    }

    private func mailbox(_ mailbox: StoredIMAPMailbox) -> HealthItem {
        let name = name(of: mailbox.inboxID)
        let item =
            switch mailbox.state {
            case .working: HealthItem(.mailbox, .good, "The mailbox of \(name) is read.")
            case .connecting:
                HealthItem(.mailbox, .attention, "The mailbox of \(name) is being connected.", advice: "Look again in a minute.")
            case .waiting:
                HealthItem(
                    .mailbox, .attention,
                    "The mailbox of \(name) cannot be read just now: \(mailbox.reason ?? "the server gave no reason.")",
                    advice: "It is tried again by itself. If it stays, check its settings.", link: HealthLink.email(of: mailbox.inboxID))
            case .stopped:
                HealthItem(
                    .mailbox, .bad, "The mailbox of \(name) is not read any more: \(mailbox.reason ?? "the server refused us.")",
                    advice: "Enter its user and password again on the inbox’s email page.", link: HealthLink.email(of: mailbox.inboxID))
            }
        return item.of(mailbox.inboxID).at(mailbox.lastCheckAt)
    }

    private func check(_ inbox: InboxMail) -> HealthItem {
        judged(inbox).of(inbox.id).at(inbox.lastCheck?.finishedAt)
    }

    private func judged(_ inbox: InboxMail) -> HealthItem {
        let link = HealthLink.email(of: inbox.id)
        func item(_ state: HealthItem.State, _ words: String, _ advice: String? = nil) -> HealthItem {
            HealthItem(.continuityCheck, state, words, advice: advice, link: link)
        }
        if inbox.proof == .switchedOff { return item(.off, "\(inbox.name) is chat only: continuing by email is switched off.") }
        if inbox.proof == .notSetUp {
            return item(
                .attention, "Mail of \(inbox.name) has no sender or no reply domain yet, so nothing is emailed.",
                "Set its address and reply domain on its email page.")
        }
        if inbox.staysHere { return item(.off, "Mail of \(inbox.name) stays in the local mailbox.") }
        guard let last = inbox.lastCheck else {
            return item(
                .attention, "Nobody has proven yet that answers to \(inbox.name) come back.", "Run the continuity check on its email page.")
        }
        switch last.state {
        case .running: return item(.good, "A continuity check of \(inbox.name) is running.")
        case .failed:
            let fault = CheckList<CheckFault>.decode(last.faults).first { $0.level == .error }
            return item(
                .bad, "The last continuity check of \(inbox.name) failed\(fault.map { ": \($0.words)" } ?? ".")",
                fault?.advice ?? "Open its email page, see at which step, and run it again.")
        case .passed:
            let finished = last.finishedAt ?? last.startedAt
            guard now.since(finished) > Self.oldCheck else { return item(.good, "The last continuity check of \(inbox.name) passed.") }
            return item(
                .attention, "The last continuity check of \(inbox.name) passed \(HealthWords.duration(now.since(finished))) ago.",
                "It should run every night. Run it now on its email page.")
        }
    }

    private var waitingMail: HealthItem {
        guard waiting.count > 0, let oldest = waiting.oldest else {
            return HealthItem(.waitingMail, .good, "No mail waits to leave.").counting(0)
        }
        let age = now.since(oldest)
        let words = "\(HealthWords.mails(waiting.count)) to leave, the oldest for \(HealthWords.duration(age))."
        let item =
            age < Self.longWait
            ? HealthItem(.waitingMail, .good, words)
            : HealthItem(
                .waitingMail, .attention, words, advice: "Open the conversation of the oldest: its delivery line says what it waits for.",
                link: HealthLink.conversation(waiting.conversation))
        return item.counting(waiting.count).at(oldest)
    }

    private var queueLateness: HealthItem {
        let latest = queues.filter { $0.oldest != nil }.min { ($0.oldest ?? now) < ($1.oldest ?? now) }
        guard let latest, let oldest = latest.oldest, now.since(oldest) >= Self.late.attention else {
            return HealthItem(.queues, .good, "All queues keep up.")
        }
        return HealthItem(
            .queues, now.since(oldest) >= Self.late.bad ? .bad : .attention,
            "The queue “\(latest.name.rawValue)” is \(HealthWords.duration(now.since(oldest))) late.",
            advice:
                "Look into the server’s log for errors; if there are none, the machine is too slow or its disk is full. A restart loses nothing."
        ).at(oldest)
    }

    private func undecidedMail(_ code: HealthItem.Code, _ outcome: MailOutcome) -> HealthItem {
        let count = undecided[outcome] ?? 0
        let name = outcome.rawValue
        guard count > 0 else { return HealthItem(code, .good, "No mail is \(name).").counting(0) }
        let advice =
            switch outcome {
            case .held: "Say of each who wrote it: the mail desk lists them with their evidence."
            case .quarantined: "Release what is genuine and discard the rest on the mail desk."
            default: "Have them read again on the mail desk; what fails once more shows its reason."
            }
        return HealthItem(
            code, outcome == .failed ? .bad : .attention, count == 1 ? "One mail is \(name)." : "\(count) mails are \(name).",
            advice: advice,
            link: HealthLink.mailDesk
        ).counting(count)
    }

    private var bounces: HealthItem {
        let words =
            bounced == 0
            ? "No mail of the last seven days came back." : "\(bounced) of \(sent) mails of the last seven days came back."
        // One wrong address among few mails is no trouble of ours.
        guard bounced >= 5, bounced * 20 > sent else { return HealthItem(.bounces, .good, words).counting(bounced) }
        return HealthItem(
            .bounces, .attention, words,
            advice:
                "More than one in twenty is many: run the continuity check of each inbox, and see whether SPF, DKIM and DMARC are right."
        ).counting(bounced)
    }

    private var stoppedLoops: HealthItem {
        guard loops.count > 0 else { return HealthItem(.loops, .good, "No loop of automatic answers had to be stopped.").counting(0) }
        return HealthItem(
            .loops, .attention,
            loops.count == 1
                ? "Mail of one conversation was stopped: a machine answers ours."
                : "Mail of \(loops.count) conversations was stopped: machines answer ours.",
            advice: "Open the conversation and resume its mail once the other side’s automatic answer is off.",
            link: HealthLink.conversation(loops.conversation)
        ).counting(loops.count)
    }

    private var disk: HealthItem {
        guard let free = machine.diskFree, let size = machine.diskSize, size > 0 else {
            return HealthItem(.disk, .off, "The machine does not say how much room its disk has.")
        }
        let words = "\(HealthWords.bytes(free)) of \(HealthWords.bytes(size)) are free on the disk that holds the data."
        let advice = "Make room or move data.directory to a larger disk: without room no mail is taken and no message kept."
        if free < 200_000_000 || free < size / 50 { return HealthItem(.disk, .bad, words, advice: advice) }
        if free < 1_000_000_000 || free < size / 10 { return HealthItem(.disk, .attention, words, advice: advice) }
        return HealthItem(.disk, .good, words)
    }

    private var certificate: HealthItem {
        switch machine.certificate {
        case .none:
            return HealthItem(.certificate, .off, "The mail receiver has no certificate (smtp.tls-certificate): mail comes in unencrypted.")
        case .unreadable(let why):
            return HealthItem(
                .certificate, .bad, "The mail receiver’s certificate cannot be read: \(why)",
                advice: "Put a certificate and its key where smtp.tls-certificate and smtp.tls-key say.")
        case .until(let end):
            let advice = "Renew it and put it where smtp.tls-certificate says: it is read again by itself."
            if end <= now {
                return HealthItem(
                    .certificate, .bad, "The mail receiver’s certificate ended \(HealthWords.duration(now.since(end))) ago.", advice: advice
                ).at(end)
            }
            let words = "The mail receiver’s certificate is good for \(HealthWords.duration(end.since(now)))."
            return end.since(now) < Self.certificateEnds
                ? HealthItem(.certificate, .attention, words, advice: advice).at(end) : HealthItem(.certificate, .good, words).at(end)
        }
    }

    private func name(of inbox: ID<Inbox>) -> String { inboxes.first { $0.id == inbox }?.name ?? "inbox \(inbox)" }
}

/// Numbers as a sentence says them.
enum HealthWords {
    /// The two largest that matter are one too many: "3 days", "4 hours", "12 minutes".
    static func duration(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        func some(_ count: Int64, _ unit: String) -> String { count == 1 ? "1 \(unit)" : "\(count) \(unit)s" }
        if seconds < 3_600 { return some(seconds / 60, "minute") }
        if seconds < 2 * 86_400 { return some(seconds / 3_600, "hour") }
        return some(seconds / 86_400, "day")
    }

    static func mails(_ count: Int64) -> String { count == 1 ? "One mail waits" : "\(count) mails wait" }

    /// In decimal units, as disks are sold.
    static func bytes(_ bytes: Int64) -> String {
        if bytes >= 10_000_000_000 { return "\(bytes / 1_000_000_000) GB" }
        if bytes >= 1_000_000_000 { return "\(bytes / 1_000_000_000).\(bytes % 1_000_000_000 / 100_000_000) GB" }
        return "\(bytes / 1_000_000) MB"
    }
}
