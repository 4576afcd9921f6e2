import Conversations
import MailTransport
import Store
import Testing

@testable import Desk

/// A fetched mail and the watermark of its mailbox are one.
@Suite struct FetchTests {
    private static let raw = Array("From: ann@customer.test\r\nSubject: Hi\r\n\r\nHello\r\n".utf8)

    private func connect(_ house: MailHouse, lastUID: UInt32 = 6) async throws -> StoredIMAPMailbox {
        let mailbox = StoredIMAPMailbox(
            inboxID: house.inbox.id, accountID: house.inbox.accountID, host: "imap.test", port: 993, security: "tls", user: "u",
            signIn: .password, secret: [], folder: "INBOX", importExisting: false, revision: 1)
        var opened = mailbox
        (opened.uidValidity, opened.lastUID, opened.connectedAt) = (7, lastUID, house.desk.now())
        let begun = opened
        try await house.desk.database.write { tx in
            try tx.keepIMAPMailbox(mailbox)
            #expect(try tx.beginIMAPFolder(begun))
        }
        return opened
    }

    private func stored(_ house: MailHouse) async throws -> (mails: [StoredMail], lastUID: UInt32?) {
        try await house.desk.database.read { tx in
            (
                try tx.mails(of: house.inbox.accountID, outcomes: [], unsettled: false, limit: 10, offset: 0),
                try tx.imapMailbox(of: house.inbox.id)?.lastUID
            )
        }
    }

    @Test func `each mail is stored once, and the watermark moves with it`() async throws {
        try await MailHouse.with { house in
            let mailbox = try await connect(house)
            let accept = AcceptMail(desk: house.desk)
            try await accept.run(Self.raw, fetched: 7, from: mailbox)
            // The same mail once more, as another worker would bring it.
            await #expect(throws: MailboxMovedOn.self) { try await accept.run(Self.raw, fetched: 7, from: mailbox) }
            await #expect(throws: MailboxMovedOn.self) { try await accept.run(Self.raw, fetched: 3, from: mailbox) }
            let (mails, lastUID) = try await stored(house)
            #expect(mails.map(\.ingress) == ["imap"])
            #expect(lastUID == 7)
            let inbox = try await house.desk.database.read { tx in try mails.first.flatMap { try tx.inboxFetched($0.id) } }
            #expect(inbox?.id == house.inbox.id)
        }
    }

    @Test func `by older settings, or with other numbers, nothing is stored`() async throws {
        try await MailHouse.with { house in
            let mailbox = try await connect(house)
            var (older, renumbered) = (mailbox, mailbox)
            older.revision = 0
            renumbered.uidValidity = 8
            for wrong in [older, renumbered] {
                await #expect(throws: MailboxMovedOn.self) { try await AcceptMail(desk: house.desk).run(Self.raw, fetched: 7, from: wrong) }
                await #expect(throws: MailboxMovedOn.self) {
                    try await AcceptMail(desk: house.desk).recordFailed(7, size: 1, from: wrong, "too large")
                }
            }
            let (mails, lastUID) = try await stored(house)
            #expect(mails.isEmpty)
            #expect(lastUID == 6)
        }
    }

    @Test func `a mail that cannot be had is said to have failed`() async throws {
        try await MailHouse.with { house in
            let mailbox = try await connect(house)
            try await AcceptMail(desk: house.desk).recordFailed(7, size: 104_857_600, from: mailbox, "This mail is too large.")
            let (mails, lastUID) = try await stored(house)
            #expect(mails.map(\.outcome) == [.failed])
            #expect(mails.first?.reason == "This mail is too large.")
            #expect(lastUID == 7)
        }
    }

    @Test func `a fresh token is kept in the place of the one that it was fetched for, whatever else was changed`() async throws {
        try await MailHouse.with { house in
            let mailbox = try await connect(house)
            try await AcceptMail(desk: house.desk).recordFailed(7, size: 1, from: mailbox, "The mailbox does not give it out.")
            let (mails, _) = try await stored(house)
            let mail = try #require(mails.first)
            let before = mailbox.secret
            let secret = try await house.desk.database.write { tx in
                // Somebody wants a mail once more: the worker begins anew.
                #expect(try tx.wantFetched(mail.id))
                #expect(try tx.keepIMAPSecret(of: mailbox.inboxID, [1], inPlaceOf: before))
                #expect(try !tx.keepIMAPSecret(of: mailbox.inboxID, [2], inPlaceOf: before))
                return try tx.imapMailbox(of: mailbox.inboxID)?.secret
            }
            #expect(secret == [1])
        }
    }

    @Test func `a mail that is discarded is not asked for, and one that is asked for is on the desk again`() async throws {
        try await MailHouse.with { house in
            let mailbox = try await connect(house)
            try await AcceptMail(desk: house.desk).recordFailed(7, size: 1, from: mailbox, "The mailbox does not give it out.")
            let (mails, _) = try await stored(house)
            let number = try #require(mails.first).id.value
            let deal = DealWithMail(desk: house.desk)
            func settledAt() async throws -> Instant? { try await stored(house).mails.first?.settledAt }
            _ = try await deal.run(.replay, number, by: house.agent)
            _ = try await deal.run(.discard, number, by: house.agent)
            #expect(try await settledAt() != nil)
            #expect(try await house.desk.database.write { try $0.takeWanted(from: mailbox) }?.uid == nil)
            _ = try await deal.run(.replay, number, by: house.agent)
            #expect(try await settledAt() == nil)
            #expect(try await house.desk.database.write { try $0.takeWanted(from: mailbox) }?.uid == 7)
        }
    }

    @Test func `what must not be lost halfway goes on where its waiter is cancelled`() async throws {
        let wasCancelled = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await uncancelled { Task.isCancelled }
            }
            return try await group.next()
        }
        #expect(wasCancelled == false)
    }

    @Test func `what was tried stands in the place of what was typed`() throws {
        func grant(_ token: String) throws -> OAuthGrant {
            try OAuthGrant(.init(tokenURL: "https://tokens.test/", clientID: "c", clientSecret: nil, refreshToken: token))
        }
        let tried = TriedGrants()
        let (first, second, third) = (try grant("r1"), try grant("r2"), try grant("r3"))
        #expect(tried.latest(of: first) == first)
        tried.remember(second, for: first)
        #expect(tried.latest(of: first) == second)
        // The mailbox's worker has gone on with it.
        tried.follow(second, to: third)
        #expect(tried.latest(of: first) == third)
        #expect(tried.latest(of: second) == second)
        for number in 0..<TriedGrants.most { tried.remember(second, for: try grant("other-\(number)")) }
        #expect(tried.latest(of: first) == first)
    }

    /// Without a reply domain answers come back to the mailbox itself.
    @Test func `where answers come back to`() async throws {
        try await MailHouse.with { house in
            let token = String(repeating: "0a", count: 16)
            var inbox = house.inbox
            inbox.address = "support@acme.test"
            inbox.replyDomain = "reply.acme.test"
            inbox.hasMailbox = true
            #expect(house.desk.returnAddresses(of: inbox)?.reply(token) == "reply+\(token)@reply.acme.test")
            #expect(house.desk.returnAddresses(of: inbox)?.bounce(token) == "bounce+\(token)@reply.acme.test")
            inbox.replyDomain = nil
            var options = house.desk.options
            options.replyDomain = nil
            let desk = Desk(
                database: house.desk.database, options: options, secrets: house.desk.secrets, node: "n", logger: house.desk.logger)
            #expect(desk.returnAddresses(of: inbox)?.reply(token) == "support+\(token)@acme.test")
            #expect(desk.returnAddresses(of: inbox)?.bounce(token) == "support+\(token)@acme.test")
            #expect(desk.returnAddresses(of: inbox)?.domain == "acme.test")
            inbox.hasMailbox = false
            #expect(desk.returnAddresses(of: inbox)?.domain == nil)
        }
    }

    @Test func `pauses grow to five minutes, each a little different`() {
        var pause = FetchPause()
        #expect((0..<11).map { _ in pause.next(chance: 0.5) } == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map { Duration.seconds($0) })
        pause.reset()
        #expect(pause.next(chance: 0) == .milliseconds(800))
        #expect(pause.next(chance: 1) == .milliseconds(2400))
    }
}
