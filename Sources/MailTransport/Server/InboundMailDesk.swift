import NIOCore

/// Who decides about mail that comes in: the application behind the receiver.
///
/// Called from one task for each connection, one question at a time on a connection, many connections at once. A thrown error is
/// answered with 451, so that the peer keeps the mail and tries again.
public protocol InboundMailDesk: Sendable {
    /// May a mail with this envelope go to `recipient`? Asked at RCPT TO.
    func answer(recipient: String, envelope: InboundEnvelope) async throws -> RecipientAnswer

    /// Keeps a mail for good, and says of each recipient of the envelope, in their order, what became of it. `message` is the mail as it came, dot-stuffing undone, with `Return-Path` and `Received` lines put
    /// before it (RFC 5321 §4.4). Only `.stored` makes the receiver say 250: whoever returns it has the mail on disk.
    ///
    /// Runs to its end even if the peer is gone meanwhile: the peer will then send the mail again.
    func store(_ message: ByteBuffer, envelope: InboundEnvelope) async throws -> [StoreAnswer]

    /// The receiver itself said no to a mail for recipients that `answer` accepts (the envelope's): it is too large. For the record.
    func note(refusal: SMTPReply, envelope: InboundEnvelope) async
}

/// What the application says about a recipient.
public enum RecipientAnswer: Sendable, Hashable {
    case accept
    /// For good: a 5xx reply. `.noSuchMailbox` is the one for everybody whom we do not know.
    case refuse(SMTPReply)
    /// Not now: a 4xx reply.
    case tryAgain(SMTPReply)

    /// The same words for a mailbox that never was and a token that nobody was given: nothing is told apart.
    public static let noSuchMailbox = RecipientAnswer.refuse(SMTPReply(550, "5.1.1", "There is no such mailbox here."))
}

/// What the application did with a mail for one recipient.
public enum StoreAnswer: Sendable, Hashable {
    /// It is committed and cannot be lost any more: 250.
    case stored
    /// Not now: a 4xx reply, such as 452 4.3.1 for a full disk.
    case tryAgain(SMTPReply)
    /// Never: a 5xx reply.
    case refused(SMTPReply)

    public static let tryLater = StoreAnswer.tryAgain(SMTPReply(451, "4.3.0", "The mail could not be stored now. Please try again later."))
    public static let diskFull = StoreAnswer.tryAgain(
        SMTPReply(452, "4.3.1", "There is no room to store the mail. Please try again later."))
}
