import Foundation
import GRDB
import Store

/// A transaction's connection: statements are prepared once and kept.
final class SQLiteConnection: Connection {
    private let database: GRDB.Database
    private(set) var topics: Set<Topic> = []

    init(database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func rows(_ sql: String, _ arguments: [(any Bindable)?]) throws -> [Store.Row] {
        let statement = try prepared(sql, arguments)
        let cursor = try Row.fetchCursor(statement)
        let columns = statement.columnCount
        var rows: [Store.Row] = []
        while let row = try cursor.next() {
            var values: [Value] = []
            values.reserveCapacity(columns)
            for index in 0..<columns { values.append(Value(row[index] as DatabaseValue)) }
            rows.append(Store.Row(values: values))
        }
        return rows
    }

    func run(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Int {
        try prepared(sql, arguments).execute()
        return database.changesCount
    }

    func announce(_ topic: Topic) { topics.insert(topic) }

    private func prepared(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql)
        try statement.setArguments(StatementArguments(arguments.map { $0.map { DatabaseValue($0.databaseValue) } ?? .null }))
        return statement
    }
}

extension Value {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }
}

extension DatabaseValue {
    fileprivate init(_ value: Value) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = number.databaseValue
        case .real(let number): self = number.databaseValue
        case .text(let text): self = text.databaseValue
        case .blob(let bytes): self = Data(bytes).databaseValue
        }
    }
}
