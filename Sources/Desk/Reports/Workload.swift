import Conversations
import Store

/// What came and how it was dealt with: of a day, an inbox or an agent.
struct Workload {
    var conversations: Int64 = 0
    var incoming: Int64 = 0
    var outgoing: Int64 = 0
    var firstResponse: ReportTimes?
    var resolution: ReportTimes?
    var reply: ReportTimes?

    /// - Parameter resolved: what Chatwoot calls that column: lists of days and of inboxes call it differently.
    /// - Parameter messages: whether they are counted for such lines.
    static func columns(resolved: String, messages: Bool = true) -> [String] {
        ["conversations_count", resolved] + (messages ? ["incoming_messages_count", "outgoing_messages_count"] : []) + [
            "median_first_response_time", "p90_first_response_time", "avg_first_response_time", "median_resolution_time",
            "p90_resolution_time", "avg_resolution_time", "avg_reply_time",
        ]
    }

    func cells(messages: Bool = true) -> [ReportTable.Cell] {
        [.number(conversations), .number(resolution?.count ?? 0)] + (messages ? [.number(incoming), .number(outgoing)] : []) + [
            .time(firstResponse?.median), .time(firstResponse?.ninetieth), .time(firstResponse?.mean), .time(resolution?.median),
            .time(resolution?.ninetieth), .time(resolution?.mean), .time(reply?.mean),
        ]
    }
}

extension Connection {
    func workloads(_ scope: ReportScope, by key: ReportScope.Key) throws -> [ReportLine: Workload] {
        var loads: [ReportLine: Workload] = [:]
        for (line, count) in try reportedConversations(scope, by: key) { loads[line, default: Workload()].conversations = count }
        for (line, messages) in try reportedMessages(scope, by: key) {
            (loads[line, default: Workload()].incoming, loads[line, default: Workload()].outgoing) = messages
        }
        for (line, times) in try reportedTimes(.firstResponse, scope, by: key) { loads[line, default: Workload()].firstResponse = times }
        for (line, times) in try reportedTimes(.resolution, scope, by: key) { loads[line, default: Workload()].resolution = times }
        for (line, times) in try reportedTimes(.replyTime, scope, by: key) { loads[line, default: Workload()].reply = times }
        return loads
    }
}
