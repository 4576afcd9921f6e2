import Conversations
import Store
import Testing

@testable import Desk

/// What comes back to the return address of one mail of ours, and what only looks so (behaviour §5.3).
@Suite struct BounceTests {
    static let report = """
        From: MAILER-DAEMON@mx.test
        To: bounce@reply.acme.test
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <b@mx.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b

        Sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.test

        Final-Recipient: rfc822; ann@customer.test
        Action: ACTION
        Status: STATUS
        Diagnostic-Code: smtp; WORDS
        --b
        Content-Type: text/rfc822-headers

        Message-ID: <ORIGINAL>
        Subject: x

        --b--

        """

    private func report(_ action: String, _ status: String, _ words: String, about id: String) -> String {
        Self.report.replacing("ACTION", with: action).replacing("STATUS", with: status).replacing("WORDS", with: words)
            .replacing("ORIGINAL", with: id)
    }

    @Test(arguments: [
        ("failed", "5.1.1", "550 no such user", "bounced", true), ("failed", "5.2.2", "552 mailbox full", "bounced", true),
        ("failed", "4.4.7", "451 tried for days", "bounced", false), ("delayed", "4.4.1", "450 not now", "emailed", false),
        ("delayed", "5.0.0", "it says so itself", "emailed", false),
    ])
    func whatAReportDoes(action: String, status: String, words: String, state: String, unreachable: Bool) async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            try await house.outbox()
            let sent = try #require(try await house.mail(message))
            let mail = try await house.receive(
                report(action, status, words, about: sent.messageID), from: "", to: [try await house.returnAddress(message)])
            #expect(mail.outcome == .recorded && mail.kind == "bounce")
            let found = try #require(try await house.state(message))
            #expect(found.name.rawValue == state)
            if state == "bounced" { #expect(found.reason == words) }
            #expect(try await house.isUnreachable() == unreachable)
        }
    }

    @Test func aBounceOfAnUncertainMailSettlesItAndItIsNotSentAgain() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent)
            try await house.outbox()
            let id = try #require(try await house.mail(message)).messageID
            try await house.receive(report("failed", "5.1.1", "550 no", about: id), from: "", to: [try await house.returnAddress(message)])
            #expect(try await house.state(message)?.name == .bounced)
            #expect(try await house.due(message) == nil)
        }
    }

    @Test func aNoteOfDelayProvesThatAnUncertainMailWasTaken() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent)
            try await house.outbox()
            let id = try #require(try await house.mail(message)).messageID
            try await house.receive(report("delayed", "4.4.1", "450", about: id), from: "", to: [try await house.returnAddress(message)])
            #expect(try await house.state(message)?.name == .emailed)
            #expect(try await house.due(message) == nil)
        }
    }

    // MARK: Forged

    @Test func aTokenThatWasNeverIssuedIsNobodys() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let taken = try await AcceptMail(desk: house.desk).run(
                Array("x".utf8), sender: nil, recipients: ["bounce+\(String(repeating: "0", count: 32))@reply.acme.test"], ingress: "smtp")
            #expect(!taken)
        }
    }

    @Test func aBounceToTheReplyAddressChangesNothing() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            try await house.outbox()
            let id = try #require(try await house.mail(message)).messageID
            let mail = try await house.receive(
                report("failed", "5.1.1", "550", about: id), from: "", to: [try await house.replyAddress()])
            #expect(mail.outcome == .recorded)
            #expect(try await house.state(message)?.name == .emailed)
            #expect(try await house.isUnreachable() == false)
        }
    }

    @Test func theTokenOfOneMailSaysNothingOfAnother() async throws {
        try await MailHouse.with { house in
            let one = try await house.send("One")
            try await house.outbox()
            let two = try await house.send("Two")
            try await house.outbox()
            let id = try #require(try await house.mail(two)).messageID
            let mail = try await house.receive(
                report("failed", "5.1.1", "550", about: id), from: "", to: [try await house.returnAddress(one)])
            #expect(mail.outcome == .recorded && mail.reason?.contains("forged") == true)
            #expect(try await house.state(one)?.name == .emailed)
            #expect(try await house.state(two)?.name == .emailed)
            #expect(try await house.isUnreachable() == false)
        }
    }

    @Test func aPersonWhoWritesToTheReturnAddressIsHeardButIsNoBounce() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            try await house.outbox()
            let mail = try await house.receive(
                "From: ann@customer.test\nTo: x@reply.acme.test\nMessage-ID: <p@customer.test>\nSubject: Hello\n\nIs this the right address?\n",
                from: "ann@customer.test", to: [try await house.returnAddress(message)])
            #expect(mail.outcome == .newConversation, "\(mail.reason ?? "")")
            #expect(try await house.state(message)?.name == .emailed)
        }
    }

    @Test func anotherAccountsTokenChangesNothing() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            try await house.outbox()
            let (sent, address) = (try #require(try await house.mail(message)), try await house.returnAddress(message))
            let now = house.clock.now
            // As if the other account had got it by its own address, with our token in the same envelope.
            let raw = Array(report("failed", "5.1.1", "550", about: sent.messageID).replacing("\n", with: "\r\n").utf8)
            try await house.desk.database.write { tx in
                let other = try tx.createAccount(name: "Other", locale: "en", at: now)
                let id = try house.desk.keep(
                    StoredMail(
                        accountID: other.id, receivedAt: now, ingress: "smtp", remoteAddress: nil, helo: nil, envelopeFrom: "",
                        recipients: [address], size: 1), raw: raw, tx)
                let mail = try #require(try tx.mail(id).flatMap { try house.desk.original(of: $0, tx)?.mail })
                let read = ReadMail.read(raw, envelope: MailEnvelope(sender: "", recipients: [address]))
                var place = PlaceMail(desk: house.desk, tx: tx, mail: mail, read: read)
                try place.run()
                #expect(try tx.mail(id)?.outcome == .recorded)
            }
            #expect(try await house.state(message)?.name == .emailed)
        }
    }

    @Test func whoHasAnsweredStaysReachableWhateverASecondServerSays() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            try await house.outbox()
            let sent = try #require(try await house.mail(message))
            try await house.receive(
                "From: ann@customer.test\nMessage-ID: <y@customer.test>\nIn-Reply-To: <\(sent.messageID)>\nSubject: Re: x\n\nYes, two please.\n",
                from: "ann@customer.test", to: [try await house.replyAddress()])
            #expect(try await house.state(message)?.name == .answered)
            try await house.receive(
                report("failed", "5.1.1", "550", about: sent.messageID), from: "", to: [try await house.returnAddress(message)])
            #expect(try await house.state(message)?.name == .answered)
            #expect(try await house.isUnreachable() == false)
        }
    }

    // MARK: Loops

    @Test func theSixthAutomaticMailInTenMinutesStopsMailUntilAnAgentResumes() async throws {
        try await MailHouse.with { house in
            let first = try await house.send("One")
            try await house.outbox()
            let reply = try await house.replyAddress()
            func away(_ number: Int) async throws {
                house.clock.advance(by: .seconds(30))
                try await house.receive(
                    "From: ann@customer.test\nMessage-ID: <o\(number)@customer.test>\nAuto-Submitted: auto-replied\nSubject: Away \(number)\n\nI am away, \(number).\n",
                    from: "", to: [reply])
            }
            for number in 1...5 { try await away(number) }
            #expect(try await house.stored().loopStopped == false)
            try await away(6)
            #expect(try await house.stored().loopStopped)
            let second = try await house.send("Two")
            try await house.outbox()
            #expect(try await house.state(second) == DeliveryState(.notSent, reason: "loop_stopped"))
            #expect(house.relay.taken.count == 1)
            let events = try await house.desk.database.read { try $0.events(after: 0, limit: 500) }
            #expect(events.contains { $0.name == EventName.conversationUpdated.rawValue && $0.payload.contains("\"loop_stopped\":true") })

            for _ in 0..<2 { _ = try await ResumeMail(desk: house.desk).run(house.conversation.displayID, by: house.agent) }
            // What came before counts no more.
            try await away(7)
            #expect(try await house.stored().loopStopped == false)
            try await house.continuity()
            try await house.outbox()
            #expect(try await house.state(second)?.name == .emailed)
            #expect(try await house.state(first)?.name == .emailed)
        }
    }
}

extension MailHouse {
    /// The envelope sender of the mail that carried a message.
    func returnAddress(_ message: ID<Message>) async throws -> String {
        let mail = try #require(try await self.mail(message))
        return try #require(try await desk.database.read { try desk.outgoing(mail.id, $0) }).envelopeSender
    }

    func isUnreachable() async throws -> Bool {
        try await desk.database.read { try $0.contact(contact.id)?.emailState == .unreachable }
    }

    func stored() async throws -> Conversation {
        try #require(try await desk.database.read { try $0.conversation(conversation.id) })
    }
}
