/// MAIL, RCPT… and DATA of one mail: what has been said, what has been answered (RFC 5321 §3.3, RFC 2920).
struct MailExchange: Sendable {
    private struct Step: Sendable {
        enum Kind: Sendable {
            case reset, sender
            case recipient(String)
            case data
        }
        var kind: Kind
        var line: String
    }

    private var steps: [Step] = []
    private var sent = 0
    private var answered = 0
    private var isPipelined = false
    /// The first thing that went wrong; it decides.
    private(set) var failure: SendOutcome?
    private var accepted = 0
    private(set) var refused: [RefusedRecipient] = []

    init() {}

    init(_ mail: SMTPClientSession.Mail, capabilities: ServerCapabilities, reset: Bool) {
        isPipelined = capabilities.pipelining
        if reset { steps.append(Step(kind: .reset, line: "RSET")) }
        var line = "MAIL FROM:<\(mail.envelope.sender ?? "")>"
        if capabilities.offersSize { line += " SIZE=\(mail.bytes)" }
        // Where the server has no 8BITMIME the bytes go all the same: every server in use takes them.
        if mail.isEightBit, capabilities.eightBitMIME { line += " BODY=8BITMIME" }
        if mail.envelope.needsSMTPUTF8 { line += " SMTPUTF8" }
        steps.append(Step(kind: .sender, line: line))
        steps += mail.envelope.recipients.map { Step(kind: .recipient($0), line: "RCPT TO:<\($0)>") }
        steps.append(Step(kind: .data, line: "DATA"))
    }

    /// The command whose answer is awaited.
    var stage: SendStage {
        guard answered < steps.count else { return .data }
        switch steps[answered].kind {
        case .reset, .sender: return .sender
        case .recipient: return .recipient
        case .data: return .data
        }
    }

    /// The commands to send now: all of them, or the next one.
    mutating func takeCommands() -> [String] {
        let end = isPipelined ? steps.count : min(answered + 1, steps.count)
        guard sent < end else { return [] }
        defer { sent = end }
        return steps[sent..<end].map(\.line)
    }

    enum Verdict: Equatable {
        /// Wait for the next answer; `takeCommands()` may have something to say first.
        case goOn
        case sendBody
        /// The server waits for a mail that nobody gets.
        case endEmptyData
        /// `reset`: the server still has a part of the mail.
        case failed(SendOutcome, reset: Bool)
        /// An answer that does not belong here.
        case nonsense
    }

    /// The answer to the oldest command that has none.
    mutating func take(_ reply: SMTPReply) -> Verdict {
        guard answered < sent, answered < steps.count else { return .nonsense }
        let step = steps[answered]
        answered += 1
        switch step.kind {
        case .reset, .sender:
            guard reply.isPositive || reply.isTemporary || reply.isPermanent else { return .nonsense }
            if !reply.isPositive { return fail(SendOutcome(.sender, refusal: reply), reset: false) }
            return .goOn
        case .recipient(let address):
            guard reply.isPositive || reply.isTemporary || reply.isPermanent else { return .nonsense }
            if reply.isPositive { accepted += 1 } else { refused.append(RefusedRecipient(address: address, reply: reply)) }
            let isLast = answered == steps.count - 1
            return isLast && accepted == 0 ? fail(.allRefused(refused), reset: true) : .goOn
        case .data:
            if reply.code == 354 {
                return failure == nil ? .sendBody : .endEmptyData
            }
            guard reply.isTemporary || reply.isPermanent else { return .nonsense }
            return .failed(failure ?? SendOutcome(.data, refusal: reply), reset: true)
        }
    }

    /// Notes the first failure. With pipelining the answers to what was sent already have to come in first.
    private mutating func fail(_ outcome: SendOutcome, reset: Bool) -> Verdict {
        failure = failure ?? outcome
        return answered < sent ? .goOn : .failed(failure ?? outcome, reset: reset)
    }
}

extension SendOutcome {
    /// A refusal at a stage: 4xx is temporary, 5xx is permanent. 530, 534, 535 and 538 are about us, not about the mail (RFC 4954 §6).
    init(_ stage: SendStage, refusal reply: SMTPReply) {
        if reply.isTemporary {
            self = .temporary(stage, .reply(reply))
        } else if [530, 534, 535, 538].contains(reply.code) {
            self = .relayFault(.authentication, .reply(reply))
        } else {
            self = .permanent(stage, .reply(reply))
        }
    }

    /// Nobody was accepted. As long as one refusal is temporary, so is the whole.
    fileprivate static func allRefused(_ refused: [RefusedRecipient]) -> SendOutcome {
        let deciding = refused.first { $0.reply.isTemporary } ?? refused.first
        guard let deciding else { return .permanent(.recipient, .words("there is no recipient")) }
        return SendOutcome(.recipient, refusal: deciding.reply)
    }
}
