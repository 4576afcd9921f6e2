import NIOCore

// What the application says, and what the peer hears of it.
extension SMTPServerSession {
    /// The application's word on the recipient of `.ask`; nil where it failed.
    /// - Parameter refusedBefore: how many recipients the peer's address was refused of late, this one included.
    public mutating func answer(_ answer: RecipientAnswer?, refusedBefore: Int = 0) {
        guard case .asking(let recipient) = phase else { return }
        phase = .command
        switch answer {
        case .accept where declaredBytes > settings.maxMessageBytes:
            // Said here and not at MAIL, where it could be nobody's: who waits for this mail shall see that it came.
            refuse(.messageTooLarge(limit: settings.maxMessageBytes))
            note(.messageTooLarge(limit: settings.maxMessageBytes), to: [recipient])
        case .accept:
            transaction?.recipients.append(recipient)
            errorsInARow = 0
            say(SMTPReply(250, "2.1.5", "Recipient accepted."))
        case .refuse(let reply):
            refusedRecipients = max(refusedRecipients + 1, refusedBefore)
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

    /// What became of the mail of `.store` for each of its recipients, in their order; nil where the application failed.
    public mutating func stored(_ answers: [StoreAnswer]?) {
        guard phase == .storing, let transaction else { return }
        phase = .command
        let stored = SMTPReply(250, "2.0.0", "The mail is stored as \(transaction.id).")
        let replies = transaction.recipients.indices.map { index -> SMTPReply in
            guard let answers, index < answers.count else { return .localError }
            switch answers[index] {
            case .stored: return stored
            case .tryAgain(let reply), .refused(let reply): return reply
            }
        }
        if replies.contains(stored) {
            errorsInARow = 0
            idleCommands = 0
        }
        conclude(with: replies)
    }

    /// The text has come in whole.
    mutating func finishMessage() {
        let tooLarge = reader.isTooLarge
        var complete = ByteBuffer()
        swap(&complete, &message)
        guard let envelope = transaction else { return }
        if tooLarge {
            phase = .command
            let reply = SMTPReply.messageTooLarge(limit: settings.maxMessageBytes)
            note(reply, to: envelope.recipients)
            conclude(with: envelope.recipients.map { _ in reply })
        } else {
            phase = .storing
            pending.append(.store(complete, envelope))
        }
    }

    /// LMTP hears each of the replies (RFC 2033 §4.2). SMTP hears one: 250 as soon as the mail is ours, for then the peer must not
    /// send it again.
    private mutating func conclude(with replies: [SMTPReply]) {
        transaction = nil
        if settings.language == .lmtp {
            for reply in replies { say(reply) }
        } else if let taken = replies.first(where: \.isPositive) {
            say(taken)
        } else if let reply = replies.first {
            refuse(reply)
        }
        closeIfShuttingDown()
    }

    private mutating func note(_ reply: SMTPReply, to recipients: [String]) {
        guard var envelope = transaction else { return }
        envelope.recipients = recipients
        pending.append(.note(reply, envelope))
    }
}
