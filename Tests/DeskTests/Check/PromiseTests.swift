import Conversations
import Store
import Testing

@testable import Desk

/// Visitors are promised an email only once mail has really gone out and come back; sending does not wait for that (behaviour §10).
@Suite struct PromiseTests {
    /// The same house where mail leaves the machine.
    private static func desk(_ house: MailHouse) throws -> Desk {
        var options = house.desk.options
        options.check.mailStaysHere = false
        return Desk(
            database: house.desk.database, options: options, secrets: house.desk.secrets, node: "test", logger: house.desk.logger,
            now: house.desk.now, random: house.desk.random
        ).writingMail(with: try #require(house.desk.mailTemplates))
    }

    private static func begin(_ check: ContinuityCheck.State, _ house: MailHouse, _ desk: Desk) async throws {
        let inbox = house.inbox
        try await desk.database.write { tx in
            var begun = try desk.beginCheck(of: inbox, .button, tx)
            begun.state = check
            (begun.acceptedAt, begun.finishedAt) = (desk.now(), desk.now())
            try tx.updateCheck(begun)
        }
    }

    @Test func `the widget asks for an address only after a check has passed`() async throws {
        try await MailHouse.with { house in
            let desk = try Self.desk(house)
            let credentials = VisitorCredentials(websiteToken: try #require(house.inbox.websiteToken), authToken: nil)
            func promises() async throws -> Bool { try await BeginVisitorSession(desk: desk).run(credentials).promisesMail }
            #expect(try await !promises())
            try await Self.begin(.failed, house, desk)
            #expect(try await !promises())
            try await Self.begin(.passed, house, desk)
            #expect(try await promises())
            // One that fails later takes nothing back: the promise is kept once it was good.
            try await Self.begin(.failed, house, desk)
            #expect(try await promises())
        }
    }

    @Test func `an away text promises nothing before that, and mail is sent all the same`() async throws {
        try await MailHouse.with { house in
            let desk = try Self.desk(house)
            let (conversation, contact, inbox) = (house.conversation, house.contact, house.inbox)
            func address() async throws -> String? {
                try await desk.database.read { try desk.promise(to: contact, in: conversation, inbox: inbox, $0).address }
            }
            #expect(try await address() == nil)
            try await house.send()
            try await house.outbox()
            #expect(house.relay.taken.count == 1)
            try await Self.begin(.passed, house, desk)
            #expect(try await address() == "ann@customer.test")
        }
    }

    @Test func `where mail stays on the machine nothing has to be proven`() async throws {
        try await MailHouse.with { house in
            let (desk, inbox) = (house.desk, house.inbox)
            let proof = try await desk.database.read { try desk.mailProof(of: inbox, $0) }
            #expect(proof == .given)
            // Where the inbox has a relay of its own, its mail leaves.
            let own = InboxRelay(
                inboxID: inbox.id, accountID: inbox.accountID, secret: [], shown: "smtp://relay.test", updatedAt: desk.now())
            try await desk.database.write { try $0.keepRelay(own) }
            let missing = try await desk.database.read { try desk.mailProof(of: inbox, $0) }
            #expect(missing == .missing)
        }
    }
}
