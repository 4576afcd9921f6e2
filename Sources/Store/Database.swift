/// A database that runs synchronous transaction bodies.
///
/// `write` bodies are atomic and isolated from each other; a body that throws leaves nothing behind. When `write` returns, the
/// change is durable: on disk, not in a cache. Bodies must not block on anything but the database.
public protocol Database: Sendable {
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    func write<T: Sendable>(_ precedence: Precedence, _ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// Several bodies, in this order, each atomic by itself: one that throws takes nothing from the others. They share commits where that
    /// keeps nobody waiting.
    func writeEach<T: Sendable>(
        _ precedence: Precedence, _ bodies: [@Sendable (any Connection) throws -> T]
    ) async -> [Result<T, any Error>]
    /// Brings the schema up to this program's version. Idempotent.
    func migrate() async throws
    /// Finishes what runs and closes the handles.
    func close() async throws
}

extension Database {
    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await write(.ordinary, body)
    }
}

/// Which write goes first where several wait.
public enum Precedence: Sendable {
    /// Somebody waits for the answer.
    case ordinary
    /// Nobody waits for it just now: it lets ordinary ones pass, but not for ever.
    case yielding
}

/// What a transaction body speaks to. Statements use `?` for arguments and are written once for all databases.
public protocol Connection {
    var dialect: Dialect { get }

    /// The rows of a query; callers bound their number with `LIMIT` or a unique key.
    func rows(_ sql: String, _ arguments: [(any Bindable)?]) throws -> [Row]

    /// Runs a statement and answers how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Int

    /// Says what this transaction touched; whoever waits for it is woken after the commit, and only then.
    func announce(_ topic: Topic)
}

extension Connection {
    public func rows(_ sql: String) throws -> [Row] { try rows(sql, []) }

    @discardableResult
    public func run(_ sql: String) throws -> Int { try run(sql, []) }

    /// Runs `INSERT … RETURNING id`.
    public func insert(_ sql: String, _ arguments: [(any Bindable)?]) throws -> Int64 {
        guard var reader = try rows(sql, arguments).first?.reader() else { throw StoreError.nothingInserted }
        return try reader.integer()
    }
}

/// The few words in which the databases differ.
public enum Dialect: Sendable {
    case sqlite
    case postgres
}

/// What can be announced: wake-ups only, never data.
public enum Topic: Hashable, Sendable {
    case events
    /// The settings of a mailbox that mail is fetched from.
    case mailboxes
    case queue(QueueName)
}

public enum StoreError: Error, CustomStringConvertible {
    case nothingInserted
    case unexpectedValue(column: Int)
    case tooFewColumns
    case closed
    /// The database is of a newer program: going on could destroy what it does not know.
    case newerSchema(found: Int, known: Int)
    /// After a failed sync nothing more may be acknowledged on this handle.
    case cannotCommit(String)

    public var description: String {
        switch self {
        case .nothingInserted: "An insert gave back no row."
        case .unexpectedValue(let column): "Column \(column) of a row holds a value of another kind than the program expects."
        case .tooFewColumns: "A row has fewer columns than the program expects."
        case .closed: "The database is closed."
        case .newerSchema(let found, let known):
            "The database has schema \(found), but this program knows only \(known). Start the newer program, or restore an older backup."
        case .cannotCommit(let words):
            "The database could not commit: \(words). The program stops, so that nothing is promised that is not kept."
        }
    }
}
