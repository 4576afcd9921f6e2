import Conversations
import Store

/// How the installation and the account's mail stand (behaviour §10), for administrators.
public struct ShowHealth: Sendable {
    /// Bounces are counted over so long.
    static let week = Duration.seconds(7 * 86_400)

    private let desk: Desk
    private let look: @Sendable () -> MachineFacts

    /// - Parameter look: asks the machine; tests answer themselves.
    public init(desk: Desk, look: (@Sendable () -> MachineFacts)? = nil) {
        self.desk = desk
        self.look = look ?? { [machine = desk.options.machine] in machine.look() }
    }

    public func run(by agent: Agent) async throws -> HealthFacts {
        let desk = self.desk
        var facts = try await desk.database.read { tx in try desk.healthFacts(of: agent.accountID, tx) }
        facts.machine = look()
        return facts
    }
}

extension Desk {
    fileprivate func healthFacts(of account: ID<Account>, _ tx: any Connection) throws -> HealthFacts {
        let now = self.now()
        var facts = HealthFacts(now: now, mail: try mailHealth(of: account, tx))
        facts.relayHost = options.check.relayHost
        facts.inboxes = try tx.inboxes(of: account).map { inbox in
            HealthFacts.InboxMail(
                id: inbox.id, name: inbox.name, proof: try mailProof(of: inbox, tx), staysHere: try mailStaysHere(of: inbox, tx),
                lastCheck: try tx.lastCheck(of: inbox.id))
        }
        facts.queues = try QueueName.allCases.map { name in
            let depth = try tx.depth(name)
            return HealthFacts.Queue(name, jobs: depth.count, oldest: depth.oldest.flatMap { $0 < now ? $0 : nil })
        }
        facts.waiting = try tx.waitingMails(of: account)
        facts.undecided = Dictionary(uniqueKeysWithValues: try tx.mailDeskCounts(of: account).map { ($0.outcome, $0.count) })
        facts.loops = try tx.stoppedLoops(of: account)
        let week = ReportScope(account: account, spans: [ReportSpan(begins: now - ShowHealth.week, ends: now)])
        (facts.sent, facts.bounced) = try tx.reportedMails(week)[ReportLine(span: 0)] ?? (0, 0)
        (facts.lastMailIn, facts.lastMailOut) = try tx.lastMails(of: account)
        return facts
    }
}

extension JSON {
    public static func health(_ facts: HealthFacts, version: String) -> JSON {
        let items = facts.items()
        let state: HealthItem.State =
            items.contains { $0.state == .bad } ? .bad : items.contains { $0.state == .attention } ? .attention : .good
        let certificate: Instant? = if case .until(let end) = facts.machine.certificate { end } else { nil }
        return .object([
            ("state", .string(state.rawValue)), ("version", .string(version)), ("checked_at", .integer(facts.now.seconds)),
            ("last_mail_in_at", JSON(facts.lastMailIn?.seconds)), ("last_mail_out_at", JSON(facts.lastMailOut?.seconds)),
            ("items", .array(items.map(\.json))),
            (
                "queues",
                .array(
                    facts.queues.map {
                        .object([
                            ("name", .string($0.name.rawValue)), ("jobs", .integer($0.jobs)), ("oldest_due_at", JSON($0.oldest?.seconds)),
                        ])
                    })
            ),
            ("disk", .object([("free_bytes", JSON(facts.machine.diskFree)), ("total_bytes", JSON(facts.machine.diskSize))])),
            ("certificate_valid_until", JSON(certificate?.seconds)),
        ])
    }
}

extension HealthItem {
    var json: JSON {
        .object([
            ("code", .string(code.rawValue)), ("state", .string(state.rawValue)), ("words", .string(words)), ("advice", JSON(advice)),
            ("link", JSON(link)), ("inbox_id", JSON(inbox?.value)), ("count", JSON(count)), ("at", JSON(at?.seconds)),
        ])
    }
}
