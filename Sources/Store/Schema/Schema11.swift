/// Words of messages, subjects and contacts, for the search: SQLite's FTS5, which keeps no text of its own and is kept up by triggers,
/// so that no statement can forget it. What a person says is indexed; system lines and templates are not.
enum Schema11 {
    static let statements =
        index("message_words", of: "messages", ["content"], where: { "\($0).kind IN (0, 1) AND \($0).content IS NOT NULL" })
        + index("conversation_words", of: "conversations", ["subject"], where: { _ in "1" })
        + index("contact_words", of: "contacts", ["name", "email", "phone_number", "identifier"], where: { _ in "1" })

    private static func index(_ words: String, of table: String, _ columns: [String], where indexed: (String) -> String) -> [String] {
        let list = columns.joined(separator: ", ")
        let old = columns.map { "old.\($0)" }.joined(separator: ", ")
        let new = columns.map { "new.\($0)" }.joined(separator: ", ")
        let isChanged = columns.map { "old.\($0) IS NOT new.\($0)" }.joined(separator: " OR ")
        let take = "INSERT INTO \(words) (rowid, \(list)) SELECT new.id, \(new) WHERE \(indexed("new"));"
        let drop = "INSERT INTO \(words) (\(words), rowid, \(list)) SELECT 'delete', old.id, \(old) WHERE \(indexed("old"));"
        return [
            // Short beginnings have an index of their own: what is typed is looked for while it grows.
            """
            CREATE VIRTUAL TABLE \(words) USING fts5(\(list), content='\(table)', content_rowid='id',
                tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')
            """,
            "CREATE TRIGGER \(words)_in AFTER INSERT ON \(table) BEGIN \(take) END",
            "CREATE TRIGGER \(words)_out AFTER DELETE ON \(table) BEGIN \(drop) END",
            "CREATE TRIGGER \(words)_anew AFTER UPDATE OF \(list) ON \(table) WHEN \(isChanged) BEGIN \(drop) \(take) END",
            "INSERT INTO \(words) (rowid, \(list)) SELECT id, \(list) FROM \(table) WHERE \(indexed(table))",
        ]
    }
}
