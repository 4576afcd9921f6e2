import NIOCore

/// Our side of a conversation with a relay (RFC 5321) as a value without I/O, for one connection and the mails that go over it.
///
/// After each input, call `next()` until it gives nil. First it opens: greeting, EHLO, STARTTLS, AUTH; then `.ready`, or
/// `.finished` with the reason and `.close`. For each mail: `begin(_:)`, `.sendBody`, `bodySent()`, `sendFinalDot()`, `.finished`.
///
/// The line between "certainly not sent" and "perhaps sent" is the final dot: whatever goes wrong before it is temporary or
/// permanent, whatever leaves no clear answer after it is uncertain.
public struct SMTPClientSession: Sendable {
    public enum Action: Sendable, Equatable {
        case send(ByteBuffer)
        /// Shake hands, then call `tlsEstablished()`.
        case startTLS
        /// A mail may begin.
        case ready
        /// Send the mail's stuffed text without the final dot, then call `bodySent()`.
        case sendBody
        /// What became of the mail, or of the opening.
        case finished(SendOutcome)
        case close
    }

    /// What the session must know of a mail beside its text.
    public struct Mail: Sendable, Equatable {
        public var envelope: OutboundEnvelope
        /// The size of the text in bytes, before dot-stuffing.
        public var bytes: Int
        public var isEightBit: Bool

        public init(envelope: OutboundEnvelope, bytes: Int, isEightBit: Bool = false) {
            self.envelope = envelope
            self.bytes = bytes
            self.isEightBit = isEightBit
        }
    }

    enum Phase: Sendable, Equatable {
        case greeting, ehlo, helo, startTLS
        /// `first`: before the greeting (implicit TLS).
        case handshake(first: Bool)
        case authentication(SASL)
        case idle
        /// MAIL, RCPT, DATA are going on.
        case commands
        /// DATA was granted though nobody accepted is there; an empty mail to nobody ends it (RFC 2920 §3.1).
        case emptyData
        case body, beforeFinalDot, finalDot, quitting, closed
    }

    let relay: SMTPRelay
    let settings: SMTPClientSettings
    var phase: Phase
    var pending: [Action] = []
    var parser = SMTPReplyParser()
    var isEncrypted = false
    var capabilities = ServerCapabilities()
    var exchange = MailExchange()
    /// A mail was broken off: RSET goes before the next.
    var needsReset = false
    /// Counts the whole replies that were understood and our own steps: only these begin the server's time anew, so that one who trickles
    /// a reply that never ends gains nothing by it.
    private(set) var progress = 0

    public init(relay: SMTPRelay, settings: SMTPClientSettings) {
        self.relay = relay
        self.settings = settings
        phase = relay.encryption == .implicit ? .handshake(first: true) : .greeting
    }

    public var isReady: Bool { phase == .idle }
    public var isClosed: Bool { phase == .closed }

    /// How long the server may be silent now; nil while it is our turn or nothing is going on.
    public var timeLimit: TimeAmount? {
        let timeouts = settings.timeouts
        switch phase {
        case .greeting: return timeouts.greeting
        case .handshake: return timeouts.handshake
        case .ehlo, .helo, .startTLS, .authentication, .quitting: return timeouts.command
        case .commands:
            switch exchange.stage {
            case .recipient: return timeouts.recipient
            case .data: return timeouts.data
            default: return timeouts.sender
            }
        case .body: return timeouts.block
        case .emptyData, .finalDot: return timeouts.finalDot
        case .idle, .beforeFinalDot, .closed: return nil
        }
    }

    // MARK: Inputs

    /// Bytes from the server.
    public mutating func receive(_ bytes: ByteBuffer) {
        guard phase != .closed else { return }
        parser.receive(bytes)
    }

    /// The handshake is done and the certificate, where it counts, is the relay's.
    public mutating func tlsEstablished() {
        guard case .handshake(let first) = phase else { return }
        isEncrypted = true
        capabilities = ServerCapabilities()
        progress += 1
        if first { phase = .greeting } else { sayHello() }
    }

    /// Begins a mail. Only while `isReady`.
    public mutating func begin(_ mail: Mail) {
        guard phase == .idle else { return }
        if let refusal = refusal(of: mail) {
            pending.append(.finished(refusal))
            return
        }
        exchange = MailExchange(mail, capabilities: capabilities, reset: needsReset)
        needsReset = false
        phase = .commands
        progress += 1
        sendCommands()
    }

    /// All of the text is out.
    public mutating func bodySent() {
        if phase == .body { phase = .beforeFinalDot }
    }

    /// Ends the mail. From here on it may be with the server.
    public mutating func sendFinalDot() {
        guard phase == .beforeFinalDot else { return }
        phase = .finalDot
        progress += 1
        send(".")
    }

    /// The mail must not go out after all: the connection ends before its final dot.
    public mutating func abandon(_ words: String) {
        guard phase == .body || phase == .beforeFinalDot else { return }
        fail(.temporary(.beforeFinalDot, .words(words)))
    }

    /// Takes leave of the server. Only while `isReady`.
    public mutating func quit() {
        guard phase == .idle else { return }
        phase = .quitting
        progress += 1
        send("QUIT")
    }

    /// The server was silent for longer than `timeLimit`.
    public mutating func timedOut() {
        guard timeLimit != nil else { return }
        lost("it did not answer in time", isRelayFault: false)
    }

    /// The connection is gone, or TLS failed.
    /// - Parameter isRelayFault: the certificate is not the relay's: trying again does not help.
    public mutating func lost(_ words: String, isRelayFault: Bool = false) {
        switch phase {
        case .closed: return
        case .idle, .quitting: close()
        case .finalDot: fail(.uncertain(words))
        default: fail(isRelayFault ? .relayFault(stage, .words(words)) : .temporary(stage, .words(words)))
        }
    }

    // MARK: Output

    /// The next thing to do; nil when the session waits for an input.
    public mutating func next() -> Action? {
        while true {
            if !pending.isEmpty { return pending.removeFirst() }
            guard phase != .closed else { return nil }
            if case .handshake = phase { return nil }
            switch parser.next() {
            case .needsMore: return nil
            case .reply(let reply):
                progress += 1
                handle(reply)
            case .garbage: lost("what it answered is not SMTP")
            }
        }
    }

    // MARK: Shared

    /// Where in the conversation we are.
    var stage: SendStage {
        switch phase {
        case .greeting: .greeting
        case .ehlo, .helo: .hello
        case .startTLS: .startTLS
        case .handshake(let first): first ? .connecting : .startTLS
        case .authentication: .authentication
        case .commands, .emptyData: exchange.stage
        case .body: .body
        case .beforeFinalDot: .beforeFinalDot
        case .finalDot: .finalDot
        case .idle, .quitting, .closed: .sender
        }
    }

    mutating func send(_ line: String) {
        var bytes = ByteBuffer(string: line)
        bytes.writeStaticString("\r\n")
        pending.append(.send(bytes))
    }

    mutating func sayHello() {
        phase = .ehlo
        send("EHLO \(settings.hostname)")
    }

    mutating func sendCommands() {
        let lines = exchange.takeCommands()
        if !lines.isEmpty { send(lines.joined(separator: "\r\n")) }
    }

    /// Ends the mail; the connection stays.
    mutating func finish(_ outcome: SendOutcome, reset: Bool = false) {
        needsReset = needsReset || reset
        phase = .idle
        pending.append(.finished(outcome))
    }

    /// Ends the mail, or the opening, and the connection.
    mutating func fail(_ outcome: SendOutcome) {
        pending.append(.finished(outcome))
        close()
    }

    mutating func close() {
        pending.append(.close)
        phase = .closed
    }

    /// Why a mail cannot go to this server at all; nil where it can.
    private func refusal(of mail: Mail) -> SendOutcome? {
        guard mail.envelope.isSafe else { return .permanent(.sender, .words("an address of the envelope cannot be used")) }
        if mail.envelope.needsSMTPUTF8, !capabilities.smtpUTF8 {
            return .permanent(.sender, .words("it does not take addresses in other letters than ASCII (SMTPUTF8)"))
        }
        if let limit = capabilities.maxBytes, mail.bytes > limit {
            return .permanent(.sender, .words("the mail has \(mail.bytes) bytes, and it takes \(limit) at most"))
        }
        return nil
    }
}
