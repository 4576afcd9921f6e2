import Continuity
import Conversations
import Crypto
import Desk
import Foundation
import HTTPAPI
import Logging
import ServiceLifecycle
import Store
import StoreSQLite
import Synchronization

/// The assembled HTTP side over real sockets, with a real store in a folder of its own and a clock that tests set.
final class TestServer: Sendable {
    let desk: Desk
    let port: Int
    let inbox: Inbox
    let clock: HandClock
    var token: String { inbox.websiteToken ?? "" }

    /// Begins an orderly shutdown.
    let stop: @Sendable () async -> Void

    private init(desk: Desk, port: Int, inbox: Inbox, clock: HandClock, stop: @escaping @Sendable () async -> Void) {
        self.stop = stop
        self.desk = desk
        self.port = port
        self.inbox = inbox
        self.clock = clock
    }

    /// Runs a server as long as the body.
    static func run(
        inbox change: (inout CreateInbox.Draft) -> Void = { _ in }, assets: String? = nil,
        _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "throughline-http-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bells = Bells()
        let clock = HandClock()
        let database = try SQLiteDatabase(path: "\(folder)/test.sqlite", onCommit: { bells.ring($0) }, onFailure: { _ in })
        try await database.migrate()
        var logger = Logger(label: "test")
        logger.logLevel = .error
        let options = DeskOptions(
            publicURL: "http://localhost:3000", replyDomain: "reply.example.test", mailFrom: "support@example.test",
            continuity: ContinuitySettings(), keepRawFor: .seconds(86_400), isDemo: true, maxMessageBytes: 26_214_400)
        let desk = Desk(
            database: database, options: options, secrets: Secrets(key: Array(repeating: 7, count: 32)), node: "test", logger: logger,
            now: { clock.now }
        ).writingMail(with: try MailTemplates(directory: webFolder + "/mail"))
        var draft = CreateInbox.Draft(
            kind: .website, name: "Shop", websiteURL: "https://shop.example.test", replyDomain: "reply.example.test")
        change(&draft)
        let inbox = try await CreateInbox(desk: desk).run(draft)
        try await Heartbeat(desk: desk).beat()

        let hub = EventHub(desk: desk, bell: bells.events)
        let (ports, tell) = AsyncStream.makeStream(of: Int.self)
        let http = HTTPServer(
            desk: desk, hub: hub, host: "127.0.0.1", port: 0, assets: assets, logger: logger, replyFromMailbox: { _, _ in },
            onListening: { tell.yield($0) })
        let group = ServiceGroup(configuration: .init(services: [hub, http], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                let server = TestServer(desk: desk, port: port, inbox: inbox, clock: clock, stop: { await group.triggerGracefulShutdown() })
                do {
                    try await body(server)
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try await database.close()
    }

    /// An agent who can be the author of messages.
    func agent() async throws -> Agent {
        try await CreateAgent(desk: desk, passwords: PasswordQueue()).run(
            name: "Sam", email: "sam@example.test", password: nil, role: .administrator, account: inbox.accountID
        ).agent
    }
}

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_800_000_000_000))

    var now: Instant { time.withLock { $0 } }

    func advance(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// The sources of the web files.
let webFolder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/").replacing("//", with: "/") + "/Web"
