import Conversations
import Foundation
import Store

/// How much came, how it was dealt with, and how conversations went on by email: for administrators.
public struct ShowReports: Sendable {
    /// What is asked for where nothing is said.
    static let usual = Duration.seconds(30 * 86_400)
    static let mostLines = 1_000

    /// Which time, and whose.
    public struct Question: Sendable {
        public var since: Instant?
        public var until: Instant?
        /// Another zone than the account's, in seconds east of UTC.
        public var secondsFromUTC: Int?
        public var inbox: Int64?
        public var agent: Int64?
        public var team: Int64?
        public var label: Int64?

        public init() {}
    }

    /// A line for each day, and one for all of them together.
    public struct Daily: Sendable {
        public let range: ReportRange
        public let total: ReportTable
        public let days: ReportTable
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// What came and how it was dealt with.
    public func daily(_ question: Question, by agent: Agent) async throws -> Daily {
        try await answer(question, by: agent) { range, scope, tx in
            let columns = Workload.columns(resolved: "resolutions_count", messages: scope.countsMessages)
            func rows(_ spans: [ReportSpan]) throws -> [[ReportTable.Cell]] {
                let loads = try tx.workloads(scope.of(spans), by: .nothing)
                return spans.indices.map { (loads[ReportLine(span: $0)] ?? Workload()).cells(messages: scope.countsMessages) }
            }
            return try Self.daily(range, columns, rows)
        }
    }

    /// The hand-over between chat and email.
    public func handOver(_ question: Question, by agent: Agent) async throws -> Daily {
        try await answer(question, by: agent) { range, scope, tx in
            try Self.daily(range, HandOver.columns) { try tx.handOvers(scope.of($0)).map(\.cells) }
        }
    }

    /// A line for each inbox.
    public func byInbox(_ question: Question, by agent: Agent) async throws -> ReportTable {
        try await answer(question, by: agent) { range, scope, tx in
            try Self.grouped(tx.inboxes(of: scope.account).map { ($0.id.value, $0.name) }, .inbox, scope.of([range.whole]), tx)
        }
    }

    /// A line for each agent: conversations are those that they have, times those of what they did.
    public func byAgent(_ question: Question, by agent: Agent) async throws -> ReportTable {
        try await answer(question, by: agent) { range, scope, tx in
            try Self.grouped(tx.agents(of: scope.account).map { ($0.id.value, $0.name) }, .agent, scope.of([range.whole]), tx)
        }
    }

    /// A line for each team: conversations that are the team's now.
    public func byTeam(_ question: Question, by agent: Agent) async throws -> ReportTable {
        try await answer(question, by: agent) { range, scope, tx in
            let teams = try tx.teams(in: scope.account, limit: Self.mostLines).map { ($0.id, $0.name) }
            return try Self.grouped(teams, .team, scope.of([range.whole]), tx)
        }
    }

    /// A line for each label: conversations that bear it now.
    public func byLabel(_ question: Question, by agent: Agent) async throws -> ReportTable {
        try await answer(question, by: agent) { range, scope, tx in
            try Self.grouped(tx.labels(in: scope.account).map { ($0.id, $0.title) }, .label, scope.of([range.whole]), tx)
        }
    }

    /// All of the time in one line, and as long before it.
    public func summary(_ question: Question, by agent: Agent) async throws -> (now: ReportTable, before: ReportTable) {
        try await answer(question, by: agent) { range, scope, tx in
            func table(_ range: ReportRange) throws -> ReportTable {
                let load = try tx.workloads(scope.of([range.whole]), by: .nothing)[ReportLine(span: 0)]
                return ReportTable(
                    columns: Workload.columns(resolved: "resolutions_count", messages: scope.countsMessages),
                    rows: [(load ?? Workload()).cells(messages: scope.countsMessages)])
            }
            return (try table(range), try table(try range.before()))
        }
    }

    private func answer<Answer: Sendable>(
        _ question: Question, by agent: Agent, _ body: @escaping @Sendable (ReportRange, ReportScope, any Connection) throws -> Answer
    ) async throws -> Answer {
        let now = desk.now()
        return try await desk.database.read { tx in
            let until = question.until ?? now
            let zone =
                try question.secondsFromUTC.flatMap { TimeZone(secondsFromGMT: $0) }
                ?? tx.account(agent.accountID)?.timeZone.flatMap { TimeZone(identifier: $0) } ?? .gmt
            let range = try ReportRange(since: question.since ?? until - Self.usual, until: until, zone: zone)
            let scope = ReportScope(
                account: agent.accountID, spans: [], inbox: try question.inbox.map { try tx.inbox($0, of: agent).id },
                agent: try question.agent.map { try tx.colleague($0, of: agent).id },
                team: try question.team.map { try tx.team($0, of: agent).id },
                label: try question.label.map { try tx.label($0, of: agent).title })
            return try body(range, scope, tx)
        }
    }

    private static func daily(
        _ range: ReportRange, _ columns: [String], _ rows: ([ReportSpan]) throws -> [[ReportTable.Cell]]
    ) rethrows -> Daily {
        let days = zip(range.days, try rows(range.days)).map { day, cells in
            [.text(range.date(of: day)), .number(day.begins.seconds)] + cells
        }
        return Daily(
            range: range, total: ReportTable(columns: columns, rows: try rows([range.whole])),
            days: ReportTable(columns: ["date", "timestamp"] + columns, rows: days))
    }

    private static func grouped(
        _ names: [(id: Int64, name: String)], _ key: ReportScope.Key, _ scope: ReportScope, _ tx: any Connection
    ) throws -> ReportTable {
        let loads = try tx.workloads(scope, by: key)
        let messages = scope.countsMessages && key != .team && key != .label
        return ReportTable(
            columns: ["id", "name"] + Workload.columns(resolved: "resolved_conversations_count", messages: messages),
            rows: names.map {
                [.number($0.id), .text($0.name)] + (loads[ReportLine(span: 0, key: $0.id)] ?? Workload()).cells(messages: messages)
            })
    }
}

extension ReportScope {
    fileprivate func of(_ spans: [ReportSpan]) -> ReportScope {
        var scope = self
        scope.spans = spans
        return scope
    }
}

extension JSON {
    /// A daily report with its totals.
    public static func dailyReport(_ report: ShowReports.Daily) -> JSON {
        .object([
            ("since", .integer(report.range.whole.begins.seconds)), ("until", .integer(report.range.whole.ends.seconds)),
            ("timezone", .string(report.range.zone.identifier)), ("totals", report.total.json.first ?? .null),
            ("days", .array(report.days.json)),
        ])
    }
}
