import Conversations

/// An inbox's own form of its mails.
public struct StoredMailTemplate: Sendable {
    public var text: String
    public var html: String
    public var updatedAt: Instant

    public init(text: String, html: String, updatedAt: Instant) {
        self.text = text
        self.html = html
        self.updatedAt = updatedAt
    }
}

extension Connection {
    /// nil where the built-in one holds.
    public func mailTemplate(of inbox: ID<Inbox>) throws -> StoredMailTemplate? {
        guard var row = try rows("SELECT text, html, updated_at FROM mail_templates WHERE inbox_id = ?", [inbox]).first?.reader() else {
            return nil
        }
        return StoredMailTemplate(text: try row.text(), html: try row.text(), updatedAt: try row.instant())
    }

    public func keepMailTemplate(_ template: StoredMailTemplate, of inbox: ID<Inbox>) throws {
        try run(
            """
            INSERT INTO mail_templates (inbox_id, text, html, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (inbox_id) DO UPDATE SET text = excluded.text, html = excluded.html, updated_at = excluded.updated_at
            """,
            [inbox, template.text, template.html, template.updatedAt])
    }

    public func forgetMailTemplate(of inbox: ID<Inbox>) throws {
        try run("DELETE FROM mail_templates WHERE inbox_id = ?", [inbox])
    }
}
