import NIOCore

// What each command does. Order of the checks: may it come now, is it well formed, may it be done.
extension SMTPServerSession {
    mutating func handle(_ line: CommandLineReader.Line) {
        switch line {
        case .tooLong:
            refuse(SMTPReply(500, "5.5.2", "A command may have \(settings.maxCommandBytes) bytes at most."))
        case .malformed:
            refuse(SMTPReply(500, "5.5.2", "A command is one line of UTF-8 that ends with CR LF."))
        case .line(let text):
            guard let command = SMTPCommand(text) else {
                // Nobody begins with an empty line but a proxy (version 2 of its protocol) that nobody named.
                if text.isEmpty, step == 0 { return end(with: .notAProxy) }
                return refuse(SMTPReply(500, "5.5.1", "This command is not known here."))
            }
            run(command)
        }
    }

    private mutating func run(_ command: SMTPCommand) {
        switch command.verb {
        case .ehlo, .helo, .lhlo: hello(command)
        case .mail: mail(command)
        case .rcpt: recipient(command)
        case .data: data(command)
        case .quit:
            end(with: SMTPReply(221, "2.0.0", "\(settings.hostname) closes the connection. Goodbye."))
        case .rset:
            transaction = nil
            idle(SMTPReply(250, "2.0.0", "All forgotten."))
        case .noop: idle(SMTPReply(250, "2.0.0", "Still here."))
        case .vrfy: idle(SMTPReply(252, "2.1.5", "Addresses are not told; send the mail and see (RFC 5321 section 3.5.3)."))
        case .help: idle(SMTPReply(214, "2.0.0", "\(helloWords) MAIL RCPT DATA RSET NOOP QUIT VRFY HELP STARTTLS"))
        case .startTLS: startTLS(command)
        case .expn: refuse(SMTPReply(502, "5.5.1", "Lists are not told here."))
        case .auth: refuse(SMTPReply(502, "5.5.1", "This server only takes mail for its own addresses; nobody signs in."))
        case .bdat:
            // Its bytes follow unasked and could not be told from commands.
            end(with: SMTPReply(503, "5.5.1", "CHUNKING is not offered; use DATA."))
        case .get, .post, .put, .options, .connect:
            end(with: SMTPReply(554, "5.7.0", "This is a mail server."))
        case .proxy: end(with: .notAProxy)
        }
    }

    private var helloWords: String { settings.language == .lmtp ? "LHLO" : "EHLO HELO" }

    private mutating func hello(_ command: SMTPCommand) {
        guard (command.verb == .lhlo) == (settings.language == .lmtp) else {
            return refuse(SMTPReply(500, "5.5.1", "This is \(settings.language == .lmtp ? "LMTP: say LHLO" : "SMTP: say EHLO")."))
        }
        guard !command.argument.isEmpty, command.argument.utf8.count <= 255 else {
            return refuse(SMTPReply(501, "5.5.4", "Say your host name after \(command.verb.rawValue)."))
        }
        helo = String(command.argument)
        isExtended = command.verb != .helo
        transaction = nil
        guard isExtended else { return idle(SMTPReply(250, settings.hostname)) }
        var lines = [settings.hostname, "PIPELINING", "SIZE \(settings.maxMessageBytes)", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        if offersTLS, tls == nil { lines.append("STARTTLS") }
        idle(SMTPReply(250, lines: lines))
    }

    private mutating func mail(_ command: SMTPCommand) {
        guard let helo else { return refuse(SMTPReply(503, "5.5.1", "Say \(helloWords.prefix(4)) first.")) }
        guard transaction == nil else { return refuse(SMTPReply(503, "5.5.1", "A mail has begun already; say RSET to begin another.")) }
        guard let argument = command.argument(after: "FROM:") else {
            return refuse(SMTPReply(501, "5.5.4", "Write MAIL FROM:<address>."))
        }
        let path: MailPath
        do {
            path = try MailPath.parse(argument)
        } catch {
            return refuse(Self.pathDefect(error, status: "5.1.7", verb: "MAIL FROM"))
        }
        var internationalised = false
        declaredBytes = 0
        for (key, value) in SMTPCommand.parameters(path.rest) {
            switch key {
            case "SIZE":
                guard value.utf8.count <= 20, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !value.isEmpty else {
                    return refuse(SMTPReply(501, "5.5.4", "SIZE is a number of bytes."))
                }
                declaredBytes = Int(value) ?? Int.max
            case "BODY":
                guard ["7BIT", "8BITMIME"].contains(value.uppercased()) else {
                    return refuse(SMTPReply(501, "5.5.4", "BODY is 7BIT or 8BITMIME."))
                }
            case "SMTPUTF8":
                guard value.isEmpty else { return refuse(SMTPReply(501, "5.5.4", "SMTPUTF8 stands alone.")) }
                internationalised = true
            default:
                return refuse(SMTPReply(555, "5.5.4", "MAIL does not know one of these parameters."))
            }
        }
        guard isExtended || path.rest.isEmpty else {
            return refuse(SMTPReply(555, "5.5.4", "Say EHLO to use parameters."))
        }
        guard internationalised || path.address.utf8.allSatisfy({ $0 < 0x80 }) else {
            return refuse(SMTPReply(553, "5.6.7", "An address in other letters than ASCII needs SMTPUTF8."))
        }
        guard path.address.isEmpty || path.address.contains("@") else {
            return refuse(SMTPReply(501, "5.1.7", "The sender needs a domain."))
        }
        transaction = InboundEnvelope(
            sender: path.address.isEmpty ? nil : path.address, remoteAddress: remoteAddress, helo: helo, tls: tls,
            smtpUTF8: internationalised, receivedAt: settings.now(), id: settings.makeID())
        say(SMTPReply(250, "2.1.0", "Sender accepted."))
    }

    private mutating func recipient(_ command: SMTPCommand) {
        guard let transaction else { return refuse(SMTPReply(503, "5.5.1", "Say MAIL FROM first.")) }
        guard let argument = command.argument(after: "TO:") else { return refuse(SMTPReply(501, "5.5.4", "Write RCPT TO:<address>.")) }
        let path: MailPath
        do {
            path = try MailPath.parse(argument)
        } catch {
            return refuse(Self.pathDefect(error, status: "5.1.3", verb: "RCPT TO"))
        }
        guard !path.address.isEmpty else { return refuse(SMTPReply(501, "5.1.3", "A recipient cannot be empty.")) }
        guard SMTPCommand.parameters(path.rest).isEmpty else {
            return refuse(SMTPReply(555, "5.5.4", "RCPT does not know these parameters."))
        }
        guard transaction.smtpUTF8 || path.address.utf8.allSatisfy({ $0 < 0x80 }) else {
            return refuse(SMTPReply(553, "5.6.7", "An address in other letters than ASCII needs SMTPUTF8."))
        }
        guard transaction.recipients.count < settings.maxRecipients else {
            return refuse(SMTPReply(452, "4.5.3", "A mail may have \(settings.maxRecipients) recipients; send another for the rest."))
        }
        phase = .asking(recipient: path.address)
        pending.append(.ask(recipient: path.address, transaction))
    }

    private mutating func data(_ command: SMTPCommand) {
        guard let transaction else { return refuse(SMTPReply(503, "5.5.1", "Say MAIL FROM first.")) }
        guard command.argument.isEmpty else { return refuse(SMTPReply(501, "5.5.4", "DATA stands alone.")) }
        guard !transaction.recipients.isEmpty else {
            // RFC 5321 §3.3; RFC 2033 §4.2
            return refuse(SMTPReply(settings.language == .lmtp ? 503 : 554, "5.5.1", "No recipient was accepted."))
        }
        let base = settings.language == .lmtp ? "LMTP" : isExtended ? "ESMTP" : "SMTP"
        let trace = traceHeaders(for: transaction, hostname: settings.hostname, with: base)
        // Room for what was announced, but a word alone does not cost a megabyte.
        message = ByteBufferAllocator().buffer(capacity: trace.utf8.count + min(max(declaredBytes, 4_096), 262_144))
        message.writeString(trace)
        reader = MessageReader(limit: settings.maxMessageBytes)
        phase = .data
        say(SMTPReply(354, "Send the mail; end it with a dot on a line by itself."))
    }

    private mutating func startTLS(_ command: SMTPCommand) {
        guard offersTLS else { return refuse(SMTPReply(502, "5.5.1", "TLS is not offered here.")) }
        guard tls == nil else { return refuse(SMTPReply(503, "5.5.1", "The connection is encrypted already.")) }
        guard command.argument.isEmpty else { return refuse(SMTPReply(501, "5.5.4", "STARTTLS stands alone.")) }
        say(SMTPReply(220, "2.0.0", "Ready for TLS."))
        pending.append(.startTLS)
        phase = .handshake
        transaction = nil
        // What was pipelined behind STARTTLS was sent in the clear by who knows whom: never run it.
        input.clear()
    }

    /// A positive answer to a command that brings no mail nearer.
    private mutating func idle(_ reply: SMTPReply) {
        idleCommands += 1
        guard idleCommands <= settings.maxIdleCommands else {
            return end(with: SMTPReply(421, "4.7.0", "Too many commands without a mail; \(settings.hostname) closes the connection."))
        }
        say(reply)
    }

    private static func pathDefect(_ defect: MailPath.Defect, status: String, verb: String) -> SMTPReply {
        switch defect {
        case .noBrackets: SMTPReply(501, "5.5.4", "Write \(verb):<address>, with the angle brackets.")
        case .notAnAddress: SMTPReply(501, status, "This is not an address.")
        case .tooLong: SMTPReply(501, status, "An address may have \(MailPath.maxBytes) bytes at most.")
        }
    }
}

extension SMTPReply {
    /// To who begins with a proxy's header and is none that was named.
    static let notAProxy = SMTPReply(554, "5.7.0", "Only a proxy that this server knows may speak for others.")
}
