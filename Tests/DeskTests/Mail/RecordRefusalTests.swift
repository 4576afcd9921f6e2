import Conversations
import Foundation
import MailTransport
import NIOCore
import Store
import Testing

@testable import Desk

/// What was refused at the door stands on the mail desk of those whose domain it was for, and of nobody else; never without bound.
@Suite struct RecordRefusalTests {
    private func envelope(_ recipients: [String] = [], from address: String = "203.0.113.9") -> InboundEnvelope {
        InboundEnvelope(
            sender: "ann@customer.test", recipients: recipients, remoteAddress: address, helo: "out.customer.test", receivedAt: Date(),
            id: "ID")
    }

    private func refused(_ house: MailHouse, _ account: ID<Account>? = nil) async throws -> [StoredMail] {
        try await house.desk.database.read {
            try $0.mails(of: account ?? house.agent.accountID, outcomes: [.refused], unsettled: true, limit: 1_000, offset: 0)
        }
    }

    private func ask(_ house: MailHouse, _ recipient: String, from address: String = "203.0.113.9") async throws {
        let answer = try await MailReception(desk: house.desk, ingress: "smtp").answer(
            recipient: recipient, envelope: envelope(from: address))
        #expect(answer == .noSuchMailbox)
    }

    @Test func anUnknownAddressInOurDomainIsSeenWithAllThatIsKnown() async throws {
        try await MailHouse.with { house in
            try await ask(house, "sales@reply.acme.test")
            let mail = try #require(try await refused(house).first)
            #expect(mail.recipients == ["sales@reply.acme.test"] && mail.envelopeFrom == "ann@customer.test")
            #expect(mail.remoteAddress == "203.0.113.9" && mail.helo == "out.customer.test" && mail.ingress == "smtp")
            #expect(mail.reason?.hasPrefix("No inbox receives at this address.") == true)
            #expect(mail.receivedAt == house.clock.now && mail.processedAt == house.clock.now)
            let events = try await house.desk.database.read { try $0.events(after: 0, limit: 500) }
            #expect(events.contains { $0.name == "mail.updated" && $0.payload.contains(#""refused":1"#) && $0.visitorPayload == nil })
        }
    }

    @Test func aGuessedReplyAddressIsShownWithoutTheGuess() async throws {
        try await MailHouse.with { house in
            try await ask(house, "reply+0123456789abcdef0123456789abcdef@reply.acme.test")
            let mail = try #require(try await refused(house).first)
            #expect(mail.reason == "Nobody was ever given this reply address.")
            #expect(!mail.recipients.joined().contains("0123456789abcdef0123456789abcdef"))
        }
    }

    @Test func otherDomainsAreOnlyCounted() async throws {
        try await MailHouse.with { house in
            for recipient in [
                "x@other.test", "x@notacme.test", "x@acme.test.evil.test", "postmaster@other.test", "x@REPLY.acme.test%other.test",
            ] {
                try await ask(house, recipient)
            }
            #expect(try await refused(house).isEmpty)
            #expect(house.desk.refusals.total == 5)
        }
    }

    /// Two accounts in one installation: each sees its own domain's, and what could be both's is nobody's.
    @Test func nobodySeesAnotherAccounts() async throws {
        try await MailHouse.with { house in
            let (desk, now) = (house.desk, house.clock.now)
            let other = try await desk.database.write { try $0.createAccount(name: "Other", locale: "en", at: now) }
            for (account, address) in [
                (house.agent.accountID, "ann@shared.test"), (other.id, "bob@shared.test"), (other.id, "help@other.test"),
            ] {
                _ = try await CreateInbox(desk: desk).run(
                    CreateInbox.Draft(kind: .email, name: address, address: address), account: account)
            }
            try await ask(house, "nobody@shared.test")
            try await ask(house, "nobody@OTHER.test")
            try await ask(house, "nobody@acme.test")
            #expect(try await refused(house).isEmpty)
            #expect(try await refused(house, other.id).map(\.recipients) == [["nobody@OTHER.test"]])
            try await ask(house, "nobody@reply.acme.test")
            #expect(try await refused(house).count == 1)
        }
    }

    @Test func nobodyFillsTheDisk() async throws {
        try await MailHouse.with { house in
            for number in 0..<30 { try await ask(house, "guess\(number)@reply.acme.test") }
            #expect(try await refused(house).count == 20)
            for number in 0..<30 { try await ask(house, "guess@reply.acme.test", from: "198.51.100.\(number)") }
            #expect(try await refused(house).count == 50)
            for number in 0..<500 { try await ask(house, "guess@reply.acme.test", from: "10.0.\(number / 100).\(number % 100)") }
            #expect(try await refused(house).count == 500)
            #expect(house.desk.refusals.total == 560)
            // The next day has room again, and after their time they are forgotten.
            house.clock.advance(by: .seconds(86_401))
            try await ask(house, "guess@reply.acme.test")
            #expect(try await refused(house).count == 501)
            try await Housekeeping(desk: house.desk).runOnce()
            #expect(try await refused(house).count == 1)
        }
    }

    @Test func aMailThatIsTooLargeIsSeenByWhoWaitsForIt() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let address = try await house.replyAddress()
            await MailReception(desk: house.desk, ingress: "lmtp").note(
                refusal: SMTPReply(552, "5.3.4", "The mail is too large; up to 100 bytes are taken."), envelope: envelope([address]))
            let mail = try #require(try await refused(house).first)
            #expect(mail.reason == "The mail is too large; up to 100 bytes are taken." && mail.ingress == "lmtp")
            #expect(!mail.recipients.joined().contains(address))
        }
    }

    /// Of two recipients one is gone when the mail has come: each has its own answer.
    @Test func eachRecipientHasItsAnswer() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let address = try await house.replyAddress()
            let answers = try await MailReception(desk: house.desk, ingress: "lmtp").store(
                ByteBuffer(string: "Subject: Hi\r\n\r\nHi\r\n"), envelope: envelope(["gone@reply.acme.test", address]))
            #expect(answers == [.tryLater, .stored])
        }
    }
}
