import GRDB
import GRDBSQLite
import Store

/// A transaction's connection. Statements are prepared once and kept by GRDB; values go in and out through SQLite's own calls, because
/// this is the hottest path of all and a value more in between is paid for in every column of every row.
final class SQLiteConnection: Connection {
    private let database: GRDB.Database
    private(set) var topics: Set<Topic> = []

    init(database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func rows(_ sql: String, _ arguments: [(any Bindable)?]) throws -> [Store.Row] {
        let statement = try prepared(sql, arguments)
        defer { sqlite3_reset(statement) }
        let columns = sqlite3_column_count(statement)
        var rows: [Store.Row] = []
        while try step(statement) {
            var values: [Value] = []
            values.reserveCapacity(Int(columns))
            for index in 0..<columns { values.append(value(statement, index)) }
            rows.append(Store.Row(values: values))
        }
        return rows
    }

    func run(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Int {
        let statement = try prepared(sql, arguments)
        defer { sqlite3_reset(statement) }
        while try step(statement) {}
        return database.changesCount
    }

    func announce(_ topic: Topic) { topics.insert(topic) }

    private func prepared(_ sql: String, _ arguments: [(any Bindable)?]) throws -> SQLiteStatement {
        let statement = try database.cachedStatement(sql: sql).sqliteStatement
        sqlite3_reset(statement)
        guard Int(sqlite3_bind_parameter_count(statement)) == arguments.count else {
            throw DatabaseError(resultCode: .SQLITE_RANGE, message: "A statement has another number of arguments than its text.", sql: sql)
        }
        for (index, argument) in arguments.enumerated() {
            let code = bind(argument?.databaseValue ?? .null, at: Int32(index + 1), of: statement)
            guard code == SQLITE_OK else { throw failure(code) }
        }
        return statement
    }

    private func bind(_ value: Value, at index: Int32, of statement: SQLiteStatement) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(let text):
            // Its bytes are followed by a zero, so that even an empty text has an address: a null pointer would store NULL.
            return text.withCString { sqlite3_bind_text64(statement, index, $0, UInt64(text.utf8.count), Self.copied, UInt8(SQLITE_UTF8)) }
        case .blob(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes { sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), Self.copied) }
        }
    }

    /// Whether there is another row.
    private func step(_ statement: SQLiteStatement) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func value(_ statement: SQLiteStatement, _ index: Int32) -> Value {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            // The bytes first, then their count: the other way round SQLite may convert in between.
            guard let bytes = sqlite3_column_text(statement, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, index))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
            return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, index)))))
        default: return .null
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }

    /// `SQLITE_TRANSIENT`: SQLite makes its own copy, since ours does not outlive the call.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
