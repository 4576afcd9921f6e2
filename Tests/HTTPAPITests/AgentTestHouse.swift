import Continuity
import Conversations
import Desk
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Store
import StoreSQLite
import Synchronization
import Testing

@testable import HTTPAPI

/// A clock that stands until a test moves it.
final class TestClock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_790_000_000_000))

    var now: Instant { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// One account with an agent, an inbox, a contact and a conversation.
struct Tenant: Sendable {
    let account: Account
    let agent: Agent
    let token: String
    let inbox: Inbox
    let contact: Contact
    let conversation: Conversation
    let message: Message
    let mail: ID<InboundMail>
    let canned: Int64
    let notice: Int64
    let team: Int64
    let filter: Int64
    let note: Int64
}

/// The agents' API over a real database in a folder of its own, without a socket.
struct AgentTestHouse: Sendable {
    let desk: Desk
    let clock: TestClock
    /// Every route, with its parameters' names.
    let routes: [(method: HTTPRequest.Method, path: String)]
    private let responder: RouterResponder<DeskRequestContext>

    /// Runs a test in a fresh house, which is gone afterwards.
    static func with(_ body: (AgentTestHouse) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "t.sqlite").path, onCommit: { _ in }, onFailure: { _ in })
        try await database.migrate()
        try await body(AgentTestHouse(database: database))
        try await database.close()
    }

    private init(database: any Database) {
        let clock = TestClock()
        self.clock = clock
        desk = Desk(
            database: database,
            options: DeskOptions(
                publicURL: "http://desk.test", replyDomain: nil, mailFrom: nil, continuity: ContinuitySettings(),
                keepRawFor: .seconds(86400),
                isDemo: false, maxMessageBytes: 26_214_400),
            secrets: Secrets(key: Array(repeating: 7, count: 32)), node: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { clock.now })
        let router = DeskRouter(context: DeskRequestContext.self)
        router.add(middleware: AnswerErrors())
        addAgentRoutes(to: router, desk: desk)
        routes = router.routes.map { ($0.method, $0.path.description.replacing("{", with: ":").replacing("}", with: "")) }
        responder = router.buildResponder()
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]

        var json: JSON { (try? JSON(parsing: body)) ?? .null }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil, headers: [String: String] = [:],
        type: String = "application/json"
    ) async throws -> Answer {
        var fields = HTTPFields()
        if let token { fields[try #require(HTTPField.Name("api_access_token"))] = token }
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        if body != nil { fields[.contentType] = fields[.contentType] ?? type }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "desk.test", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let context = DeskRequestContext(source: .init(channel: NIOAsyncTestingChannel(), logger: desk.logger))
        do {
            let response = try await responder.respond(to: request, context: context)
            let collected = Collector()
            try await response.body.write(collected)
            return Answer(status: response.status.code, headers: response.headers, body: collected.bytes)
        } catch let error as HTTPError {
            // A path that no route has ends before the errors' middleware.
            return Answer(status: error.status.code, headers: [:], body: [])
        }
    }

    private final class Collector: ResponseBodyWriter, Sendable {
        private let kept = Mutex<[UInt8]>([])

        var bytes: [UInt8] { kept.withLock { $0 } }
        func write(_ buffer: ByteBuffer) async throws { kept.withLock { $0 += buffer.readableBytesView } }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// Furnishes an account of its own.
    /// - Parameter more: further conversations, so that accounts have different numbers.
    func tenant(_ name: String, role: Agent.Role = .administrator, more: Int = 0) async throws -> Tenant {
        let account = try await desk.database.write { [clock] in try $0.createAccount(name: name, locale: "en", at: clock.now) }
        let created = try await CreateAgent(desk: desk, passwords: PasswordQueue()).run(
            name: "Sam", email: "sam@\(name).test", password: "correct horse", role: role, account: account.id)
        let inbox = try await CreateInbox(desk: desk).run(
            CreateInbox.Draft(
                kind: .website, name: name, websiteURL: "https://\(name).test", address: "support@\(name).test",
                replyDomain: "reply.\(name).test"),
            account: account.id)
        let contact = try await CreateContact(desk: desk).run(
            {
                var changes = ContactChanges()
                changes.name = "Ann"
                changes.email = "ann@customer-of-\(name).test"
                return changes
            }(), inboxID: inbox.id.value, by: created.agent
        ).contact
        var last: Conversation?
        for _ in 0...more {
            var start = StartConversation.Request()
            (start.contactID, start.inboxID) = (contact.id.value, inbox.id.value)
            last = try await StartConversation(desk: desk).run(start, by: created.agent).conversation
        }
        let conversation = try #require(last)
        var draft = OutgoingDraft()
        draft.content = "Secret of \(name)"
        let message = try await SendAgentMessage(desk: desk).run(draft, in: conversation.displayID, by: created.agent).message
        let mail = try await desk.database.write { [clock] tx in
            try tx.acceptMail(
                StoredMail(
                    accountID: account.id, receivedAt: clock.now, ingress: "smtp", remoteAddress: nil, helo: nil,
                    envelopeFrom: "x@\(name).test", recipients: ["support@\(name).test"], size: 3), raw: Array("raw".utf8))
        }
        let canned = try await CannedResponses(desk: desk).create(shortCode: "hours", content: "Open at 9", by: created.agent)
        let notice = try await desk.database.write { [clock] in
            try $0.addNotice(.assignment, to: created.agent, in: conversation.id, message: nil, at: clock.now)?.id ?? 0
        }
        let team = try await Teams(desk: desk).create(
            {
                var changes = Teams.Changes()
                changes.name = "Billing of \(name)"
                return changes
            }(), by: created.agent
        ).team
        let filter = try await CustomFilters(desk: desk).create(
            name: "View of \(name)", kind: .conversation, query: "{}", by: created.agent)
        let note = try await ContactNotes(desk: desk).create(
            about: contact.id.value, content: "Note of \(name)", by: created.agent
        ).note
        _ = try await Drafts(desk: desk).keep(conversation.displayID, reply: "Draft of \(name)", note: nil, by: created.agent)
        try await NoteAgentViewing(desk: desk).run(conversation.displayID, isOn: true, by: created.agent)
        return Tenant(
            account: account, agent: created.agent, token: created.accessToken, inbox: inbox, contact: contact, conversation: conversation,
            message: message, mail: mail, canned: canned.id, notice: notice, team: team.id, filter: filter.id, note: note.id)
    }
}

extension JSON {
    subscript(index: Int) -> JSON? {
        guard case .array(let values) = self, values.indices.contains(index) else { return nil }
        return values[index]
    }

    var count: Int? {
        guard case .array(let values) = self else { return nil }
        return values.count
    }

    var number: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    var isTrue: Bool { if case .bool(true) = self { true } else { false } }
    var isNull: Bool { if case .null = self { true } else { false } }
}
