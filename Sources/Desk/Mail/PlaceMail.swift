import Continuity
import Conversations
import MailFormat
import Store

/// Puts a mail that was read into its conversation: evidence, standing, message, outcome, all in one transaction (behaviour §5).
struct PlaceMail {
    let desk: Desk
    let tx: any Connection
    var mail: StoredMail
    let read: ReadMail

    /// The conversation of the mail to whose return address a person wrote.
    var returnedTo: ID<Conversation>?

    /// What the rules look at in the mail, made once.
    let facts: MailFacts
    /// The ids that the mail says it answers, the nearest ones where it names very many.
    let answeredIDs: [String]
    private var from: String { read.mail.from?.key ?? "" }
    /// An agent has let it out of quarantine: what put it there is not asked again, and nobody vouches for its sender.
    var isReleased: Bool { mail.releasedBy != nil }
    /// What kind it is taken for.
    var kind: MailKind { isReleased && read.mailKind == .loop ? .human : read.mailKind }
    /// Hidden marks in the body: the text's last line, or where the HTML hides it.
    private var markers: [String] { HiddenMarker.find(in: read.mail.text + "\n" + (read.mail.html ?? "")) }

    init(desk: Desk, tx: any Connection, mail: StoredMail, read: ReadMail) {
        self.desk = desk
        self.tx = tx
        self.mail = mail
        self.read = read
        facts = MailFacts(read.mail, envelope: MailEnvelope(sender: mail.envelopeSender, recipients: mail.recipients))
        answeredIDs = (read.mail.inReplyTo + read.mail.references.suffix(50)).prefix(60).flatMap(RelayMessageID.names)
        let parsed = read.mail
        // A mail without an id gets one: the same for the same mail, which its date makes known; without a date nothing tells two apart.
        let mark = parsed.header(named: "Date") == nil ? "\(mail.id)-\(read.contentHash.prefix(16))" : String(read.contentHash.prefix(40))
        self.mail.messageID = parsed.messageID ?? "no-id-\(mark)"
        self.mail.contentHash = read.contentHash
        self.mail.fromAddress = parsed.from?.address
        self.mail.fromName = parsed.from?.name
        self.mail.subject = parsed.subject
        self.mail.kind = read.kind
        func shown(_ addresses: [MailAddress]) -> JSON { .array(addresses.prefix(100).map { .string($0.address.withoutTokens) }) }
        self.mail.recipientsSeen = JSON.object([("to", shown(parsed.to)), ("cc", shown(parsed.cc))]).text
        self.mail.quoted = read.quoted.isEmpty ? nil : read.quoted.withoutTokens
    }

    mutating func run() throws {
        if try takeProbe() { return }
        // A released one too, where another copy became a message meanwhile.
        if let same = try tx.sameMail(as: mail), !isReleased || same.deskMessageID != nil {
            mail.conversationID = same.conversationID
            return try end(.recorded, "The same mail came before (\(same.ingress)): it stays one message.")
        }
        if try recordBounce() { return }
        if read.mailKind == .loop && !isReleased { return try end(.quarantined, read.kindReason) }

        let looked = try MailEvidence.candidates(facts, markers: markers).map { EvidenceLookup($0, try look(up: $0)) }
        let tx = tx
        let from = from
        let choice = chooseConversation(looked, account: mail.accountID) { id in (try? Self.isIn(id, from, tx)) ?? false }
        switch choice {
        case .thread(let id, let evidence):
            guard let conversation = try tx.conversation(id) else { return try begin(linkedTo: nil, evidence, .noEvidence) }
            mail.evidence = evidence.kind.rawValue
            mail.evidenceDetail = evidence.sentence
            if evidence.kind == .replyToken, let agent = try tx.replyToken(hash: Secrets.hash(evidence.value))?.agentID {
                return try answerOfAgent(agent, in: conversation)
            }
            try thread(into: conversation)
        case .new(let linked, let evidence, let reason):
            try begin(linkedTo: linked ?? returnedTo, evidence, reason)
        }
    }

    /// What the store knows of a piece of evidence.
    private func look(up candidate: EvidenceCandidate) throws -> EvidenceLookup.Result {
        switch candidate.kind {
        case .replyToken:
            guard let token = try tx.replyToken(hash: Secrets.hash(candidate.value)) else { return .unknown }
            // Of a deleted conversation only the token is left.
            guard token.revokedAt == nil, let conversation = try tx.conversation(token.conversationID) else {
                return .retired(token.conversationID, account: token.accountID)
            }
            return .conversation(conversation.id, account: token.accountID)
        case .ownMessageID, .threadMessageID:
            let ours = candidate.kind == .ownMessageID
            guard
                let known = try RelayMessageID.names(of: candidate.value).flatMap({ try tx.known(mailID: $0, in: mail.accountID) }).first(
                    where: { $0.isOurs == ours }),
                try tx.conversation(known.conversationID) != nil
            else { return .unknown }
            return .conversation(known.conversationID, account: known.accountID)
        case .marker:
            guard let token = try tx.replyToken(markerHash: Secrets.hash(candidate.value)), try tx.conversation(token.conversationID) != nil
            else { return .unknown }
            return .conversation(token.conversationID, account: token.accountID)
        }
    }

    /// Whether a sender is already in a conversation: its contact, or somebody who was let in.
    private static func isIn(_ id: ID<Conversation>, _ from: String, _ tx: any Connection) throws -> Bool {
        guard let conversation = try tx.conversation(id) else { return false }
        if try tx.addresses(of: conversation.contactID).contains(where: { $0.address == from }) { return true }
        return try tx.participant(from, in: id)?.standing == .participant
    }

    mutating func end(_ outcome: MailOutcome, _ reason: String) throws {
        let isTwice = try mail.deskMessageID != nil && tx.isKnownMessageID(mail.messageID ?? "", besides: mail)
        let reason = isTwice ? "\(reason) Another mail came with the same Message-ID and other words." : reason
        try desk.conclude(&mail, outcome, reason, tx)
    }
}

extension Desk {
    /// Writes the one end of a mail, and tells the mail desk where it comes there or leaves it.
    func conclude(_ mail: inout StoredMail, _ outcome: MailOutcome, _ reason: String, _ tx: any Connection) throws {
        let wasOnDesk = mail.processedAt != nil
        mail.outcome = outcome
        mail.reason = reason
        mail.processedAt = now()
        try tx.updateMail(mail)
        if wasOnDesk || MailOutcome.forTheDesk.contains(outcome) { try journal(tx).mail(mail) }
    }
}
