import Conversations
import Foundation
import Store
import Testing

@testable import Desk

/// Who is named beside the customer gets the mail once, whatever becomes of the customer's own.
@Suite struct CopiesTests {
    @Test func aCopyLeavesWhenTheCustomersMailStaysUncertainForEver() async throws {
        try await MailHouse.with { house in
            let message = try await house.send(copies: "bob@x.test")
            house.relay.order(.silent, .silent)
            for _ in 0..<2 {
                try await house.outbox()
                #expect(house.copies.isEmpty)
                house.clock.set(try await house.due(message) ?? house.clock.now)
            }
            #expect(try await house.state(message)?.name == .uncertain)
            try await house.outbox()
            #expect(house.copies == ["bob@x.test"])
        }
    }

    @Test func tryingAnewSendsNobodyASecondCopy() async throws {
        try await MailHouse.with { house in
            let message = try await house.send(copies: "bob@x.test, cleo@x.test")
            house.relay.order(.takes, .takes, .never)
            for _ in 0..<2 { try await house.outbox() }
            #expect(house.copies.count == 1)
            let sent = try #require(try await house.mail(message))
            let now = house.clock.now
            try await house.desk.database.write { tx in
                var mail = sent
                try tx.settle(&mail, as: .bounced, "the mailbox is full")
                var bounced = try #require(try tx.message(message))
                try house.desk.setDelivery(DeliveryState(.bounced, at: now), of: &bounced, in: house.conversation, tx)
            }
            try await house.press(.tryAgain, message)
            try await house.continuity()
            for _ in 0..<2 { try await house.outbox() }
            // The one whose copy was refused gets it now; the other has it.
            #expect(house.copies.sorted() == ["bob@x.test", "cleo@x.test"])
            #expect(house.relay.taken.filter { $0.to == "ann@customer.test" }.count == 2)
        }
    }

    @Test func theCustomersAnswerHoldsNoCopyBack() async throws {
        try await MailHouse.with { house in
            let message = try await house.send(copies: "bob@x.test")
            house.relay.order(.takes, .notNow)
            for _ in 0..<2 { try await house.outbox() }
            #expect(house.copies.isEmpty)
            try await house.answer(message)
            #expect(try await house.state(message)?.name == .answered)
            house.clock.advance(by: .seconds(600))
            try await house.outbox()
            #expect(house.copies == ["bob@x.test"])
        }
    }

    @Test func anAnswerToAnUncertainMailReleasesItsCopies() async throws {
        try await MailHouse.with { house in
            let message = try await house.send(copies: "bob@x.test")
            house.relay.order(.silent)
            try await house.outbox()
            try await house.answer(message)
            try await house.outbox()
            #expect(house.relay.taken.map(\.to) == ["ann@customer.test", "bob@x.test"])
        }
    }

    @Test func whatTheCustomerSawInChatStillGoesToTheOthers() async throws {
        try await MailHouse.with { house in
            let message = try await house.send(copies: "bob@x.test")
            house.relay.order(.notNow)
            try await house.outbox()
            try await house.markSeen()
            #expect(try await house.state(message)?.name == .deferred)
            house.clock.advance(by: .seconds(600))
            for _ in 0..<2 { try await house.outbox() }
            #expect(house.copies == ["bob@x.test"])
        }
    }

    @Test func aMailWithCopiesLetsNobodyMuteTheCustomer() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.send("For both.", copies: "bob@x.test")
            for _ in 0..<3 { try await house.outbox() }
            let mails = house.relay.taken.map { String(decoding: $0.bytes, as: UTF8.self) }
            let shared = mails.filter { $0.contains("bob@x.test") }
            #expect(shared.count == 2 && mails.count == 3)
            #expect(shared.allSatisfy { !$0.contains("List-Unsubscribe") && !$0.contains("/mute") })
            #expect(mails.filter { $0.contains("List-Unsubscribe") && $0.contains("/mute") }.count == 1)
        }
    }

    @Test func aMessageForTheChatAloneHasNoCopies() async throws {
        try await MailHouse.with { house in
            await #expect(throws: DeskError.self) { try await house.say("Here only.", "chat_only", copies: "bob@x.test") }
        }
    }
}

extension MailHouse {
    /// Where copies went, in order.
    fileprivate var copies: [String] { relay.taken.map(\.to).filter { $0 != "ann@customer.test" } }

    /// The customer answers the mail that carries the message.
    fileprivate func answer(_ message: ID<Message>) async throws {
        let sent = try #require(try await mail(message))
        let raw = try #require(relay.taken.first { $0.to == "ann@customer.test" }.map { String(decoding: $0.bytes, as: UTF8.self) })
        let reply = try #require(raw.firstMatch(of: /reply\+[0-9a-f]{32}@reply\.acme\.test/).map { String($0.output) })
        try await receive(
            """
            From: Ann <ann@customer.test>
            To: \(reply)
            Subject: Re: \(sent.subject)
            Message-ID: <answer@customer.test>
            In-Reply-To: <\(sent.messageID)>

            Thank you.
            """, from: "ann@customer.test", to: [reply])
    }
}
