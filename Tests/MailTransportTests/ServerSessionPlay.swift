import Foundation
import NIOCore

@testable import MailTransport

/// What a test does to a server session.
enum ServerInput: Sendable {
    case bytes(String)
    case raw([UInt8])
    case answer(RecipientAnswer?)
    case stored(StoreAnswer?)
    case storedEach([StoreAnswer])
    case admitted(SMTPReply?)
    case waited
    case tls
    case timeout
    case shutDown
}

/// All actions after the greeting, in short: `250 2.1.0`, `ask b@x.test`, `store`, `wait 500`, `tls`, `close`.
typealias ServerRow = SessionRow<ServerInput>

/// Runs inputs through a session and writes down what it does, and which mails it hands over (without the trace lines).
func play(_ inputs: [ServerInput], offersTLS: Bool = true, isProxy: Bool = false, _ change: (inout SMTPServerSettings) -> Void = { _ in })
    -> (
        actions: [String], mails: [String], envelopes: [InboundEnvelope], session: SMTPServerSession
    )
{
    var settings = SMTPServerSettings(hostname: "mail.test")
    settings.refusalDelay = { _ in .zero }
    settings.now = { Date(timeIntervalSince1970: 1_700_000_000) }
    settings.makeID = { "ID" }
    change(&settings)
    var session = SMTPServerSession(settings: settings, remoteAddress: "192.0.2.1", offersTLS: offersTLS, isProxy: isProxy)
    var actions: [String] = []
    var mails: [String] = []
    var envelopes: [InboundEnvelope] = []
    func drain() {
        while let action = session.next() {
            switch action {
            case .reply(let reply): actions.append(([String(reply.code)] + (reply.status.map { [$0] } ?? [])).joined(separator: " "))
            case .wait(let time): actions.append("wait \(time.nanoseconds / 1_000_000)")
            case .ask(let recipient, _): actions.append("ask \(recipient)")
            case .store(let message, let envelope):
                actions.append("store")
                let text = String(buffer: message)
                // The trace ends with the date's line.
                let end = text.range(of: " +0000\r\n")?.upperBound ?? text.startIndex
                mails.append(String(text[end...]))
                envelopes.append(envelope)
            case .startTLS: actions.append("tls")
            case .note(let reply, let envelope): actions.append("note \(reply.code) \(envelope.recipients.joined(separator: ","))")
            case .admit(let address): actions.append("admit \(address)")
            case .close: actions.append("close")
            }
        }
    }
    drain()
    if !isProxy { actions.removeFirst() }
    for input in inputs {
        switch input {
        case .bytes(let text): session.receive(ByteBuffer(string: text))
        case .raw(let bytes): session.receive(ByteBuffer(bytes: bytes))
        case .answer(let answer): session.answer(answer)
        case .stored(let answer): session.stored(answer.map { [$0] })
        case .storedEach(let answers): session.stored(answers)
        case .admitted(let refusal): session.admitted(refusal)
        case .waited: session.waited()
        case .tls: session.tlsEstablished("TLSv1.3")
        case .timeout: session.timedOut()
        case .shutDown: session.shutDown()
        }
        drain()
    }
    return (actions, mails, envelopes, session)
}
