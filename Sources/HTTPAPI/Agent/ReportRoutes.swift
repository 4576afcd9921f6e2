import Conversations
import Desk
import Hummingbird
import NIOCore

/// Reports under Chatwoot's second version of its API, and ours beside them. Each is a download of CSV too, at the same path with `.csv`.
func addReportRoutes(to account: AccountRoutes, desk: Desk) {
    let reports = ShowReports(desk: desk)

    account.report("reports/daily") { .dailyReport(try await reports.daily($0, by: $1)) }
    account.download("reports/daily") { try await reports.daily($0, by: $1).days }
    account.report("reports/handover") { .dailyReport(try await reports.handOver($0, by: $1)) }
    account.download("reports/handover") { try await reports.handOver($0, by: $1).days }
    account.report("summary_reports/inbox") { .array(try await reports.byInbox($0, by: $1).json) }
    account.download("summary_reports/inbox") { try await reports.byInbox($0, by: $1) }
    account.report("summary_reports/agent") { .array(try await reports.byAgent($0, by: $1).json) }
    account.download("summary_reports/agent") { try await reports.byAgent($0, by: $1) }
    account.report("summary_reports/team") { .array(try await reports.byTeam($0, by: $1).json) }
    account.download("summary_reports/team") { try await reports.byTeam($0, by: $1) }
    account.report("summary_reports/label") { .array(try await reports.byLabel($0, by: $1).json) }
    account.download("summary_reports/label") { try await reports.byLabel($0, by: $1) }
    account.report("reports/summary") { question, agent in
        let (now, before) = try await reports.summary(question, by: agent)
        return .object(members(now) + [("previous", .object(members(before)))])
    }
    account.get("reports") { caller, request, _ in
        try caller.requireAdministrator()
        return .json(try metric(request, of: try await reports.daily(request.reportQuestion(), by: caller.agent)))
    }
}

/// The members of a report's one line. Chatwoot writes mean times as text here.
private func members(_ table: ReportTable) -> [(String, JSON)] {
    guard case .object(let members)? = table.json.first else { return [] }
    return members.map { name, value in
        guard name.hasPrefix("avg_") else { return (name, value) }
        return if case .null = value { (name, .string("0")) } else { (name, .string(value.text)) }
    }
}

/// One column as Chatwoot's charts want it: a value for each day, as text.
private func metric(_ request: Request, of report: ShowReports.Daily) throws -> JSON {
    let name = request.query("metric") ?? "conversations_count"
    guard let column = report.days.columns.firstIndex(of: name), column > 1 else {
        throw DeskError.invalid(
            "`metric` is one of \(report.days.columns.dropFirst(2).joined(separator: ", ")).", attributes: ["metric"])
    }
    return .array(
        report.days.json.map { day in
            let value = day[name]?.text ?? "null"
            return .object([("value", .string(value == "null" ? "0" : value)), ("timestamp", day["timestamp"] ?? .null)])
        })
}

extension AccountRoutes {
    /// A report as JSON, for administrators.
    fileprivate func report(
        _ path: String, _ answer: @escaping @Sendable (ShowReports.Question, Agent) async throws -> JSON
    ) {
        get(RouterPath(path)) { caller, request, _ in
            try caller.requireAdministrator()
            return .json(try await answer(request.reportQuestion(), caller.agent))
        }
    }

    /// The same as a file.
    fileprivate func download(
        _ path: String, _ answer: @escaping @Sendable (ShowReports.Question, Agent) async throws -> ReportTable
    ) {
        let filename = path.replacing("/", with: "-") + ".csv"
        get(RouterPath("\(path).csv")) { caller, request, _ in
            try caller.requireAdministrator()
            let csv = try await answer(request.reportQuestion(), caller.agent).csv
            return Response(
                status: .ok,
                headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(filename)\""],
                body: .init(byteBuffer: ByteBuffer(string: csv)))
        }
    }
}

extension Request {
    /// `since` and `until` in seconds, `inbox_id`, or Chatwoot's `type` with `id`; `timezone_offset` in hours.
    fileprivate func reportQuestion() throws -> ShowReports.Question {
        var question = ShowReports.Question()
        question.since = try moment("since")
        question.until = try moment("until")
        question.inbox = try number("inbox_id")
        if let hours = query("timezone_offset") {
            guard let offset = Double(hours), (-12...14).contains(offset), (offset * 4).rounded() == offset * 4 else {
                throw DeskError.invalid("`timezone_offset` is a number of hours, from -12 to 14.", attributes: ["timezone_offset"])
            }
            question.secondsFromUTC = Int(offset * 3600)
        }
        switch query("type") ?? "account" {
        case "account": break
        case "inbox": question.inbox = try number("id")
        case "agent": question.agent = try number("id")
        case "team": question.team = try number("id")
        case "label": question.label = try number("id")
        default: throw DeskError.invalid("`type` is account, inbox, agent, team or label.", attributes: ["type"])
        }
        return question
    }

    private func number(_ name: String) throws -> Int64? {
        guard let text = query(name) else { return nil }
        guard let number = Int64(text) else { throw DeskError.invalid("`\(name)` is a number.", attributes: [name]) }
        return number
    }

    /// What is further away than any calendar goes is no moment.
    private func moment(_ name: String) throws -> Instant? {
        guard let seconds = try number(name) else { return nil }
        guard (0...4_102_444_800).contains(seconds) else {
            throw DeskError.invalid("`\(name)` is a time in seconds since 1970.", attributes: [name])
        }
        return Instant(milliseconds: seconds * 1000)
    }
}
