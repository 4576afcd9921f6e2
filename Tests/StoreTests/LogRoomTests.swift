import Conversations
import Foundation
import Store
import Testing

@testable import StoreSQLite

/// The zeros behind SQLite's write-ahead log.
@Suite struct LogRoomTests {
    /// A folder of its own, gone afterwards.
    private func inFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private func open(_ path: URL) throws -> SQLiteDatabase {
        try SQLiteDatabase(path: path.path, onCommit: { _ in }, onFailure: { _ in })
    }

    private func size(_ file: URL) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? -1
    }

    private func names(_ database: SQLiteDatabase) async throws -> [String] {
        try await database.read { tx in
            try tx.rows("SELECT name FROM accounts ORDER BY id").map {
                var row = $0.reader()
                return try row.text()
            }
        }
    }

    /// What a kill leaves: the files as they are, without anybody closing them.
    private func copy(_ path: URL, to other: URL) throws {
        try FileManager.default.copyItem(at: path, to: other)
        try FileManager.default.copyItem(atPath: path.path + "-wal", toPath: other.path + "-wal")
    }

    @Test(.timeLimit(.minutes(5)))
    func `what is committed before, while and after the log gets its room is there after a kill`() async throws {
        try await inFolder { folder in
            let (path, killed) = (folder.appending(path: "t.sqlite"), folder.appending(path: "killed.sqlite"))
            let log = URL(filePath: path.path + "-wal")
            let database = try open(path)
            try await database.migrate()
            _ = try await database.write { try $0.createAccount(name: "0", locale: "en", at: morning) }
            database.makeRoomForLog()
            var written = 1
            // At least so many, and until the room is there.
            while written < 200 || size(log) < SQLiteDatabase.bytesOfLog {
                let name = "\(written)"
                _ = try await database.write { try $0.createAccount(name: name, locale: "en", at: morning) }
                written += 1
            }
            _ = try await database.write { try $0.createAccount(name: "last", locale: "en", at: morning) }
            #expect(size(log) == SQLiteDatabase.bytesOfLog, "a commit writes into the room")
            try copy(path, to: killed)
            let after = try open(killed)
            #expect(try await names(after) == (0..<written).map(String.init) + ["last"])
            _ = try await after.write { try $0.createAccount(name: "goes on", locale: "en", at: morning) }
            #expect(try await names(after).last == "goes on")
            try await after.close()
            try await database.close()
            #expect(size(log) == -1, "who closes the database takes the log with him, room or not")
        }
    }

    @Test func `zeros alone are an empty log`() async throws {
        try await inFolder { folder in
            let path = folder.appending(path: "t.sqlite")
            let database = try open(path)
            try await database.migrate()
            _ = try await database.write { try $0.createAccount(name: "kept", locale: "en", at: morning) }
            try await database.close()
            try Data(count: 300_000).write(to: URL(filePath: path.path + "-wal"))
            let again = try open(path)
            #expect(try await names(again) == ["kept"])
            _ = try await again.write { try $0.createAccount(name: "new", locale: "en", at: morning) }
            #expect(try await names(again) == ["kept", "new"])
            try await again.close()
        }
    }

    @Test func `it ends at the log's length, and where the disk is too full for it`() async throws {
        try await inFolder { folder in
            let file = folder.appending(path: "log")
            #expect(!LogRoom(path: file.path, length: 5_000_000).append(), "there is no log yet")
            try Data([1, 2, 3]).write(to: file)
            let room = LogRoom(path: file.path, length: LogRoom.piece + 10)
            #expect(room.append())
            #expect(size(file) == LogRoom.piece + 3)
            #expect(!room.append())
            #expect(!room.append())
            #expect(try Data(contentsOf: file) == Data([1, 2, 3]) + Data(count: LogRoom.piece + 7))
            #expect(!LogRoom(path: file.path, length: .max).append())
            #expect(size(file) == LogRoom.piece + 10)
        }
    }
}
