import Conversations

/// A file of a message. Its bytes are kept once, however often they came.
public struct StoredAttachment: Sendable {
    public var id: Int64
    public var accountID: ID<Account>
    public var messageID: ID<Message>
    public var filename: String
    public var contentType: String
    public var size: Int64
    /// Hex, of the bytes.
    public var sha256: String
    public var isInline: Bool
    public var contentID: String?
}

extension Connection {
    private var attachmentColumns: String { "id, account_id, message_id, filename, content_type, size, sha256, is_inline, content_id" }

    private func attachment(_ row: Row) throws -> StoredAttachment {
        var row = row.reader()
        return StoredAttachment(
            id: try row.integer(), accountID: try row.id(), messageID: try row.id(), filename: try row.text(),
            contentType: try row.text(), size: try row.integer(), sha256: try row.text(), isInline: try row.bool(),
            contentID: try row.optionalText())
    }

    public func attach(
        _ bytes: [UInt8], sha256: String, filename: String, contentType: String, isInline: Bool, contentID: String?, to message: Message,
        at now: Instant
    ) throws -> StoredAttachment {
        try run("INSERT INTO blobs (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", [sha256, bytes])
        let id = try insert(
            """
            INSERT INTO attachments (account_id, message_id, filename, content_type, size, sha256, is_inline, content_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [message.accountID, message.id, filename, contentType, bytes.count, sha256, isInline, contentID, now])
        return StoredAttachment(
            id: id, accountID: message.accountID, messageID: message.id, filename: filename, contentType: contentType,
            size: Int64(bytes.count), sha256: sha256, isInline: isInline, contentID: contentID)
    }

    public func attachment(_ id: Int64) throws -> StoredAttachment? {
        try rows("SELECT \(attachmentColumns) FROM attachments WHERE id = ?", [id]).first.map(attachment)
    }

    /// The files of several messages, by message.
    public func attachments(of messages: [ID<Message>]) throws -> [ID<Message>: [StoredAttachment]] {
        guard !messages.isEmpty else { return [:] }
        let found = try rows(
            "SELECT \(attachmentColumns) FROM attachments WHERE message_id IN (\(placeholders(messages.count))) ORDER BY id", messages
        ).map(attachment)
        return Dictionary(grouping: found, by: \.messageID)
    }

    public func blob(_ sha256: String) throws -> [UInt8]? {
        guard var row = try rows("SELECT bytes FROM blobs WHERE sha256 = ?", [sha256]).first?.reader() else { return nil }
        return try row.blob()
    }

    /// Takes a message's files away; bytes that nobody else refers to go too.
    public func removeAttachments(of message: ID<Message>) throws {
        let hashes = try rows("SELECT sha256 FROM attachments WHERE message_id = ?", [message])
        try run("DELETE FROM attachments WHERE message_id = ?", [message])
        for row in hashes {
            var row = row.reader()
            let hash = try row.text()
            try run("DELETE FROM blobs WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM attachments WHERE sha256 = ?)", [hash, hash])
        }
    }
}
