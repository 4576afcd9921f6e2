import NIOCore

@testable import MailTransport

/// What a test does to a client session.
enum ClientInput: Sendable {
    /// What the server says; line ends are added.
    case says(String)
    case raw(String)
    case tls
    case begin(SMTPClientSession.Mail)
    case bodySent
    case finalDot
    case abandon
    case quit
    case timeout
    case lost
    case badCertificate
}

/// Runs inputs through a session and writes down what it does: `> line` for what it sends.
func play(_ inputs: [ClientInput], relay: SMTPRelay) -> [String] {
    var session = SMTPClientSession(relay: relay, settings: SMTPClientSettings(hostname: "c.test"))
    var actions: [String] = []
    for input in inputs {
        switch input {
        case .says(let text): session.receive(ByteBuffer(string: text + "\r\n"))
        case .raw(let text): session.receive(ByteBuffer(string: text))
        case .tls: session.tlsEstablished()
        case .begin(let mail): session.begin(mail)
        case .bodySent: session.bodySent()
        case .finalDot: session.sendFinalDot()
        case .abandon: session.abandon("stopped")
        case .quit: session.quit()
        case .timeout: session.timedOut()
        case .lost: session.lost("lost")
        case .badCertificate: session.lost("bad certificate", isRelayFault: true)
        }
        while let action = session.next() {
            switch action {
            case .send(let bytes): actions += String(buffer: bytes).split(separator: "\r\n").map { "> \($0)" }
            case .startTLS: actions.append("tls")
            case .ready: actions.append("ready")
            case .sendBody: actions.append("body")
            case .finished(let outcome): actions.append(outcome.short)
            case .close: actions.append("close")
            }
        }
    }
    return actions
}

extension SendOutcome {
    /// `temporary data 451`, `uncertain`.
    fileprivate var short: String {
        func word(_ cause: SendCause) -> String {
            if case .reply(let reply) = cause { return String(reply.code) }
            return "words"
        }
        switch self {
        case .accepted(let reply, let refused): return (["accepted", String(reply.code)] + refused.map(\.address)).joined(separator: " ")
        case .temporary(let stage, let cause): return "temporary \(stage) \(word(cause))"
        case .permanent(let stage, let cause): return "permanent \(stage) \(word(cause))"
        case .uncertain: return "uncertain"
        case .relayFault(let stage, let cause): return "relayFault \(stage) \(word(cause))"
        }
    }
}

typealias ClientRow = SessionRow<ClientInput>
