import Conversations

/// A word that agents sort conversations by.
public struct Label: Sendable {
    public var id: Int64
    public var accountID: ID<Account>
    /// Lower-case, unique in the account.
    public var title: String
    public var description: String
    /// `#rrggbb`.
    public var color: String
    public var showOnSidebar: Bool
}

extension Connection {
    private func label(_ row: Row) throws -> Label {
        var row = row.reader()
        return Label(
            id: try row.integer(), accountID: try row.id(), title: try row.text(), description: try row.text(), color: try row.text(),
            showOnSidebar: try row.bool())
    }

    public func labels(in account: ID<Account>) throws -> [Label] {
        try rows(
            "SELECT id, account_id, title, description, color, show_on_sidebar FROM labels WHERE account_id = ? ORDER BY title LIMIT 1000",
            [account]
        ).map(label)
    }

    public func label(_ id: Int64) throws -> Label? {
        try rows("SELECT id, account_id, title, description, color, show_on_sidebar FROM labels WHERE id = ?", [id]).first.map(label)
    }

    /// A new label; nil where the account has one of this title.
    public func createLabel(account: ID<Account>, title: String, description: String, color: String, showOnSidebar: Bool) throws -> Label? {
        try rows(
            """
            INSERT INTO labels (account_id, title, description, color, show_on_sidebar) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            RETURNING id, account_id, title, description, color, show_on_sidebar
            """,
            [account, title, description, color, showOnSidebar]
        ).first.map(label)
    }

    /// What a label looks like; its title stays.
    public func updateLabel(_ label: Label) throws {
        try run(
            "UPDATE labels SET description = ?, color = ?, show_on_sidebar = ? WHERE id = ?",
            [label.description, label.color, label.showOnSidebar, label.id])
    }

    /// Labels that conversations bear are labels of the account.
    public func keepLabels(_ titles: [String], in account: ID<Account>) throws {
        for title in titles {
            _ = try createLabel(account: account, title: title, description: "", color: "#1f93ff", showOnSidebar: true)
        }
    }
}
