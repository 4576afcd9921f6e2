import Store
import Synchronization

/// Looks at the plan of every statement before it runs.
struct ExplainingConnection: Connection {
    /// Plans that read a whole table, with their statement.
    final class Scans: Sendable {
        let found = Mutex<[String]>([])
        let looked = Mutex(0)
    }

    let inner: any Connection
    let scans: Scans

    var dialect: Dialect { inner.dialect }

    func rows(_ sql: String, _ arguments: [(any Bindable)?]) throws -> [Row] {
        try explain(sql, arguments)
        return try inner.rows(sql, arguments)
    }

    func run(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Int {
        try explain(sql, arguments)
        return try inner.run(sql, arguments)
    }

    func announce(_ topic: Topic) { inner.announce(topic) }

    private func explain(_ sql: String, _ arguments: [(any Bindable)?]) throws {
        scans.looked.withLock { $0 += 1 }
        for row in try inner.rows("EXPLAIN QUERY PLAN \(sql)", arguments) {
            guard case .text(let step)? = row.values.last, step.hasPrefix("SCAN") else { continue }
            let table = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            // FTS5 that is asked for words and a row begins anew for each row, and puts all together that an unfinished word may become.
            if step.contains("VIRTUAL TABLE INDEX"), let asked = step.split(separator: ":").last, asked.hasPrefix("="), asked.contains("M")
            {
                scans.found.withLock { $0.append("\(step): \(sql)") }
            }
            // What a subquery or a list of values gave is bounded by it.
            guard Self.large.contains(table) else { continue }
            scans.found.withLock { $0.append("\(step): \(sql)") }
        }
    }

    /// Tables that grow with use, under their names and the letters that statements give them.
    static let large: Set<String> = [
        "messages", "conversations", "contacts", "contact_addresses", "visitor_sessions", "conversation_labels", "participants",
        "attachments",
        "blobs", "inbound_mails", "inbound_raw", "outbox", "outbox_messages", "outbox_raw", "mail_ids", "reply_tokens", "events", "jobs",
        "merged_conversations", "merged_contacts", "deleted_conversations", "mailbox",
        "presence",
        "chat_links", "chat_tickets", "conversation_grants", "surveys", "mail_templates", "canned_responses",
        "mentions", "continuity_checks",
        "inbox_providers", "provider_deliveries", "inbox_relays", "dkim_keys",
        "reporting_events", "message_counts", "notifications",
        "conversation_viewers", "drafts", "teams", "team_members", "custom_filters", "contact_notes", "visitor_pages",
        "a", "c", "s", "p", "m", "r", "j", "o", "v", "e", "i",
    ]
}
