import NIOCore

/// Our side of a conversation with a mailbox's server (RFC 9051, RFC 3501) as a value without I/O.
///
/// After each input, call `next()` until it gives nil. It opens by itself: greeting, TLS, signing in, EXAMINE; then `.event(.opened)`. After
/// that one thing at a time, each with one event as its answer: `list`, `fetch`, `watch`. Whatever goes wrong is `.event(.failed)` and `.close`.
///
/// Nothing in the mailbox is ever changed: it is opened for reading alone (EXAMINE), and mail is fetched with BODY.PEEK.
public struct IMAPClientSession: Sendable {
    public enum Action: Sendable, Equatable {
        case send(ByteBuffer)
        /// Shake hands, then call `tlsEstablished()`.
        case startTLS
        case event(IMAPEvent)
        case close
    }

    enum Phase: Sendable, Equatable {
        case greeting
        /// `first`: before the greeting (implicit TLS).
        case handshake(first: Bool)
        /// Capabilities were asked for; what follows depends on how far we are.
        case capability(signedIn: Bool)
        case startTLS
        case signingIn(IMAPSignIn)
        case examining
        /// The server did not say which UID comes next: the last mail tells.
        case lastMail
        case ready
        case listing(limit: Int)
        case fetching(UInt32)
        /// `isGranted`: the server has said that it watches.
        case idling(isGranted: Bool)
        case endingIdle, checking, leaving, closed
    }

    let mailbox: IMAPMailbox
    let settings: IMAPClientSettings
    var phase: Phase
    var pending: [Action] = []
    var reader: IMAPReplyReader
    var isEncrypted = false
    var capabilities: Set<String> = []
    /// The tag of the command that is going on.
    var tag = ""
    private var commands = 0
    var folder = IMAPFolder.Found()
    var listed: [IMAPListedMail] = []
    var body: IMAPResponse.Fetched.Body?
    /// The server has told of mail since the last listing began.
    var hasNews = false
    var refusesIdle = false
    var steps = 0

    public init(mailbox: IMAPMailbox, settings: IMAPClientSettings) {
        self.mailbox = mailbox
        self.settings = settings
        reader = IMAPReplyReader(maxLiteralBytes: settings.maxMailBytes)
        phase = mailbox.security == .tls ? .handshake(first: true) : .greeting
    }

    public var isReady: Bool { phase == .ready }
    public var isClosed: Bool { phase == .closed }
    /// The server tells of new mail by itself (RFC 2177).
    public var canIdle: Bool { capabilities.contains("IDLE") && !refusesIdle }

    /// Counts what brings us forward: only that begins the server's time anew, so that one who chats on without answering gains nothing by it.
    public var progress: Int { steps &+ reader.blocks }

    /// How long the server may take now; nil while nothing is going on.
    public var timeLimit: TimeAmount? {
        switch phase {
        case .handshake: settings.timeouts.handshake
        case .idling(isGranted: true): settings.timeouts.idle
        case .ready, .closed: nil
        default: settings.timeouts.command
        }
    }

    // MARK: Inputs

    /// Bytes from the server.
    public mutating func receive(_ bytes: ByteBuffer) {
        guard phase != .closed else { return }
        reader.receive(bytes)
    }

    /// The handshake is done and the certificate is the server's.
    public mutating func tlsEstablished() {
        guard case .handshake(let first) = phase else { return }
        isEncrypted = true
        // What was said in the clear counts no more (RFC 9051 §6.2.1).
        capabilities = []
        steps += 1
        if first { phase = .greeting } else { askCapabilities(signedIn: false) }
    }

    /// Asks which mails there are from a UID on, the oldest first, `settings.maxListed` at most: `.listed`. Only while `isReady`.
    /// - Parameter last: the last UID that is asked for; nil for all.
    public mutating func list(from uid: UInt32, through last: UInt32? = nil) {
        guard phase == .ready else { return }
        phase = .listing(limit: settings.maxListed)
        (listed, hasNews) = ([], false)
        command("UID FETCH \(uid):\(last.map { "\($0)" } ?? "*") (UID RFC822.SIZE INTERNALDATE)")
    }

    /// Fetches one mail, unread as it is: `.fetched`. Only while `isReady`.
    /// - Parameter headOnly: its header without its body.
    public mutating func fetch(_ uid: UInt32, headOnly: Bool = false) {
        guard phase == .ready else { return }
        phase = .fetching(uid)
        body = nil
        command("UID FETCH \(uid) (UID BODY.PEEK[\(headOnly ? "HEADER" : "")])")
    }

    /// Waits for news: `.news`, also when the time for one IDLE is over, as a reason to look. A server without IDLE is asked at once, and
    /// nobody waits. Only while `isReady`.
    public mutating func watch() {
        guard phase == .ready else { return }
        if hasNews {
            pending.append(.event(.news))
        } else if canIdle {
            phase = .idling(isGranted: false)
            command("IDLE")
        } else {
            phase = .checking
            command("NOOP")
        }
    }

    /// Takes leave of the server. Only while `isReady`.
    public mutating func leave() {
        guard phase == .ready else { return }
        phase = .leaving
        command("LOGOUT")
    }

    /// `timeLimit` is over.
    public mutating func timedOut() {
        guard timeLimit != nil else { return }
        if phase == .idling(isGranted: true) { return endIdle() }
        fail(.lost, "it did not answer in time")
    }

    /// The connection is gone, or TLS failed.
    public mutating func lost(_ kind: IMAPFailure.Kind, _ words: String) {
        switch phase {
        case .closed: return
        case .leaving: close()
        default: fail(kind, words)
        }
    }

    // MARK: Output

    /// The next thing to do; nil when the session waits for an input.
    public mutating func next() -> Action? {
        while true {
            if !pending.isEmpty { return pending.removeFirst() }
            guard phase != .closed else { return nil }
            if case .handshake = phase { return nil }
            switch reader.next() {
            case .needsMore: return nil
            case .garbage: fail(.notIMAP, "what it answered is not IMAP")
            case .endless(let parts, let bytes): endless(parts, bytes)
            case .reply(let parts):
                guard let response = IMAPResponse(parts) else {
                    fail(.notIMAP, "what it answered is not IMAP")
                    continue
                }
                handle(response)
            }
        }
    }

    // MARK: Shared

    mutating func command(_ words: String) {
        commands += 1
        tag = "T\(commands)"
        steps += 1
        send("\(tag) \(words)")
    }

    mutating func send(_ line: String) {
        var bytes = ByteBuffer(string: line)
        bytes.writeStaticString("\r\n")
        pending.append(.send(bytes))
    }

    mutating func askCapabilities(signedIn: Bool) {
        phase = .capability(signedIn: signedIn)
        command("CAPABILITY")
    }

    mutating func endIdle() {
        phase = .endingIdle
        steps += 1
        send("DONE")
    }

    /// The answer to what was asked; the next thing may be asked.
    mutating func answer(_ event: IMAPEvent) {
        phase = .ready
        pending.append(.event(event))
    }

    mutating func fail(_ kind: IMAPFailure.Kind, _ words: String) {
        pending.append(.event(.failed(IMAPFailure(kind, words))))
        close()
    }

    mutating func close() {
        pending.append(.close)
        phase = .closed
    }
}
