import Continuity
import Conversations
import Foundation
import Logging
import MailTransport
import NIOCore
import Store
import StoreSQLite
import Synchronization
import Testing

@testable import Desk

/// A desk with one website, one customer whose address is proven, and a relay that does what the test says. Time stands until it is moved.
struct MailHouse: Sendable {
    /// What the relay does with the next mails; without an order it takes them.
    final class Relay: Sendable {
        struct Order: Sendable {
            /// What becomes of the mail.
            var outcome: SendOutcome
            /// Whether it comes so far that the final dot leaves.
            var passesDot: Bool
            /// Happens while the final dot is out.
            var meanwhile: @Sendable () async throws -> Void = {}
        }

        private let state = Mutex<(orders: [Order], taken: [(bytes: [UInt8], to: String)], tries: Int)>(([], [], 0))

        var taken: [(bytes: [UInt8], to: String)] { state.withLock { $0.taken } }
        var tries: Int { state.withLock { $0.tries } }
        func order(_ orders: Order...) { state.withLock { $0.orders += orders } }

        func send(_ mail: ByteBuffer, _ envelope: OutboundEnvelope, _ beforeFinalDot: @Sendable () async throws -> Void) async
            -> SendOutcome
        {
            let order = state.withLock { state in
                state.tries += 1
                return state.orders.isEmpty ? Order.takes : state.orders.removeFirst()
            }
            if order.passesDot {
                do { try await beforeFinalDot() } catch { return .temporary(.beforeFinalDot, .words("\(error)")) }
                state.withLock { $0.taken.append((Array(mail.readableBytesView), envelope.recipients.first ?? "")) }
                do { try await order.meanwhile() } catch { Issue.record("\(error)") }
            }
            return order.outcome
        }
    }

    let desk: Desk
    let clock: Clock
    let relay = Relay()
    let agent: Agent
    let inbox: Inbox
    let contact: Contact
    let conversation: Conversation
    private let folder: URL

    final class Clock: Sendable {
        private let time = Mutex(Instant(milliseconds: 1_790_000_000_000))
        var now: Instant { time.withLock { $0 } }
        func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
        func set(_ now: Instant) { time.withLock { $0 = now } }
    }

    static func with(_ body: (MailHouse) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "t.sqlite").path, onCommit: { _ in }, onFailure: { _ in })
        try await database.migrate()
        try await body(MailHouse(database: database, folder: folder))
        try await database.close()
    }

    private init(database: any Database, folder: URL) async throws {
        let clock = Clock()
        let counter = Mutex(UInt64(1))
        (self.clock, self.folder) = (clock, folder)
        let webMail = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Web/mail").standardizedFileURL.path
        desk = try Desk(
            database: database,
            options: DeskOptions(
                publicURL: "http://desk.test", replyDomain: "reply.acme.test", mailFrom: "support@acme.test",
                continuity: ContinuitySettings(), keepRawFor: .seconds(86_400), uncertainWait: .seconds(1_800), isDemo: false,
                maxMessageBytes: 26_214_400),
            secrets: Secrets(key: Array(repeating: 7, count: 32)), node: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { clock.now },
            random: { count in
                // No chance, and never the same twice; jitter 0.
                counter.withLock { next in
                    next += 1
                    if count == 1 { return [0] }
                    return withUnsafeBytes(of: next.bigEndian) { Array(repeating: 0, count: max(0, count - 8)) + $0.suffix(count) }
                }
            }
        ).writingMail(with: MailTemplates(directory: webMail))
        agent = try await database.write { tx in
            let account = try tx.createAccount(name: "Acme", locale: "en", at: clock.now)
            return try tx.createAgent(
                account: account.id, name: "Sam", email: "sam@team.test", role: .administrator, passwordHash: "", tokenNonce: "n",
                accessTokenHash: "a", streamTokenHash: "s", at: clock.now)
        }
        inbox = try await CreateInbox(desk: desk).run(
            CreateInbox.Draft(kind: .website, name: "Acme", websiteURL: "https://acme.test", replyDomain: "reply.acme.test"),
            account: agent.accountID)
        var changes = ContactChanges()
        (changes.name, changes.email) = ("Ann", "ann@customer.test")
        var start = StartConversation.Request()
        start.inboxID = inbox.id.value
        let contactID = try await CreateContact(desk: desk).run(changes, inboxID: inbox.id.value, by: agent).contact.id
        start.contactID = contactID.value
        let now = clock.now
        contact = try await database.write { tx in
            var contact = try #require(try tx.contact(contactID))
            contact.emailState = .proven
            try tx.updateContact(contact, at: now)
            return contact
        }
        conversation = try await StartConversation(desk: desk).run(start, by: agent).conversation
    }

    // MARK: What agents and workers do

    /// An agent's message that leaves at once; its mail is in the outbox afterwards.
    @discardableResult
    func send(_ words: String = "Yes, we do.", copies: String = "") async throws -> ID<Message> {
        let message = try await say(words, "email_now", copies: copies)
        try await continuity()
        return message
    }

    /// The customer has seen all that was said.
    func markSeen() async throws {
        try await desk.database.write { [desk, clock, conversation] tx in
            let before = try #require(try tx.conversation(conversation.id))
            var seen = before
            seen.contactLastSeenAt = clock.now
            try tx.updateConversation(seen, from: before)
            try desk.reconsiderMail(of: seen, tx)
        }
    }

    @discardableResult
    func say(_ words: String, _ delivery: String = "auto", copies: String = "") async throws -> ID<Message> {
        var draft = OutgoingDraft()
        draft.content = words
        draft.contentAttributes = #"{"delivery":"\#(delivery)","cc_emails":"\#(copies)"}"#
        return try await SendAgentMessage(desk: desk).run(draft, in: conversation.displayID, by: agent).message.id
    }

    func continuity() async throws {
        let send = SendWaitingMail(desk: desk)
        let now = clock.now
        let jobs = try await desk.database.write { try $0.lease(.continuity, at: now, until: now + .seconds(60), limit: 20) }
        try await send.run(jobs)
    }

    /// The outbox worker's round, with all that is due now.
    @discardableResult
    func outbox() async throws -> Int {
        let jobs = try await lease()
        try await worker.run(jobs)
        return jobs.count
    }

    var worker: SendOutbox {
        SendOutbox(desk: desk, wayOut: .relay(.init(name: "smtp://relay.test:587", host: "relay.test") { await relay.send($0, $1, $2) }))
    }

    func lease() async throws -> [Job] {
        let now = clock.now
        return try await desk.database.write { try $0.lease(.outbox, at: now, until: now + SendOutbox.lease, limit: 20) }
    }

    @discardableResult
    func press(_ word: ChangeDelivery.Word, _ message: ID<Message>, address: String? = nil) async throws -> DeliveryState? {
        try await ChangeDelivery(desk: desk).run(
            word, address: address, message: message.value, in: conversation.displayID, by: agent
        ).message.delivery
    }

    /// A mail comes in and is placed.
    @discardableResult
    func receive(_ raw: String, from sender: String, to recipients: [String], dmarc: DMARCResult? = nil) async throws -> StoredMail {
        let bytes = Array(raw.replacing("\n", with: "\r\n").utf8)
        _ = try await AcceptMail(desk: desk).run(bytes, sender: sender.isEmpty ? nil : sender, recipients: recipients, ingress: "smtp")
        let envelope = MailEnvelope(sender: sender, recipients: recipients, installation: desk.secrets.installation)
        let read = ReadMail.read(bytes, envelope: envelope)
        let now = clock.now
        return try await desk.database.write { tx in
            let jobs = try tx.lease(.inboundMail, at: now, until: now + .seconds(60), limit: 1)
            let job = try #require(jobs.first)
            _ = try tx.finish(job)
            var mail = try #require(try tx.mail(ID(job.subjectID)).flatMap { try desk.original(of: $0, tx)?.mail })
            mail.dmarc = dmarc?.rawValue
            var place = PlaceMail(desk: desk, tx: tx, mail: mail, read: read)
            try place.run()
            return try #require(try tx.mail(mail.id))
        }
    }

    // MARK: What there is to see

    func state(_ message: ID<Message>) async throws -> DeliveryState? { try await stored(message)?.delivery }

    func stored(_ message: ID<Message>) async throws -> Message? { try await desk.database.read { try $0.message(message) } }

    func mail(_ message: ID<Message>) async throws -> OutboxMail? { try await desk.database.read { try $0.outboxMail(carrying: message) } }

    /// When the mail's job falls due; nil where it has none.
    func due(_ message: ID<Message>) async throws -> Instant? {
        guard let mail = try await mail(message) else { return nil }
        return try await desk.database.read { try $0.due(.outbox, mail.id.value) }
    }

    func health() async throws -> MailHealth { try await desk.database.read { try desk.mailHealth(of: nil, $0) } }
}

extension MailHouse.Relay.Order {
    static let takes = Self(outcome: .accepted(SMTPReply(250, "2.0.0", "taken"), refused: []), passesDot: true)
    static let notNow = Self(outcome: .temporary(.recipient, .reply(SMTPReply(451, "4.3.0", "later."))), passesDot: false)
    static let never = Self(outcome: .permanent(.recipient, .reply(SMTPReply(550, "5.1.1", "no such user"))), passesDot: false)
    static let silent = Self(outcome: .uncertain("the connection was lost"), passesDot: true)
    static let wrongPassword = Self(outcome: .relayFault(.authentication, .reply(SMTPReply(535, "5.7.8", "wrong"))), passesDot: false)
    static let down = Self(outcome: .temporary(.connecting, .words("it did not answer in time")), passesDot: false)
}
