import Conversations
import Store

/// The hand-over itself: how conversations that began on a website went on by email.
struct HandOver {
    static let columns = [
        "website_conversations", "went_on_by_email", "answered_by_email", "unreachable", "mails_sent", "mails_bounced", "mails_avoided",
        "email_share", "reply_rate", "unreachable_share", "bounce_rate",
    ]

    var conversations = ReportHandOver()
    var sent: Int64 = 0
    var bounced: Int64 = 0
    var avoided: Int64 = 0

    var cells: [ReportTable.Cell] {
        func share(_ part: Int64, of all: Int64) -> ReportTable.Cell { .share(all > 0 ? Double(part) / Double(all) : nil) }
        return [
            .number(conversations.conversations), .number(conversations.byEmail), .number(conversations.answered),
            .number(conversations.unreachable), .number(sent), .number(bounced), .number(avoided),
            share(conversations.byEmail, of: conversations.conversations), share(conversations.answered, of: conversations.byEmail),
            share(conversations.unreachable, of: conversations.conversations), share(bounced, of: sent),
        ]
    }
}

extension Connection {
    /// A line for each span.
    func handOvers(_ scope: ReportScope) throws -> [HandOver] {
        var lines = scope.spans.map { _ in HandOver() }
        func each<Value>(_ found: [ReportLine: Value], _ take: (inout HandOver, Value) -> Void) {
            for (line, value) in found where lines.indices.contains(line.span) { take(&lines[line.span], value) }
        }
        each(try reportedHandOver(scope)) { $0.conversations = $1 }
        each(try reportedMails(scope)) { ($0.sent, $0.bounced) = $1 }
        each(try reportedTimes(.mailAvoided, scope, by: .nothing)) { $0.avoided = $1.count }
        return lines
    }
}
