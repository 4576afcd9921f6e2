import Conversations
import Store
import Testing

@testable import Desk

/// Every domain of ours has a postmaster, with or without its name (RFC 5321 §4.5.1), and what comes there is seen.
@Suite struct PostmasterTests {
    @Test func `it is the inbox of the domain`() async throws {
        try await MailHouse.with { house in
            let desk = house.desk
            let create = CreateInbox(desk: desk)
            let shop = try await create.run(.init(kind: .email, name: "Shop", address: "help@shop.test"), account: house.agent.accountID)
            let own = try await create.run(.init(kind: .email, name: "Own", address: "postmaster@own.test"), account: house.agent.accountID)
            // Another account names a domain that is taken.
            let now = desk.now()
            let eve = try await desk.database.write { try $0.createAccount(name: "Eve", locale: "en", at: now) }
            _ = try await create.run(.init(kind: .email, name: "Eve", address: "eve@shop.test"), account: eve.id)
            let rows: [(String, ID<Inbox>?)] = [
                ("postmaster", house.inbox.id), ("POSTMASTER", house.inbox.id), ("Postmaster@acme.test", house.inbox.id),
                ("postmaster@reply.acme.test", house.inbox.id), ("postmaster@localhost", house.inbox.id), ("postmaster@shop.test", shop.id),
                ("postmaster@OWN.test", own.id), ("postmaster@elsewhere.test", nil), ("postmaster@", nil), ("postmasters@shop.test", nil),
                ("webmaster@shop.test", nil),
            ]
            for (address, expected) in rows {
                let found = try await desk.database.read { try RouteRecipient(desk: desk).inbox(for: address, $0)?.id }
                #expect(found == expected, "\(address)")
            }
        }
    }

    @Test(arguments: ["postmaster", "postmaster@reply.acme.test"])
    func `its mail is a conversation`(address: String) async throws {
        try await MailHouse.with { house in
            let mail = try await house.receive(
                "From: admin@isp.test\nTo: \(address)\nSubject: Your mail\nMessage-ID: <1@isp.test>\n\nWe refuse your mail.\n",
                from: "admin@isp.test", to: [address])
            #expect(mail.outcome == .newConversation)
            let conversation = try await house.desk.database.read { tx in try mail.conversationID.flatMap { try tx.conversation($0) } }
            #expect(conversation?.inboxID == house.inbox.id)
        }
    }
}
