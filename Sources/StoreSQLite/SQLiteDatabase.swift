import Dispatch
import Foundation
import GRDB
import Store
import Synchronization

/// The store in one SQLite file: WAL, `synchronous=FULL`, one writer that commits everything waiting together.
///
/// A write is acknowledged after the commit that carries it has been synced. Writers that come while a commit runs share the next
/// one, each in a savepoint of its own, so that durable throughput grows with the number of writers instead of stopping at the
/// disk's syncs per second.
public final class SQLiteDatabase: Store.Database {
    /// One body that waits for its commit.
    private struct PendingWrite: Sendable {
        let body: @Sendable (SQLiteConnection) throws -> Void
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct Waiting {
        var writes: [PendingWrite] = []
        var isDraining = false
        var brokenBy: String?

        mutating func take(_ count: Int) -> [PendingWrite] {
            let taken = Array(writes.prefix(count))
            writes.removeFirst(taken.count)
            return taken
        }
    }

    /// How many bodies one commit carries at most, so that the first does not wait for ever.
    private static let writesPerCommit = 128

    private let pool: DatabasePool
    private let queue = DispatchQueue(label: "throughline.sqlite.writer", qos: .userInitiated)
    private let waiting = Mutex(Waiting())
    private let onCommit: @Sendable (Set<Topic>) -> Void
    private let onFailure: @Sendable (StoreError) -> Void

    /// Opens or creates the file.
    ///
    /// - Parameters:
    ///   - onCommit: called after each commit with what it touched; must return at once.
    ///   - onFailure: called once when a sync failed: nothing more is acknowledged, the process should end and recover.
    public init(
        path: String, onCommit: @escaping @Sendable (Set<Topic>) -> Void, onFailure: @escaping @Sendable (StoreError) -> Void
    ) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -8000")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        self.onCommit = onCommit
        self.onFailure = onFailure
    }

    public func migrate() async throws {
        try await write { try Migrations.run(on: $0) }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.read { try body(SQLiteConnection(database: $0)) }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        let answer = Answer<T>()
        return try await withCheckedThrowingContinuation { continuation in
            submit(
                PendingWrite(
                    body: { answer.keep(try body($0)) },
                    finish: { error in
                        if let error {
                            continuation.resume(throwing: error)
                        } else if let value = answer.take() {
                            continuation.resume(returning: value)
                        } else {
                            continuation.resume(throwing: StoreError.closed)
                        }
                    }))
        }
    }

    public func close() async throws {
        waiting.withLock { $0.brokenBy = $0.brokenBy ?? "closed" }
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
        try pool.close()
    }

    private func submit(_ write: PendingWrite) {
        let (broken, begin) = waiting.withLock { waiting in
            if let words = waiting.brokenBy { return (words as String?, false) }
            waiting.writes.append(write)
            defer { waiting.isDraining = true }
            return (nil, !waiting.isDraining)
        }
        if let broken { return write.finish(broken == "closed" ? StoreError.closed : StoreError.cannotCommit(broken)) }
        if begin { queue.async { self.drain() } }
    }

    private func drain() {
        while true {
            let writes = waiting.withLock { waiting in
                if waiting.writes.isEmpty { waiting.isDraining = false }
                return waiting.take(Self.writesPerCommit)
            }
            if writes.isEmpty { return }
            commit(writes)
        }
    }

    /// Runs all bodies in one transaction, those too that come while it runs, and answers each of them.
    private func commit(_ first: [PendingWrite]) {
        var writes = first
        var errors = [(any Error)?](repeating: nil, count: writes.count)
        var topics: Set<Topic> = []
        do {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                do {
                    var index = 0
                    while index < writes.count {
                        defer { index += 1 }
                        let connection = SQLiteConnection(database: db)
                        do {
                            try db.cachedStatement(sql: "SAVEPOINT body").execute()
                            try writes[index].body(connection)
                            try db.cachedStatement(sql: "RELEASE body").execute()
                            topics.formUnion(connection.topics)
                        } catch {
                            // A full disk or an I/O error ends the whole transaction by itself: then nobody's work is kept.
                            guard db.isInsideTransaction else { throw error }
                            try db.execute(sql: "ROLLBACK TO body")
                            try db.execute(sql: "RELEASE body")
                            errors[index] = error
                        }
                        guard index == writes.count - 1 else { continue }
                        // Whoever came while the last one ran need not wait for a sync of his own.
                        writes += waiting.withLock { $0.take(Self.writesPerCommit - writes.count) }
                        errors += Array(repeating: nil, count: writes.count - errors.count)
                    }
                    try db.execute(sql: "COMMIT")
                } catch {
                    if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
                    throw error
                }
            }
        } catch {
            errors = Array(repeating: error, count: writes.count)
            topics = []
            if let failure = error as? DatabaseError, failure.resultCode == .SQLITE_IOERR { giveUp("\(failure.resultCode)") }
        }
        if !topics.isEmpty { onCommit(topics) }
        for (write, error) in zip(writes, errors) { write.finish(error) }
    }

    private func giveUp(_ words: String) {
        let left = waiting.withLock { waiting in
            waiting.brokenBy = words
            defer { waiting.writes = [] }
            return waiting.writes
        }
        for write in left { write.finish(StoreError.cannotCommit(words)) }
        onFailure(.cannotCommit(words))
    }
}

/// Carries a body's value from the writer to whoever waits.
private final class Answer<T: Sendable>: Sendable {
    private let value = Mutex<T?>(nil)

    func keep(_ value: T) { self.value.withLock { $0 = value } }

    func take() -> T? { value.withLock { $0 } }
}
