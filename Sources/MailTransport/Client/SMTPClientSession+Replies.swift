// What each reply of the relay means.
extension SMTPClientSession {
    mutating func handle(_ reply: SMTPReply) {
        if reply.code == 421, phase != .quitting {
            // The server is about to close, whatever was asked (RFC 5321 §3.8).
            return phase == .idle ? close() : fail(.temporary(stage, .reply(reply)))
        }
        switch phase {
        case .greeting: greeted(reply)
        case .ehlo, .helo: helloAnswered(reply)
        case .startTLS: startTLSAnswered(reply)
        case .authentication(let exchange): authenticationAnswered(reply, exchange)
        case .commands: commandAnswered(reply)
        case .emptyData: finish(exchange.failure ?? .temporary(.data, .reply(reply)))
        case .body, .beforeFinalDot:
            // The server gives up in the middle of the mail.
            if reply.isTemporary || reply.isPermanent { fail(SendOutcome(.body, refusal: reply)) } else { nonsense() }
        case .finalDot: finalDotAnswered(reply)
        case .idle, .quitting: close()
        case .handshake, .closed: break
        }
    }

    private mutating func nonsense() { lost("what it answered makes no sense here") }

    private mutating func greeted(_ reply: SMTPReply) {
        if reply.code == 220 {
            sayHello()
        } else if reply.isTemporary {
            fail(.temporary(.greeting, .reply(reply)))
        } else if reply.isPermanent {
            fail(.relayFault(.greeting, .reply(reply)))
        } else {
            nonsense()
        }
    }

    private mutating func helloAnswered(_ reply: SMTPReply) {
        if reply.code == 250 {
            capabilities = phase == .ehlo ? ServerCapabilities(reply) : ServerCapabilities()
            afterHello()
        } else if reply.isTemporary {
            fail(.temporary(.hello, .reply(reply)))
        } else if reply.isPermanent, phase == .ehlo, relay.credentials == nil, isEncrypted || relay.encryption != .required {
            // A server from before 1995 (RFC 5321 §3.2).
            phase = .helo
            send("HELO \(settings.hostname)")
        } else if reply.isPermanent {
            fail(.relayFault(.hello, .reply(reply)))
        } else {
            nonsense()
        }
    }

    private mutating func afterHello() {
        if !isEncrypted, relay.encryption == .required || relay.encryption == .opportunistic {
            if capabilities.startTLS {
                phase = .startTLS
                return send("STARTTLS")
            }
            if relay.encryption == .required { return fail(.relayFault(.startTLS, .words("it offers no encryption (STARTTLS)"))) }
        }
        signIn()
    }

    private mutating func startTLSAnswered(_ reply: SMTPReply) {
        if reply.code == 220 {
            // Anything behind the 220 was put there in the clear by who knows whom (RFC 3207 §6).
            guard !parser.isMidReply else { return lost("something was put between STARTTLS and the handshake") }
            phase = .handshake(first: false)
            pending.append(.startTLS)
        } else if relay.encryption == .opportunistic, reply.isTemporary || reply.isPermanent {
            signIn()
        } else if reply.isTemporary {
            fail(.temporary(.startTLS, .reply(reply)))
        } else if reply.isPermanent {
            fail(.relayFault(.startTLS, .reply(reply)))
        } else {
            nonsense()
        }
    }

    private mutating func signIn() {
        guard let credentials = relay.credentials else { return becomeReady() }
        guard isEncrypted || relay.encryption == .none else {
            return fail(.relayFault(.authentication, .words("it offers no encryption, and a password is not sent in the clear")))
        }
        guard
            let exchange = SASL(
                offered: capabilities.mechanisms, credentials: credentials, wanted: relay.signIn, isEncrypted: isEncrypted)
        else {
            let names = SASL.names(wanted: relay.signIn)
            return fail(.relayFault(.authentication, .words("it offers none of the ways to sign in that are wanted here (\(names))")))
        }
        phase = .authentication(exchange)
        send(exchange.command)
    }

    private mutating func authenticationAnswered(_ reply: SMTPReply, _ exchange: SASL) {
        var exchange = exchange
        if reply.code == 235 {
            becomeReady()
        } else if reply.code == 334 {
            // `*` cancels (RFC 4954 §4); the server then says why. One that asks on and on says nothing.
            guard let response = exchange.nextResponse(to: reply.text) else { return nonsense() }
            phase = .authentication(exchange)
            send(response)
        } else if reply.isTemporary {
            fail(.temporary(.authentication, .reply(reply)))
        } else if reply.isPermanent {
            fail(.relayFault(.authentication, .reply(reply)))
        } else {
            nonsense()
        }
    }

    private mutating func becomeReady() {
        phase = .idle
        pending.append(.ready)
    }

    private mutating func commandAnswered(_ reply: SMTPReply) {
        let stageBefore = exchange.stage
        switch exchange.take(reply) {
        case .goOn:
            sendCommands()
        case .sendBody:
            phase = .body
            pending.append(.sendBody)
        case .endEmptyData:
            phase = .emptyData
            send(".")
        case .failed(let outcome, let reset):
            if case .relayFault = outcome { fail(outcome) } else { finish(outcome, reset: reset) }
        case .nonsense:
            fail(.temporary(stageBefore, .words("what it answered makes no sense here")))
        }
    }

    private mutating func finalDotAnswered(_ reply: SMTPReply) {
        if reply.isPositive {
            finish(.accepted(reply, refused: exchange.refused))
        } else if reply.isTemporary || reply.isPermanent {
            let outcome = SendOutcome(.finalDot, refusal: reply)
            if case .relayFault = outcome { fail(outcome) } else { finish(outcome) }
        } else {
            nonsense()
        }
    }
}
