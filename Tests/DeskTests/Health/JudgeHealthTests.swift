import Conversations
import Store
import Testing

@testable import Desk

/// What the health page says of each state of things, and what it advises.
@Suite struct JudgeHealthTests {
    static let now = Instant(milliseconds: 1_790_000_000_000)

    static func facts(_ change: (inout HealthFacts) -> Void = { _ in }) -> HealthFacts {
        var facts = HealthFacts(
            now: now, mail: MailHealth(stop: nil, inboxes: [], stopped: 0, waiting: 0, oldest: nil, mailboxes: []))
        facts.relayHost = "relay.test"
        (facts.machine.diskFree, facts.machine.diskSize) = (50_000_000_000, 100_000_000_000)
        facts.machine.certificate = .until(now + .seconds(60 * 86_400))
        change(&facts)
        return facts
    }

    private static func check(_ state: ContinuityCheck.State, ago: Duration = .zero, faults: String = "[]") -> ContinuityCheck {
        var check = ContinuityCheck(
            accountID: ID(1), inboxID: ID(3), nonce: "n", origin: .nightly, state: state, startedAt: now - ago, deadline: now)
        check.finishedAt = now - ago
        check.faults = faults
        return check
    }

    private static func inbox(_ proof: MailProof, _ last: ContinuityCheck?, staysHere: Bool = false)
        -> @Sendable (inout HealthFacts) -> Void
    {
        { $0.inboxes = [HealthFacts.InboxMail(id: ID(3), name: "Shop", proof: proof, staysHere: staysHere, lastCheck: last)] }
    }

    private static func mailbox(_ state: StoredIMAPMailbox.State) -> @Sendable (inout HealthFacts) -> Void {
        {
            var box = StoredIMAPMailbox(
                inboxID: ID(3), accountID: ID(1), host: "imap.test", port: 993, security: "tls", user: "u", signIn: .password, secret: [],
                folder: "INBOX", importExisting: false, revision: 1)
            (box.state, box.reason) = (state, "The password is wrong.")
            $0.mail.mailboxes = [box]
        }
    }

    struct Row: Sendable {
        let code: HealthItem.Code
        let state: HealthItem.State
        let link: String?
        let says: String
        let change: @Sendable (inout HealthFacts) -> Void
    }

    static let fault =
        #"[{"code":"mx_missing","level":"error","words":"There is no MX row.","advice":"Write one."}]"#

    static let rows: [Row] = [
        Row(code: .relay, state: .good, link: nil, says: "relay.test") { _ in },
        Row(code: .relay, state: .off, link: nil, says: "stays on this machine") { $0.relayHost = nil },
        Row(code: .relay, state: .bad, link: "/app/mail", says: "Wrong password.") {
            $0.mail.stop = RelayStop(relay: "r", since: now, reason: "Wrong password.", retryAt: now)
        },
        Row(code: .inboxRelay, state: .bad, link: "/app/settings/inboxes/3/email", says: "inbox 3") {
            $0.mail.inboxes = [RelayStop(relay: "r", inboxID: ID(3), accountID: ID(1), since: now, reason: "No.", retryAt: now)]
        },
        Row(code: .mailbox, state: .good, link: nil, says: "is read", change: mailbox(.working)),
        Row(code: .mailbox, state: .attention, link: "/app/settings/inboxes/3/email", says: "password is wrong", change: mailbox(.waiting)),
        Row(code: .mailbox, state: .bad, link: "/app/settings/inboxes/3/email", says: "password is wrong", change: mailbox(.stopped)),
        Row(
            code: .continuityCheck, state: .off, link: "/app/settings/inboxes/3/email", says: "chat only", change: inbox(.switchedOff, nil)),
        Row(
            code: .continuityCheck, state: .attention, link: "/app/settings/inboxes/3/email", says: "no sender",
            change: inbox(.notSetUp, nil)),
        Row(
            code: .continuityCheck, state: .off, link: "/app/settings/inboxes/3/email", says: "local mailbox",
            change: inbox(.given, nil, staysHere: true)),
        Row(code: .continuityCheck, state: .attention, link: "/app/settings/inboxes/3/email", says: "Nobody", change: inbox(.missing, nil)),
        Row(
            code: .continuityCheck, state: .bad, link: "/app/settings/inboxes/3/email", says: "There is no MX row.",
            change: inbox(.missing, check(.failed, faults: fault))),
        Row(
            code: .continuityCheck, state: .good, link: "/app/settings/inboxes/3/email", says: "passed",
            change: inbox(.given, check(.passed, ago: .seconds(86_400)))),
        Row(
            code: .continuityCheck, state: .attention, link: "/app/settings/inboxes/3/email", says: "3 days ago",
            change: inbox(.given, check(.passed, ago: .seconds(3 * 86_400)))),
        Row(code: .waitingMail, state: .good, link: nil, says: "No mail") { _ in },
        Row(code: .waitingMail, state: .good, link: nil, says: "One mail waits") {
            ($0.waiting.count, $0.waiting.oldest, $0.waiting.conversation) = (1, now - .seconds(3 * 3_600), 7)
        },
        Row(code: .waitingMail, state: .attention, link: "/app/conversations/7", says: "5 hours") {
            ($0.waiting.count, $0.waiting.oldest, $0.waiting.conversation) = (2, now - .seconds(5 * 3_600), 7)
        },
        Row(code: .queues, state: .good, link: nil, says: "keep up") { $0.queues = [.init(.outbox, jobs: 2, oldest: now - .seconds(599))] },
        Row(code: .queues, state: .attention, link: nil, says: "10 minutes") {
            $0.queues = [.init(.outbox, jobs: 2, oldest: now - .seconds(600)), .init(.continuity, jobs: 1, oldest: now - .seconds(5))]
        },
        Row(code: .queues, state: .bad, link: nil, says: "inbound_mail") {
            $0.queues = [.init(.outbox, jobs: 2, oldest: now - .seconds(700)), .init(.inboundMail, jobs: 1, oldest: now - .seconds(3_700))]
        },
        Row(code: .held, state: .attention, link: "/app/mail", says: "One mail is held.") { $0.undecided = [.held: 1] },
        Row(code: .quarantined, state: .attention, link: "/app/mail", says: "2 mails are quarantined.") {
            $0.undecided = [.quarantined: 2]
        },
        Row(code: .failed, state: .bad, link: "/app/mail", says: "One mail is failed.") { $0.undecided = [.failed: 1] },
        Row(code: .bounces, state: .good, link: nil, says: "4 of 10") { ($0.sent, $0.bounced) = (10, 4) },
        Row(code: .bounces, state: .good, link: nil, says: "5 of 100") { ($0.sent, $0.bounced) = (100, 5) },
        Row(code: .bounces, state: .attention, link: nil, says: "5 of 99") { ($0.sent, $0.bounced) = (99, 5) },
        Row(code: .loops, state: .attention, link: "/app/conversations/9", says: "one conversation") {
            ($0.loops.count, $0.loops.conversation) = (1, 9)
        },
        Row(code: .disk, state: .good, link: nil, says: "50 GB of 100 GB") { _ in },
        Row(code: .disk, state: .attention, link: nil, says: "9.9 GB") { $0.machine.diskFree = 9_900_000_000 },
        Row(code: .disk, state: .bad, link: nil, says: "199 MB of 2.0 GB") {
            ($0.machine.diskFree, $0.machine.diskSize) = (199_000_000, 2_000_000_000)
        },
        Row(code: .disk, state: .off, link: nil, says: "does not say") { $0.machine.diskFree = nil },
        Row(code: .certificate, state: .off, link: nil, says: "no certificate") { $0.machine.certificate = .none },
        Row(code: .certificate, state: .good, link: nil, says: "60 days") { _ in },
        Row(code: .certificate, state: .attention, link: nil, says: "13 days") {
            $0.machine.certificate = .until(now + .seconds(13 * 86_400 + 5))
        },
        Row(code: .certificate, state: .bad, link: nil, says: "ended 1 hour ago") {
            $0.machine.certificate = .until(now - .seconds(3_600))
        },
        Row(code: .certificate, state: .bad, link: nil, says: "No such file") { $0.machine.certificate = .unreadable("No such file.") },
    ]

    @Test(arguments: rows.indices) func everyStateIsSaidWithItsPlace(_ index: Int) throws {
        let row = Self.rows[index]
        let items = Self.facts(row.change).items().filter { $0.code == row.code }
        let item = try #require(items.first)
        #expect(items.count == 1)
        #expect(item.state == row.state && item.link == row.link)
        #expect(item.words.contains(row.says), "\(item.words)")
    }

    @Test func whatIsNotWellAlwaysHasAdvice() {
        for row in Self.rows {
            for item in Self.facts(row.change).items() where item.state == .bad || item.state == .attention {
                #expect(item.advice?.isEmpty == false, "\(item.code)")
            }
        }
    }

    @Test func everyCodeHasARow() {
        #expect(Set(Self.rows.map(\.code)) == Set(HealthItem.Code.allCases))
    }

    @Test func theMachineTellsOfItsDiskAndOfACertificateThatIsNotThere() {
        var options = MachineOptions()
        (options.dataDirectory, options.certificate) = ("/", "/nowhere/at/all.pem")
        let facts = options.look()
        #expect((facts.diskSize ?? 0) > 0 && (facts.diskFree ?? -1) >= 0)
        guard case .unreadable(let why) = facts.certificate else { return #expect(Bool(false), "it was read") }
        #expect(why.contains("/nowhere/at/all.pem"))
    }
}
