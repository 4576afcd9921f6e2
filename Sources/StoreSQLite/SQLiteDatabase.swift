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
        var writes = WriteQueue<PendingWrite>()
        /// Somebody takes writes out, or is about to.
        var isDraining = false
        /// Somebody will look again when it is quiet.
        var isTimed = false
        /// When the last commit that carried an ordinary write ended.
        var lastOrdinary = ContinuousClock.now - .seconds(1)
        var brokenBy: String?

        var isQuiet: Bool { brokenBy != nil || ContinuousClock.now - lastOrdinary >= SQLiteDatabase.quiet }
    }

    /// Yielding writes run when for so long no ordinary one was there: whoever writes one thing after the other finds nobody before them.
    private static let quiet = Duration.milliseconds(5)
    /// Pages of the log until it is moved into the file: what is written again meanwhile is moved once.
    private static let pagesOfLog = 4_000
    /// Its bytes then: a head, and a head for each page.
    static let bytesOfLog = 32 + pagesOfLog * (24 + 4_096)
    private static let readers = 4

    private let pool: DatabasePool
    private let reads = ReadQueue(atOnce: SQLiteDatabase.readers)
    private let room: LogRoom
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
        configuration.maximumReaderCount = Self.readers
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -8000")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.pagesOfLog)")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        // Not before: when it switches WAL on, GRDB sets NORMAL, which syncs no commit.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        room = LogRoom(path: "\(path)-wal", length: Self.bytesOfLog)
        self.onCommit = onCommit
        self.onFailure = onFailure
    }

    /// Gives the log its room, little by little and behind what else is to be written: for a process that will commit much. Returns at once.
    public func makeRoomForLog() {
        queue.async {
            guard self.waiting.withLock({ $0.brokenBy == nil }) else { return }
            let isMoreToDo = try? self.pool.writeWithoutTransaction { db in
                // Other processes too make the log longer, and not before this has ended.
                try db.execute(sql: "BEGIN IMMEDIATE")
                defer { try? db.execute(sql: "ROLLBACK") }
                return self.room.append()
            }
            if isMoreToDo == true { self.makeRoomForLog() }
        }
    }

    public func migrate() async throws {
        try await write { try Migrations.run(on: $0) }
        // What a savepoint keeps of each page that it changes would go through a file. Only now, and only for the writer: what a migration or a
        // report sorts may be more than fits into memory.
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try Task.checkCancellation()
        // GRDB's own asynchronous read changes threads four times.
        return try await withCheckedThrowingContinuation { continuation in
            reads.add {
                continuation.resume(with: Result { try self.pool.read { try body(SQLiteConnection(database: $0)) } })
            }
        }
    }

    public func write<T: Sendable>(
        _ precedence: Precedence, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        guard let answer = await writeEach(precedence, [body]).first else { throw StoreError.closed }
        return try answer.get()
    }

    public func writeEach<T: Sendable>(
        _ precedence: Precedence, _ bodies: [@Sendable (any Connection) throws -> T]
    ) async -> [Result<T, any Error>] {
        guard !bodies.isEmpty else { return [] }
        return await withCheckedContinuation { continuation in
            let answers = Answers<T>(count: bodies.count) { continuation.resume(returning: $0) }
            submit(
                bodies.enumerated().map { index, body in
                    PendingWrite(body: { answers.keep(try body($0), index) }, finish: { answers.finish(index, $0) })
                }, precedence)
        }
    }

    public func close() async throws {
        waiting.withLock { $0.brokenBy = $0.brokenBy ?? "closed" }
        await withCheckedContinuation { continuation in
            queue.async {
                self.drain()
                continuation.resume()
            }
        }
        try pool.close()
    }

    private func submit(_ writes: [PendingWrite], _ precedence: Precedence) {
        let (broken, begin) = waiting.withLock { waiting in
            if let words = waiting.brokenBy { return (words as String?, false) }
            waiting.writes.add(writes, precedence)
            // What yields waits for the timer.
            if waiting.isDraining || waiting.isTimed && precedence == .yielding { return (nil, false) }
            waiting.isDraining = true
            return (nil, true)
        }
        if let broken {
            for write in writes { write.finish(broken == "closed" ? StoreError.closed : StoreError.cannotCommit(broken)) }
        }
        if begin { queue.async { self.drain() } }
    }

    /// Commits what waits; where that only yields and it is not quiet, it looks again later. On the queue.
    private func drain() {
        while true {
            let (writes, looksAgain) = waiting.withLock { waiting in
                let writes = waiting.writes.begin(isQuiet: waiting.isQuiet)
                guard writes.isEmpty else { return (writes, false) }
                waiting.isDraining = false
                let looksAgain = !waiting.writes.isEmpty && !waiting.isTimed
                if looksAgain { waiting.isTimed = true }
                return (writes, looksAgain)
            }
            if looksAgain {
                queue.asyncAfter(deadline: .now() + .milliseconds(5)) {
                    let begins = self.waiting.withLock { waiting in
                        waiting.isTimed = false
                        defer { waiting.isDraining = true }
                        return !waiting.isDraining
                    }
                    if begins { self.drain() }
                }
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
                try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
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
                        writes += waiting.withLock { $0.writes.join(after: writes.count) }
                        errors += Array(repeating: nil, count: writes.count - errors.count)
                    }
                    try db.cachedStatement(sql: "COMMIT").execute()
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
        waiting.withLock { if $0.writes.carriesOrdinary { $0.lastOrdinary = .now } }
        if !topics.isEmpty { onCommit(topics) }
        for (write, error) in zip(writes, errors) { write.finish(error) }
    }

    private func giveUp(_ words: String) {
        let left = waiting.withLock { waiting in
            waiting.brokenBy = words
            return waiting.writes.removeAll()
        }
        for write in left { write.finish(StoreError.cannotCommit(words)) }
        onFailure(.cannotCommit(words))
    }
}

/// Carries the values of some bodies from the writer to whoever waits for all of them.
private final class Answers<T: Sendable>: Sendable {
    private struct Book {
        var values: [T?]
        var answers: [Result<T, any Error>?]
        var missing: Int
    }

    private let book: Mutex<Book>
    private let done: @Sendable ([Result<T, any Error>]) -> Void

    /// - Parameter done: called once, when all have ended.
    init(count: Int, done: @escaping @Sendable ([Result<T, any Error>]) -> Void) {
        book = Mutex(Book(values: Array(repeating: nil, count: count), answers: Array(repeating: nil, count: count), missing: count))
        self.done = done
    }

    func keep(_ value: T, _ index: Int) { book.withLock { $0.values[index] = value } }

    func finish(_ index: Int, _ error: (any Error)?) {
        let all = book.withLock { book -> [Result<T, any Error>]? in
            book.answers[index] = error.map { .failure($0) } ?? book.values[index].map { .success($0) } ?? .failure(StoreError.closed)
            book.missing -= 1
            return book.missing == 0 ? book.answers.compactMap(\.self) : nil
        }
        if let all { done(all) }
    }
}
