/// Brings a database up to the program's schema, one numbered step after the other, each in the caller's transaction.
public enum Migrations {
    /// The schema that this program speaks.
    public static var current: Int { steps.count }

    static let steps: [[String]] = [
        Schema1.statements, Schema2.statements, Schema3.statements, Schema4.statements, Schema5.statements, Schema6.statements,
        Schema7.statements, Schema8.statements, Schema9.statements, Schema10.statements, Schema11.statements, Schema12.statements,
        Schema13.statements, Schema14.statements, Schema15.statements, Schema16.statements, Schema17.statements,
        Schema18.statements, Schema19.statements, Schema20.statements, Schema21.statements,
        Schema22.statements,
    ]

    public static func run(on connection: any Connection) throws {
        try connection.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        var found = 0
        if var reader = try connection.rows("SELECT COALESCE(MAX(version), 0) FROM schema_version").first?.reader() {
            found = Int(try reader.integer())
        }
        guard found <= current else { throw StoreError.newerSchema(found: found, known: current) }
        for (index, statements) in steps.enumerated() where index >= found {
            for statement in statements { try connection.run(spelled(statement, for: connection.dialect)) }
            try connection.run("INSERT INTO schema_version (version) VALUES (?)", [index + 1])
        }
    }

    /// The words in which the databases differ: `{id}` and `{bytes}`.
    private static func spelled(_ statement: String, for dialect: Dialect) -> String {
        let (id, bytes) =
            switch dialect {
            case .sqlite: ("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB")
            case .postgres: ("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA")
            }
        return statement.replacing("{id}", with: id).replacing("{bytes}", with: bytes)
    }
}
