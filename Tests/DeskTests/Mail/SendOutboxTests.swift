import Conversations
import Foundation
import Store
import Testing

@testable import Desk

/// What becomes of a mail, try by try, and what the agent sees of it.
@Suite struct SendOutboxTests {
    @Test func aTakenMailIsEmailedOnce() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            #expect(try await house.state(message)?.name == .queued)
            try await house.outbox()
            #expect(try await house.state(message) == DeliveryState(.emailed, at: house.clock.now, to: "ann@customer.test"))
            #expect(try await house.mail(message)?.state == .sent)
            #expect(try await house.outbox() == 0)
            #expect(house.relay.taken.count == 1)
        }
    }

    @Test func whatIsNotTakenIsTriedAfterLongerAndLongerPausesForFiveDays() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            let begin = house.clock.now
            var pauses: [Int64] = []
            var warnedAfter: Duration?
            while try await house.state(message)?.name != .failed {
                let tries = house.relay.tries
                house.relay.order(.notNow)
                try await house.outbox()
                let state = try #require(try await house.state(message))
                if house.relay.tries == tries {
                    // Woken only to say that it is late.
                    house.relay.order(.notNow)
                    let stored = try #require(try await house.stored(message))
                    if warnedAfter == nil, state.warns(asOf: stored.updatedAt) { warnedAfter = house.clock.now.since(begin) }
                } else if let next = state.until {
                    pauses.append(next.since(house.clock.now).wholeMilliseconds / 60_000)
                    #expect(state.name == .deferred && state.at == begin)
                    #expect(state.reason == "The mail server relay.test said: 451 4.3.0 later.")
                }
                guard let due = try await house.due(message) else { break }
                house.clock.set(due)
            }
            #expect(pauses.prefix(6) == [1, 5, 15, 60, 240, 240])
            #expect(warnedAfter == .seconds(4 * 3_600))
            let failed = try #require(try await house.state(message))
            #expect(failed.name == .failed)
            #expect(failed.reason == "The mail server relay.test said: 451 4.3.0 later. It was tried for five days.")
            #expect(house.clock.now.since(begin) == .seconds(5 * 86_400))
            #expect(house.relay.taken.isEmpty)
        }
    }

    @Test func aRefusalForGoodFailsAtOnceWithTheRelaysWords() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.never)
            try await house.outbox()
            let state = try #require(try await house.state(message))
            #expect(state.name == .failed && state.reason == "The mail server relay.test said: 550 5.1.1 no such user.")
            #expect(try await house.due(message) == nil)
        }
    }

    @Test func theBytesOfEveryTryAreTheSame() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent, .silent)
            for _ in 0..<3 {
                try await house.outbox()
                if let due = try await house.due(message) { house.clock.set(due) }
            }
            #expect(house.relay.taken.count == 2)
            #expect(house.relay.taken.first?.bytes == house.relay.taken.last?.bytes)
        }
    }

    // MARK: Uncertain

    @Test func noAnswerBehindTheDotIsUncertainAndSentOnceMoreAfterTheWait() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent)
            try await house.outbox()
            let state = try #require(try await house.state(message))
            #expect(
                state
                    == DeliveryState(
                        .uncertain, until: house.clock.now + .seconds(1_800), at: house.clock.now, to: "ann@customer.test",
                        reason: "the connection was lost"))
            house.clock.advance(by: .seconds(1_799))
            #expect(try await house.outbox() == 0)
            house.clock.advance(by: .seconds(1))
            try await house.outbox()
            let sent = try #require(try await house.state(message))
            #expect(sent.name == .emailed && sent.reason?.contains("second time") == true)
            #expect(house.relay.taken.count == 2)
        }
    }

    @Test func twiceUncertainIsNeverSentAThirdTime() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent, .notNow, .down, .silent)
            for _ in 0..<10 {
                try await house.outbox()
                #expect(try await house.state(message)?.name == .uncertain)
                guard let due = try await house.due(message) else { break }
                house.clock.set(due)
            }
            #expect(try await house.due(message) == nil)
            #expect(house.relay.taken.count == 2 && house.relay.tries == 4)
            #expect(try await house.state(message)?.until == nil)
        }
    }

    @Test func aServerKilledBehindTheDotFindsTheMailUncertain() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            let job = try #require(try await house.lease().first)
            let now = house.clock.now
            // All that a killed worker leaves behind.
            try await house.desk.database.write { tx in
                var mail = try #require(try tx.outboxMail(ID(job.subjectID)))
                (mail.state, mail.attempts, mail.firstAttemptAt) = (.dataSent, 1, now)
                try tx.updateOutboxMail(mail)
                try tx.releaseLeases()
            }
            try await house.outbox()
            #expect(try await house.state(message)?.name == .uncertain)
            #expect(house.relay.tries == 0)
        }
    }

    @Test func whatWasSeenInChatIsNotSentAgain() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.silent)
            try await house.outbox()
            let now = house.clock.now
            try await house.desk.database.write { tx in
                let before = try #require(try tx.conversation(house.conversation.id))
                var conversation = before
                conversation.contactLastSeenAt = now
                try tx.updateConversation(conversation, from: before)
            }
            house.clock.advance(by: .seconds(1_800))
            try await house.outbox()
            #expect(house.relay.taken.count == 1)
            #expect(try await house.state(message) == DeliveryState(.seen, at: now))
            #expect(try await house.due(message) == nil)
        }
    }

    // MARK: Leases

    @Test func aWorkerWhoseLeaseIsOverSaysNoDot() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            let jobs = try await house.lease()
            house.clock.advance(by: SendOutbox.lease)
            let others = try await house.lease()
            try await house.worker.run(jobs)
            #expect(house.relay.taken.isEmpty)
            try await house.worker.run(others)
            #expect(house.relay.taken.count == 1)
            #expect(try await house.state(message)?.name == .emailed)
        }
    }

    @Test func aWorkerThatLostItsLeaseOnTheWayIsStoppedBeforeTheDot() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            let jobs = try await house.lease()
            // The relay is so slow that the lease ends before the dot: the other worker has it meanwhile.
            let slow = SendOutbox(
                desk: house.desk,
                wayOut: .relay(
                    .init(name: "r", host: "r") { mail, envelope, dot in
                        house.clock.advance(by: SendOutbox.lease)
                        do { try await house.outbox() } catch { Issue.record("\(error)") }
                        return await house.relay.send(mail, envelope, dot)
                    }))
            try await slow.run(jobs)
            #expect(house.relay.taken.count == 1)
            #expect(try await house.state(message)?.name == .emailed)
        }
    }

    @Test func anAnswerThatComesBeforeTheRelaysWordStands() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            var order = MailHouse.Relay.Order.silent
            order.meanwhile = {
                let mail = try #require(try await house.mail(message))
                try await house.receive(
                    """
                    From: ann@customer.test
                    To: support@acme.test
                    Message-ID: <a@customer.test>
                    In-Reply-To: <\(mail.messageID)>
                    Subject: Re: x

                    Thanks, got it.

                    """, from: "ann@customer.test", to: [try await house.replyAddress()])
            }
            house.relay.order(order)
            try await house.outbox()
            #expect(try await house.state(message)?.name == .answered)
            #expect(try await house.mail(message)?.state == .sent)
            #expect(try await house.due(message) == nil)
        }
    }

    // MARK: A relay that refuses us

    @Test func aWrongPasswordStopsAllMailAndOneTryAnHourAsksAgain() async throws {
        try await MailHouse.with { house in
            let first = try await house.send("One")
            house.relay.order(.wrongPassword)
            try await house.outbox()
            let stop = try #require(try await house.health().stop)
            #expect(
                stop.reason
                    == "The mail server relay.test does not accept the user name and password: 535 5.7.8 wrong. Check the relay's settings."
            )
            #expect(try await house.state(first)?.name == .deferred)
            #expect(try await house.state(first)?.reason == stop.reason)

            let second = try await house.send("Two")
            house.clock.advance(by: .seconds(1_800))
            try await house.outbox()
            #expect(house.relay.tries == 1, "Nothing else knocks meanwhile.")
            #expect(try await house.state(second)?.until == stop.retryAt)
            #expect(try await house.health().stopped == 2)

            house.relay.order(.wrongPassword)
            house.clock.advance(by: .seconds(1_800))
            try await house.outbox()
            #expect(house.relay.tries == 2, "One careful try.")
            #expect(try await house.health().stop?.since == stop.since)

            house.clock.advance(by: .seconds(3_600))
            while try await house.outbox() > 0 {}
            #expect(try await house.health().stop == nil)
            #expect(house.relay.taken.count == 2)
            #expect(try await house.state(first)?.name == .emailed)
            #expect(try await house.state(second)?.name == .emailed)
        }
    }

    @Test func aRelayThatIsDownAtTheCarefulTryStaysStopped() async throws {
        try await MailHouse.with { house in
            try await house.send()
            house.relay.order(.wrongPassword, .down)
            try await house.outbox()
            house.clock.advance(by: .seconds(3_600))
            try await house.outbox()
            #expect(try await house.health().stop != nil)
        }
    }

    @Test func anAdministratorResumesAndEveryAccountIsTold() async throws {
        try await MailHouse.with { house in
            let message = try await house.send()
            house.relay.order(.wrongPassword)
            try await house.outbox()
            try await ResumeRelay(desk: house.desk).run()
            try await ResumeRelay(desk: house.desk).run()
            try await house.outbox()
            #expect(try await house.state(message)?.name == .emailed)
            let events = try await house.desk.database.read { try $0.events(after: 0, limit: 500) }.filter {
                $0.name == EventName.mailHealth.rawValue
            }
            #expect(events.map { $0.payload.contains("\"stopped\"") } == [true, false])
        }
    }
}

extension MailHouse {
    /// The reply address of the conversation, as its mails name it.
    func replyAddress() async throws -> String {
        let mail = String(decoding: relay.taken.last?.bytes ?? [], as: UTF8.self)
        let token = try #require(mail.firstMatch(of: /reply\+[0-9a-f]{32}@reply\.acme\.test/)).output
        return String(token)
    }
}
