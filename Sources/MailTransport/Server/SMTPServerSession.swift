import NIOCore

/// The receiver's side of an SMTP conversation (RFC 5321) as a value without I/O: bytes, answers and events go in, actions come out.
///
/// After each input, call `next()` until it gives nil. While it has asked a question (`.ask`, `.store`, `.wait`, `.startTLS`) it
/// gives nil until the answer has come in; what the peer sends meanwhile waits in the session, so the driver reads no more than
/// `wantsBytes` allows.
///
/// LMTP (RFC 2033) is the same conversation but for its hello and one answer for each recipient after the final dot.
///
/// Offered: PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES, STARTTLS where there is a certificate. Not offered: AUTH
/// (nobody sends *through* this server), CHUNKING, DSN. It never bounces: what it cannot deliver it refuses in the conversation.
public struct SMTPServerSession: Sendable {
    /// What the driver has to do next.
    public enum Action: Sendable, Equatable {
        /// Send this. Several may be collected until `next()` gives something else.
        case reply(SMTPReply)
        /// Wait so long, then call `waited()`.
        case wait(TimeAmount)
        /// Ask the application, then call `answer(_:)`.
        case ask(recipient: String, InboundEnvelope)
        /// Give the mail to the application, then call `stored(_:)`.
        case store(ByteBuffer, InboundEnvelope)
        /// Tell the application that recipients whom it accepted were refused the mail; nothing is answered.
        case note(SMTPReply, InboundEnvelope)
        /// A proxy has said who connects; see whether he may, then call `admitted(_:)`.
        case admit(address: String)
        /// Shake hands, then call `tlsEstablished(_:)`. Everything sent before is on its way in the clear.
        case startTLS
        /// Close, once all replies are out.
        case close
    }

    enum Phase: Sendable, Equatable {
        /// Nothing is said before the proxy's header has come.
        case proxyHeader
        case admitting
        case command
        case data
        /// A question is out; the session waits.
        case asking(recipient: String)
        case waiting(SMTPReply)
        case storing
        case handshake
        case closed
    }

    let settings: SMTPServerSettings
    private(set) var remoteAddress: String
    let offersTLS: Bool

    var phase = Phase.command
    /// What is to be done before anything is read: an action with a reply before it at most.
    var pending: [Action] = []
    var input = ByteBuffer()
    var lines: CommandLineReader
    var tls: String?
    /// What EHLO or HELO said; nil before.
    var helo: String?
    var isExtended = false
    var transaction: InboundEnvelope?
    var declaredBytes = 0
    var reader: MessageReader
    var message = ByteBuffer()
    var errorsInARow = 0
    var idleCommands = 0
    var refusedRecipients = 0
    var isShuttingDown = false
    /// Counts what the peer has done, so that each thing has its own time: bytes of a command do not lengthen it.
    private(set) var step = 0

    /// - Parameters:
    ///   - remoteAddress: the peer's IP address without a port.
    ///   - offersTLS: whether STARTTLS can be answered.
    ///   - isProxy: the peer begins with a header that says for whom it speaks.
    public init(settings: SMTPServerSettings, remoteAddress: String = "local", offersTLS: Bool = false, isProxy: Bool = false) {
        self.settings = settings
        self.remoteAddress = remoteAddress
        self.offersTLS = offersTLS
        lines = CommandLineReader(maxBytes: settings.maxCommandBytes)
        reader = MessageReader(limit: settings.maxMessageBytes)
        if isProxy { phase = .proxyHeader } else { greet() }
    }

    private mutating func greet() {
        phase = .command
        say(SMTPReply(220, "\(settings.hostname) \(settings.language == .lmtp ? "LMTP" : "ESMTP")"))
    }

    /// A session that says why it cannot serve now, and closes.
    public static func refusing(_ reply: SMTPReply, settings: SMTPServerSettings) -> SMTPServerSession {
        var session = SMTPServerSession(settings: settings)
        session.pending = [.reply(reply), .close]
        session.phase = .closed
        return session
    }

    /// False while so much waits unread that the driver should not read on.
    public var wantsBytes: Bool {
        switch phase {
        case .proxyHeader, .command, .data, .handshake: true
        case .admitting, .asking, .waiting, .storing: input.readableBytes < 65_536
        case .closed: false
        }
    }

    /// How long the peer may be silent in the present state; nil while it is not the peer's turn.
    public var timeLimit: TimeAmount? {
        switch phase {
        case .proxyHeader: settings.proxyTimeout
        case .command: settings.commandTimeout
        case .data: settings.dataTimeout
        case .handshake: settings.handshakeTimeout
        case .admitting, .asking, .waiting, .storing, .closed: nil
        }
    }

    var leastDataRate: Int { settings.leastDataRate }

    /// The bytes of the mail that is coming in right now; nil while none is. For the driver's least data rate.
    public var incomingBytes: Int? { phase == .data ? reader.contentBytes : nil }

    // MARK: Inputs

    /// Bytes from the peer.
    public mutating func receive(_ bytes: ByteBuffer) {
        switch phase {
        case .closed, .handshake:
            // Whatever was sent in the clear around STARTTLS is not taken (RFC 3207 §5; command injection).
            return
        default:
            if input.readableBytes == 0 {
                input = bytes
            } else {
                input.writeImmutableBuffer(bytes)
            }
        }
    }

    /// Whether he for whom the proxy of `.admit` speaks may come in: nil, or why not.
    public mutating func admitted(_ refusal: SMTPReply?) {
        guard phase == .admitting else { return }
        step += 1
        if let refusal { end(with: refusal) } else { greet() }
        closeIfShuttingDown()
    }

    /// The handshake is done. All that was said before is forgotten (RFC 3207 §4.2).
    /// - Parameter version: such as `TLSv1.3`.
    public mutating func tlsEstablished(_ version: String) {
        guard phase == .handshake || tls == nil else { return }
        step += 1
        tls = version
        helo = nil
        isExtended = false
        transaction = nil
        input.clear()
        if phase == .handshake { phase = .command }
        closeIfShuttingDown()
    }

    /// The peer was silent for longer than `timeLimit`, or sent a mail more slowly than the least rate.
    public mutating func timedOut() {
        guard timeLimit != nil else { return }
        // In the middle of a handshake nothing can be said, and before its header a proxy expects nothing.
        let canTell = phase != .handshake && phase != .proxyHeader
        end(with: !canTell ? nil : SMTPReply(421, "4.4.2", "\(settings.hostname) waited too long and closes the connection."))
    }

    /// There is no room for the mail that is coming in: the peer is to try again.
    mutating func outOfMemory() {
        guard phase == .data else { return }
        end(with: SMTPReply(421, "4.3.1", "Too much mail is coming in at the moment. Please try again soon."))
    }

    /// The server stops. A mail that has come in whole is still answered; everything else is told to come again.
    public mutating func shutDown() {
        isShuttingDown = true
        closeIfShuttingDown()
    }

    // MARK: Output

    /// The next thing to do; nil when the session waits for an input.
    public mutating func next() -> Action? {
        while true {
            if !pending.isEmpty { return pending.removeFirst() }
            switch phase {
            case .proxyHeader:
                guard readProxyHeader() else { return nil }
            case .command:
                guard let line = lines.next(from: &input) else { return nil }
                handle(line)
                step += 1
            case .data:
                guard input.readableBytes > 0, reader.read(from: &input, into: &message) else { return nil }
                step += 1
                finishMessage()
            case .admitting, .asking, .waiting, .storing, .handshake, .closed:
                return nil
            }
        }
    }

    /// False where not all of it has come.
    private mutating func readProxyHeader() -> Bool {
        guard input.readableBytes > 0 else { return false }
        switch ProxyHeader.read(from: &input) {
        case .incomplete: return false
        case .malformed: end(with: nil)
        case .source(let address):
            remoteAddress = address?.withoutIPv6Mapping ?? remoteAddress
            phase = .admitting
            pending.append(.admit(address: remoteAddress))
        }
        return true
    }

    // MARK: Shared by the commands

    mutating func say(_ reply: SMTPReply) { pending.append(.reply(reply)) }

    /// Says no, and counts it.
    mutating func refuse(_ reply: SMTPReply) {
        say(reply)
        errorsInARow += 1
        if errorsInARow >= settings.maxErrorsInARow {
            end(with: SMTPReply(421, "4.7.0", "Too many errors; \(settings.hostname) closes the connection."))
        }
    }

    /// Says a last word and closes.
    mutating func end(with reply: SMTPReply?) {
        if let reply { say(reply) }
        pending.append(.close)
        phase = .closed
        transaction = nil
        message = ByteBuffer()
        input.clear()
    }

    mutating func closeIfShuttingDown() {
        guard isShuttingDown else { return }
        switch phase {
        case .command, .data: end(with: SMTPReply(421, "4.3.2", "\(settings.hostname) is shutting down. Please try again soon."))
        case .handshake, .proxyHeader: end(with: nil)
        case .admitting, .asking, .waiting, .storing, .closed: break
        }
    }
}

extension SMTPReply {
    static let localError = SMTPReply(451, "4.3.0", "Something went wrong here. Please try again later.")

    static func messageTooLarge(limit: Int) -> SMTPReply {
        SMTPReply(552, "5.3.4", "The mail is too large; up to \(limit) bytes are taken.")
    }
}
