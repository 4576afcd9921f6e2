import NIOCore
import Testing

@testable import MailTransport

/// What a test does to an IMAP session.
enum IMAPInput: Sendable {
    /// What the server says; line ends are added.
    case says(String)
    case raw(String)
    case tls
    case list(UInt32)
    case listWindow(UInt32, UInt32)
    case fetch(UInt32)
    case watch
    case leave
    case timeout
    case lost
}

/// Runs inputs through a session and writes down what it does: `> line` for what it sends.
func play(_ inputs: [IMAPInput], _ mailbox: IMAPMailbox = .plain, largest: Int = 1_000) -> [String] {
    var session = IMAPClientSession(mailbox: mailbox, settings: IMAPClientSettings(maxMailBytes: largest))
    var actions: [String] = []
    func drain() {
        while let action = session.next() {
            switch action {
            case .send(let bytes):
                actions += String(buffer: bytes).split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().map { "> \($0)" }
            case .startTLS: actions.append("tls")
            case .event(let event): actions.append(event.short)
            case .close: actions.append("close")
            }
        }
    }
    drain()
    for input in inputs {
        switch input {
        case .says(let text): session.receive(ByteBuffer(string: text + "\r\n"))
        case .raw(let text): session.receive(ByteBuffer(string: text))
        case .tls: session.tlsEstablished()
        case .list(let uid): session.list(from: uid)
        case .listWindow(let first, let last): session.list(from: first, through: last)
        case .fetch(let uid): session.fetch(uid)
        case .watch: session.watch()
        case .leave: session.leave()
        case .timeout: session.timedOut()
        case .lost: session.lost(.lost, "gone")
        }
        drain()
    }
    return actions
}

extension IMAPEvent {
    fileprivate var short: String {
        switch self {
        case .opened(let folder): "opened \(folder.uidValidity) \(folder.uidNext) \(folder.mails)"
        case .listed(let mails): "listed " + mails.map { "\($0.uid)=\($0.size)" }.joined(separator: " ")
        case .fetched(let uid, .mail(let bytes)): "mail \(uid) \(String(buffer: bytes))"
        case .fetched(let uid, .gone): "gone \(uid)"
        case .fetched(let uid, .tooLarge(let bytes)): "too large \(uid) \(bytes)"
        case .fetched(let uid, .refused(let words)): "refused \(uid) \(words)"
        case .news: "news"
        case .failed(let failure): "failed \(failure.kind)"
        }
    }
}

extension IMAPMailbox {
    static let plain = IMAPMailbox(host: "127.0.0.1", port: 143, security: .none, user: "ann", credentials: .password("secret"))
    static func with(
        _ security: Security = .none, _ credentials: Credentials = .password("secret"), user: String = "ann", folder: String = "INBOX"
    ) -> IMAPMailbox {
        IMAPMailbox(
            host: security == .none ? "127.0.0.1" : "imap.test", port: 143, security: security, user: user, credentials: credentials,
            folder: folder)
    }
}

struct IMAPRow: Sendable, CustomTestStringConvertible {
    var name: String
    var mailbox: IMAPMailbox
    var inputs: [IMAPInput]
    var expected: [String]

    init(_ name: String, _ mailbox: IMAPMailbox, _ inputs: [IMAPInput], _ expected: [String]) {
        (self.name, self.mailbox, self.inputs, self.expected) = (name, mailbox, inputs, expected)
    }

    init(_ name: String, _ inputs: [IMAPInput], _ expected: [String]) { self.init(name, .plain, inputs, expected) }

    var testDescription: String { name }
}
