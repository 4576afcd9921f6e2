import Conversations
import MailTransport
import Store
import Testing

@testable import Desk

/// Random histories of one conversation: agents, a customer, a relay with moods, bounces, answers, kills. Whatever happens, every message is
/// always in exactly one state that may follow the one before, and nothing is mailed a second time but what was uncertain.
@Suite struct DeliveryHistoryTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return value ^ (value >> 31)
        }
    }

    @Test(arguments: (1...24).map(UInt64.init))
    func everyStateMayFollowTheOneBefore(seed: UInt64) async throws {
        try await MailHouse.with { house in
            var random = Random(state: seed)
            var messages: [ID<Message>] = []
            var trail: [String] = []
            for _ in 0..<40 {
                let step = try await self.step(house, &messages, &random)
                trail.append(step)
                try await check(house, messages, trail)
            }
            // All is well again: what waits comes to an end by itself.
            try await ResumeRelay(desk: house.desk).run()
            for _ in 0..<60 {
                house.clock.advance(by: .seconds(3_600))
                try await house.continuity()
                try await house.outbox()
            }
            try await check(house, messages, trail)
            for message in messages {
                let state = try #require(try await house.state(message))
                #expect(![.waiting, .queued, .deferred].contains(state.name), "\(message) \(state) \(trail)")
            }
        }
    }

    private func step(_ house: MailHouse, _ messages: inout [ID<Message>], _ random: inout Random) async throws -> String {
        func pick() -> ID<Message>? { messages.isEmpty ? nil : messages[Int.random(in: 0..<messages.count, using: &random)] }
        switch Int.random(in: 0..<14, using: &random) {
        case 0, 1, 2:
            let choice = ["auto", "auto", "email_now", "chat_only"][Int.random(in: 0..<4, using: &random)]
            messages.append(try await house.say("Message \(messages.count)", choice))
            return "say \(choice)"
        case 3, 4, 5:
            house.clock.advance(by: .seconds([1, 30, 70, 400, 2_000, 20_000][Int.random(in: 0..<6, using: &random)]))
            try await house.continuity()
            return "continuity"
        case 6, 7, 8:
            let orders: [MailHouse.Relay.Order] = [.takes, .takes, .notNow, .never, .silent, .wrongPassword, .down]
            house.relay.order(orders[Int.random(in: 0..<orders.count, using: &random)])
            try await house.outbox()
            return "outbox"
        case 9:
            try await house.markSeen()
            return "seen"
        case 10:
            guard let message = pick() else { return "-" }
            let word = ChangeDelivery.Word.allCases[Int.random(in: 0..<5, using: &random)]
            _ = try? await house.press(word, message, address: "ann\(Int.random(in: 0..<3, using: &random))@customer.test")
            return "\(word)"
        case 11:
            guard let message = pick(), let mail = try await house.mail(message), mail.attempts > 0 else { return "-" }
            let (action, status) = [("failed", "5.1.1"), ("failed", "4.2.2"), ("delayed", "4.4.1")][Int.random(in: 0..<3, using: &random)]
            let report = BounceTests.report.replacing("ACTION", with: action).replacing("STATUS", with: status)
                .replacing("WORDS", with: "no").replacing("ORIGINAL", with: mail.messageID)
                .replacing("<b@mx.test>", with: "<b\(UInt64.random(in: 0 ... .max, using: &random))@mx.test>")
            try await house.receive(report, from: "", to: [try await house.returnAddress(message)])
            return "bounce \(action)"
        case 12:
            guard let message = pick(), let mail = try await house.mail(message), !house.relay.taken.isEmpty else { return "-" }
            let id = UInt64.random(in: 0 ... .max, using: &random)
            try await house.receive(
                "From: \(mail.toAddress)\nMessage-ID: <a\(id)@customer.test>\nIn-Reply-To: <\(mail.messageID)>\nSubject: Re: x\n\nAnswer \(id).\n",
                from: mail.toAddress, to: [try await house.replyAddress()])
            return "answer"
        default:
            // A kill behind the final dot: all that it leaves is the row and the job.
            let jobs = try await house.lease()
            try await house.desk.database.write { tx in
                for job in jobs {
                    guard var mail = try tx.outboxMail(ID(job.subjectID)), mail.doubts < 2,
                        [.queued, .deferred].contains(mail.state)
                    else { continue }
                    mail.state = .dataSent
                    mail.firstAttemptAt = mail.firstAttemptAt ?? house.clock.now
                    try tx.updateOutboxMail(mail)
                }
                try tx.releaseLeases()
            }
            return "kill"
        }
    }

    private func check(_ house: MailHouse, _ messages: [ID<Message>], _ trail: [String]) async throws {
        let events = try await house.desk.database.read { try $0.events(after: 0, limit: 5_000) }
        var last: [Int64: DeliveryState] = [:]
        for event in events {
            guard let json = try? JSON(parsing: Array(event.payload.utf8)), case .integer(let id)? = json["id"],
                let word = json["delivery"]?["state"]?.stringValue, let name = DeliveryState.Name(rawValue: word)
            else { continue }
            // An agent's choice begins anew what failed or came back; all else follows the table.
            let state = DeliveryState(name)
            #expect(state.mayFollow(last[id]), "\(id): \(last[id]?.name.rawValue ?? "undecided") → \(word) \(trail)")
            last[id] = state
        }
        for message in messages {
            let stored = try #require(try await house.stored(message))
            #expect(stored.delivery != nil, "\(message) \(trail)")
            #expect(last[message.value]?.name == stored.delivery?.name, "What is stored was told. \(message) \(trail)")
        }
        // Every mail went once; twice only where the first try had no clear answer.
        var copies: [[UInt8]: Int] = [:]
        for mail in house.relay.taken { copies[mail.bytes, default: 0] += 1 }
        #expect(copies.values.allSatisfy { $0 <= 2 }, "\(trail)")
        let doubts = try await house.desk.database.read { tx in
            try tx.rows("SELECT COUNT(*) FROM outbox WHERE doubts > 0").first.map { row in
                var row = row.reader()
                return try row.integer()
            }
        }
        #expect(copies.values.filter { $0 > 1 }.count <= Int(doubts ?? 0), "\(trail)")
    }
}
