import Conversations

/// A stretch of time, `ends` not in it.
public struct ReportSpan: Sendable, Hashable {
    public var begins: Instant
    public var ends: Instant

    public init(begins: Instant, ends: Instant) {
        self.begins = begins
        self.ends = ends
    }
}

/// What a report is about: whose, and a line for each of these stretches of time. The work is bounded by what happened in them.
public struct ReportScope: Sendable {
    /// Messages are counted by quarters of an hour, in milliseconds: begins and ends of spans are whole ones.
    static let slot: Int64 = 900_000

    /// What the lines stand for beside their span.
    public enum Key: Sendable { case nothing, inbox, agent, team, label }

    public var account: ID<Account>
    public var spans: [ReportSpan]
    public var inbox: ID<Inbox>?
    public var agent: ID<Agent>?
    /// Only conversations that are this team's now.
    public var team: Int64?
    /// Only conversations that bear this label now.
    public var label: String?

    public init(
        account: ID<Account>, spans: [ReportSpan], inbox: ID<Inbox>? = nil, agent: ID<Agent>? = nil, team: Int64? = nil,
        label: String? = nil
    ) {
        self.account = account
        self.spans = spans
        self.inbox = inbox
        self.agent = agent
        self.team = team
        self.label = label
    }

    /// Messages are counted by inbox and agent alone.
    public var countsMessages: Bool { team == nil && label == nil }

    /// `WITH spans …`, a row for each span.
    fileprivate var with: String {
        "WITH spans (span, begins, ends) AS (VALUES \(Array(repeating: "(?, ?, ?)", count: spans.count).joined(separator: ", ")))"
    }

    fileprivate var spanArguments: [(any Bindable)?] {
        spans.enumerated().flatMap { [$0.offset, $0.element.begins, $0.element.ends] as [(any Bindable)?] }
    }

    /// The account, and inbox, agent, team and label where they are named; `row` is the table's letter, `conversation` where it names one.
    fileprivate func condition(_ row: String, agent column: String?, conversation: String? = nil) -> (
        sql: String, arguments: [(any Bindable)?]
    ) {
        var (sql, arguments): (String, [(any Bindable)?]) = ("\(row).account_id = ?", [account])
        if let inbox {
            sql += " AND \(row).inbox_id = ?"
            arguments.append(inbox)
        }
        if let agent, let column {
            sql += " AND \(row).\(column) = ?"
            arguments.append(agent)
        }
        guard let conversation else { return (sql, arguments) }
        if let team {
            sql += " AND EXISTS (SELECT 1 FROM conversations t WHERE t.id = \(row).\(conversation) AND t.team_id = ?)"
            arguments.append(team)
        }
        if let label {
            sql += " AND EXISTS (SELECT 1 FROM conversation_labels t WHERE t.conversation_id = \(row).\(conversation) AND t.label = ?)"
            arguments.append(label)
        }
        return (sql, arguments)
    }

    fileprivate static func key(_ key: Key, _ row: String, agent column: String) -> String {
        switch key {
        case .nothing: "0"
        case .inbox: "\(row).inbox_id"
        case .agent: "COALESCE(\(row).\(column), 0)"
        case .team: "COALESCE(k.team_id, 0)"
        case .label: "k.id"
        }
    }

    /// Where a line's key stands that the row itself does not have.
    fileprivate static func join(_ key: Key, _ row: String, conversation: String) -> String {
        switch key {
        case .nothing, .inbox, .agent: ""
        case .team: "JOIN conversations k ON k.id = \(row).\(conversation)"
        case .label:
            """
            JOIN conversation_labels b ON b.conversation_id = \(row).\(conversation)
            JOIN labels k ON k.account_id = b.account_id AND k.title = b.label
            """
        }
    }
}

/// Which line of a report: its span's place, and the number of the inbox, agent, team or label; 0 where there is none.
public struct ReportLine: Sendable, Hashable {
    public var span: Int
    public var key: Int64

    public init(span: Int, key: Int64 = 0) {
        self.span = span
        self.key = key
    }
}

/// How long something took: by the nearest rank, so each is a time that really occurred.
public struct ReportTimes: Sendable, Hashable {
    public var count: Int64
    public var median: Duration
    /// Nine in ten were not longer.
    public var ninetieth: Duration
    public var mean: Duration
}

/// How conversations of websites went on.
public struct ReportHandOver: Sendable, Hashable {
    public var conversations: Int64 = 0
    /// At least one mail of it left.
    public var byEmail: Int64 = 0
    /// The customer answered one.
    public var answered: Int64 = 0
    /// An answer of the team could not be sent for want of a good address.
    public var unreachable: Int64 = 0

    public init() {}
}

// What reports are computed by: each a walk along one index, no further than the spans go. The spans come first in each join, by the word CROSS.
extension Connection {
    /// Conversations that began in each span; by agent: who has them now; a conversation with two
    /// labels counts for both.
    public func reportedConversations(_ scope: ReportScope, by key: ReportScope.Key) throws -> [ReportLine: Int64] {
        let (condition, arguments) = scope.condition("c", agent: "assignee_id", conversation: "id")
        return try lines(
            """
            \(scope.with) SELECT d.span, \(ReportScope.key(key, "c", agent: "assignee_id")), COUNT(*) FROM spans d CROSS JOIN conversations c
            \(ReportScope.join(key, "c", conversation: "id"))
            WHERE \(condition) AND c.created_at >= d.begins AND c.created_at < d.ends GROUP BY 1, 2
            """, scope.spanArguments + arguments
        ) { try $0.integer() }
    }

    /// Messages of customers and of the team: of inboxes and agents; nobody counts them by what a conversation is called.
    public func reportedMessages(_ scope: ReportScope, by key: ReportScope.Key) throws -> [ReportLine: (incoming: Int64, outgoing: Int64)] {
        guard scope.countsMessages, key != .team, key != .label else { return [:] }
        let (condition, arguments) = scope.condition("m", agent: "agent_id")
        return try lines(
            """
            \(scope.with) SELECT d.span, \(ReportScope.key(key, "m", agent: "agent_id")), SUM(m.incoming), SUM(m.outgoing)
            FROM spans d CROSS JOIN message_counts m
            WHERE \(condition) AND m.slot >= d.begins / \(ReportScope.slot) AND m.slot < d.ends / \(ReportScope.slot) GROUP BY 1, 2
            """, scope.spanArguments + arguments
        ) { (try $0.integer(), try $0.integer()) }
    }

    /// How long something took that happened in each span.
    public func reportedTimes(
        _ name: ReportingEvent.Name, _ scope: ReportScope, by key: ReportScope.Key
    ) throws -> [ReportLine: ReportTimes] {
        let (condition, arguments) = scope.condition("e", agent: "agent_id", conversation: "conversation_id")
        return try lines(
            """
            \(scope.with) SELECT span, key, n, MAX(CASE WHEN place = (n + 1) / 2 THEN value END),
                MAX(CASE WHEN place = (9 * n + 9) / 10 THEN value END), SUM(value) / n
            FROM (
                SELECT span, key, value, ROW_NUMBER() OVER (PARTITION BY span, key ORDER BY value) AS place,
                    COUNT(*) OVER (PARTITION BY span, key) AS n
                FROM (
                    SELECT d.span AS span, \(ReportScope.key(key, "e", agent: "agent_id")) AS key, e.value AS value
                    FROM spans d CROSS JOIN reporting_events e
                    \(ReportScope.join(key, "e", conversation: "conversation_id"))
                    WHERE \(condition) AND e.name = ? AND e.at >= d.begins AND e.at < d.ends) AS taken) AS ranked
            GROUP BY span, key, n
            """, scope.spanArguments + arguments + [name.rawValue]
        ) {
            ReportTimes(
                count: try $0.integer(), median: .milliseconds(try $0.integer()), ninetieth: .milliseconds(try $0.integer()),
                mean: .milliseconds(try $0.integer()))
        }
    }

    /// How the conversations of websites went on that began in each span.
    public func reportedHandOver(_ scope: ReportScope) throws -> [ReportLine: ReportHandOver] {
        let (condition, arguments) = scope.condition("c", agent: nil, conversation: "id")
        func count(_ what: String) -> String { "SUM(CASE WHEN EXISTS (\(what)) THEN 1 ELSE 0 END)" }
        return try lines(
            """
            \(scope.with) SELECT d.span, 0, COUNT(*),
                \(count("SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.purpose = 'conversation' AND o.sent_at IS NOT NULL")),
                \(count("SELECT 1 FROM inbound_mails i WHERE i.conversation_id = c.id AND i.kind = 'human' AND i.outcome = 'threaded'")),
                \(count("""
                    SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.open_for_delivery = 1 AND m.delivery_state = 'not_sent'
                    AND m.delivery_reason IN ('no_address', 'unreachable')
                    """))
            FROM spans d CROSS JOIN conversations c
            WHERE \(condition) AND c.created_at >= d.begins AND c.created_at < d.ends
                AND (SELECT kind FROM inboxes WHERE id = c.inbox_id) = 'web_widget'
            GROUP BY 1
            """, scope.spanArguments + arguments
        ) {
            var handOver = ReportHandOver()
            handOver.conversations = try $0.integer()
            handOver.byEmail = try $0.integer()
            handOver.answered = try $0.integer()
            handOver.unreachable = try $0.integer()
            return handOver
        }
    }

    /// Mails to customers that left in each span, and those of them that came back.
    public func reportedMails(_ scope: ReportScope) throws -> [ReportLine: (sent: Int64, bounced: Int64)] {
        let (condition, arguments) = scope.condition("o", agent: nil, conversation: "conversation_id")
        return try lines(
            """
            \(scope.with) SELECT d.span, 0, COUNT(*), SUM(CASE WHEN o.state = 'bounced' THEN 1 ELSE 0 END)
            FROM spans d CROSS JOIN outbox o
            WHERE \(condition) AND o.sent_at >= d.begins AND o.sent_at < d.ends AND o.purpose = 'conversation' GROUP BY 1
            """, scope.spanArguments + arguments
        ) { (try $0.integer(), try $0.integer()) }
    }

    private func lines<Value>(
        _ sql: String, _ arguments: [(any Bindable)?], _ value: (inout RowReader) throws -> Value
    ) throws -> [ReportLine: Value] {
        var lines: [ReportLine: Value] = [:]
        for row in try rows(sql, arguments) {
            var row = row.reader()
            let line = ReportLine(span: Int(try row.integer()), key: try row.integer())
            lines[line] = try value(&row)
        }
        return lines
    }
}
