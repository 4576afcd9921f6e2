import NIOCore

/// The receiver's side of an SMTP conversation (RFC 5321) as a value without I/O: bytes, answers and events go in, actions come out.
///
/// After each input, call `next()` until it gives nil. While it has asked a question (`.ask`, `.store`, `.wait`, `.startTLS`) it
/// gives nil until the answer has come in; what the peer sends meanwhile waits in the session, so the driver reads no more than
/// `wantsBytes` allows.
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
        /// Shake hands, then call `tlsEstablished(_:)`. Everything sent before is on its way in the clear.
        case startTLS
        /// Close, once all replies are out.
        case close
    }

    enum Phase: Sendable, Equatable {
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
    let remoteAddress: String
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

    /// - Parameters:
    ///   - remoteAddress: the peer's IP address without a port.
    ///   - offersTLS: whether STARTTLS can be answered.
    public init(settings: SMTPServerSettings, remoteAddress: String = "local", offersTLS: Bool = false) {
        self.settings = settings
        self.remoteAddress = remoteAddress
        self.offersTLS = offersTLS
        lines = CommandLineReader(maxBytes: settings.maxCommandBytes)
        reader = MessageReader(limit: settings.maxMessageBytes)
        pending = [.reply(SMTPReply(220, "\(settings.hostname) ESMTP"))]
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
        case .command, .data, .handshake: true
        case .asking, .waiting, .storing: input.readableBytes < 65_536
        case .closed: false
        }
    }

    /// How long the peer may be silent in the present state; nil while it is not the peer's turn.
    public var timeLimit: TimeAmount? {
        switch phase {
        case .command: settings.commandTimeout
        case .data: settings.dataTimeout
        case .handshake: settings.handshakeTimeout
        case .asking, .waiting, .storing, .closed: nil
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

    /// The application's word on the recipient of `.ask`; nil where it failed.
    public mutating func answer(_ answer: RecipientAnswer?) {
        guard case .asking(let recipient) = phase else { return }
        phase = .command
        switch answer {
        case .accept:
            transaction?.recipients.append(recipient)
            errorsInARow = 0
            pending.append(.reply(SMTPReply(250, "2.1.5", "Recipient accepted.")))
        case .refuse(let reply):
            refusedRecipients += 1
            let delay = settings.refusalDelay(refusedRecipients)
            if delay > .zero {
                phase = .waiting(reply)
                pending.append(.wait(delay))
            } else {
                refuse(reply)
            }
        case .tryAgain(let reply):
            refuse(reply)
        case nil:
            refuse(.localError)
        }
        closeIfShuttingDown()
    }

    /// The time of `.wait` is over.
    public mutating func waited() {
        guard case .waiting(let reply) = phase else { return }
        phase = .command
        refuse(reply)
        closeIfShuttingDown()
    }

    /// What became of the mail of `.store`; nil where the application failed.
    public mutating func stored(_ answer: StoreAnswer?) {
        guard phase == .storing else { return }
        phase = .command
        switch answer {
        case .stored:
            errorsInARow = 0
            idleCommands = 0
            pending.append(.reply(SMTPReply(250, "2.0.0", "The mail is stored as \(transaction?.id ?? "-").")))
        case .tryAgain(let reply), .refused(let reply):
            refuse(reply)
        case nil:
            refuse(.localError)
        }
        transaction = nil
        closeIfShuttingDown()
    }

    /// The handshake is done. All that was said before is forgotten (RFC 3207 §4.2).
    /// - Parameter version: such as `TLSv1.3`.
    public mutating func tlsEstablished(_ version: String) {
        guard phase == .handshake || tls == nil else { return }
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
        // In the middle of a handshake nothing can be said.
        end(with: phase == .handshake ? nil : SMTPReply(421, "4.4.2", "\(settings.hostname) waited too long and closes the connection."))
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
            case .command:
                guard let line = lines.next(from: &input) else { return nil }
                handle(line)
            case .data:
                guard input.readableBytes > 0, reader.read(from: &input, into: &message) else { return nil }
                finishMessage()
            case .asking, .waiting, .storing, .handshake, .closed:
                return nil
            }
        }
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

    private mutating func closeIfShuttingDown() {
        guard isShuttingDown else { return }
        switch phase {
        case .command, .data: end(with: SMTPReply(421, "4.3.2", "\(settings.hostname) is shutting down. Please try again soon."))
        case .handshake: end(with: nil)
        case .asking, .waiting, .storing, .closed: break
        }
    }

    private mutating func finishMessage() {
        let tooLarge = reader.isTooLarge
        var complete = ByteBuffer()
        swap(&complete, &message)
        guard let envelope = transaction else { return }
        if tooLarge {
            phase = .command
            transaction = nil
            refuse(.messageTooLarge(limit: settings.maxMessageBytes))
        } else {
            phase = .storing
            pending.append(.store(complete, envelope))
        }
    }
}

extension SMTPReply {
    static let localError = SMTPReply(451, "4.3.0", "Something went wrong here. Please try again later.")

    static func messageTooLarge(limit: Int) -> SMTPReply {
        SMTPReply(552, "5.3.4", "The mail is too large; up to \(limit) bytes are taken.")
    }
}
