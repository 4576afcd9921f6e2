import Conversations
import Desk
import MailFormat
import Store

/// Mail of a running server, without a relay: what lies in the outbox.
extension TestServer {
    /// A visitor with a conversation and an address.
    func customer(
        _ address: String? = "ann@customer.test", proven: Bool = true, words: String = "Do you ship to Norway?", extra: String = ""
    ) async throws -> (visitor: TestVisitor, conversation: Conversation) {
        let visitor = try await visitor()
        _ = try await visitor.call(
            "POST", "conversations", #"{"message":{"content":"\#(words)","echo_id":"first"\#(extra)}}"#)
        if let address {
            try await change(visitor) {
                $0.name = "Ann"
                $0.email = address
                $0.emailState = proven ? .proven : .claimed
            }
        }
        return (visitor, try await conversation(of: visitor))
    }

    func change(_ visitor: TestVisitor, _ body: @escaping @Sendable (inout Contact) -> Void) async throws {
        try await desk.database.write { [desk] tx in
            guard var contact = try tx.contact(ID(visitor.contactID)) else { return }
            body(&contact)
            try tx.updateContact(contact, at: desk.now())
        }
    }

    func contact(of visitor: TestVisitor) async throws -> Contact? {
        try await desk.database.read { try $0.contact(ID(visitor.contactID)) }
    }

    func conversation(of visitor: TestVisitor) async throws -> Conversation {
        let found = try await desk.database.read { [inbox] in
            try $0.conversations(of: ID(visitor.contactID), inbox: inbox.id, limit: 1).first
        }
        guard let found else { throw DeskError.notFound("no conversation") }
        return found
    }

    /// The agent answers, and all that is due leaves.
    @discardableResult
    func say(
        _ words: String, in conversation: Conversation, by agent: Agent, files: [IncomingFile] = []
    ) async throws -> (mail: ParsedMail, raw: String) {
        var draft = OutgoingDraft()
        draft.content = words
        draft.contentAttributes = #"{"delivery":"email_now"}"#
        draft.files = files
        _ = try await SendAgentMessage(desk: desk).run(draft, in: conversation.displayID, by: agent)
        return try await leave()
    }

    /// Runs the timers; gives the newest mail.
    func leave() async throws -> (mail: ParsedMail, raw: String) {
        try await work(.continuity) { try await SendWaitingMail(desk: self.desk).run($0) }
        guard let newest = try await mails().last else { throw DeskError.notFound("no mail left") }
        return newest
    }

    func work(_ queue: QueueName, _ body: @escaping @Sendable ([Job]) async throws -> Void) async throws {
        let worker = QueueWorker(desk: desk, bells: Bells(), queue: queue, lease: .seconds(60), batch: 20, work: body)
        while try await worker.workOnce() > 0 {}
    }

    /// Every mail that was ever put into the outbox, the oldest first.
    func mails() async throws -> [(mail: ParsedMail, raw: String)] {
        let desk = self.desk
        let raws = try await desk.database.read { tx in
            try (1...50).compactMap { try desk.outgoing(ID($0), tx)?.raw }
        }
        return raws.map { (MailReader().read($0), String(decoding: $0, as: UTF8.self)) }
    }

    /// The link of a mail that begins with this path.
    func link(_ path: String, in mail: ParsedMail) -> String? {
        mail.text.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.contains(path) }?
            .replacing("http://localhost:3000", with: "")
    }
}

extension ParsedMail {
    func headerValue(_ name: String) -> String? { header(named: name) }
}
