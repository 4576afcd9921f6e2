import Conversations
import Store
import Testing

@testable import Desk

/// The buttons of the delivery line in every state: what each does, that it may be pressed twice, and where it cannot be done.
@Suite struct DeliveryActionTests {
    /// `state`: what it comes to. `!words`: refused with a sentence that has these words.
    static let table: [(from: String, sendNow: String, chatOnly: String, tryAgain: String, changeAddress: String, undo: String)] = [
        ("waiting", "waiting now", "not_sent", "waiting", "waiting bea", "not_sent gone"),
        ("queued", "queued", "not_sent", "queued", "waiting bea", "not_sent gone"),
        ("leaving", "queued", "!at this moment", "queued", "!at this moment", "!at this moment"),
        ("emailed", "emailed", "!has left", "emailed", "!has left", "!has left"),
        ("answered", "answered", "!has left", "answered", "!has left", "!has left"),
        ("deferred", "!Try again", "not_sent", "deferred now", "waiting bea", "not_sent gone"),
        ("stopped", "!Try again", "not_sent", "!No mail leaves", "waiting bea", "not_sent gone"),
        ("uncertain", "uncertain", "!may have left", "uncertain now", "!may have left", "!may have left"),
        ("failed", "!could not be delivered", "not_sent", "waiting now", "waiting bea now", "not_sent gone"),
        ("bounced", "!could not be delivered", "not_sent", "waiting now", "waiting bea now", "not_sent gone"),
        ("seen", "!has seen", "seen", "!has seen", "!has seen", "!has seen"),
        ("chat only", "waiting now", "not_sent", "waiting now", "not_sent", "not_sent gone"),
        ("no address", "!no address", "not_sent", "not_sent", "waiting bea now", "not_sent gone"),
        ("loop", "!too many automatic", "not_sent", "waiting now", "waiting bea now", "not_sent gone"),
    ]

    @Test(arguments: table.map(\.from), ChangeDelivery.Word.allCases)
    func everyButtonInEveryState(from: String, word: ChangeDelivery.Word) async throws {
        let row = try #require(Self.table.first { $0.from == from })
        let expected =
            switch word {
            case .sendNow: row.sendNow
            case .chatOnly: row.chatOnly
            case .tryAgain: row.tryAgain
            case .changeAddress: row.changeAddress
            case .undo: row.undo
            }
        try await MailHouse.with { house in
            let message = try await bring(house, to: from)
            let before = try #require(try await house.stored(message))
            if expected.hasPrefix("!") {
                let error = await #expect(throws: DeskError.self) { try await press(word, message, house) }
                #expect(error?.description.contains(expected.dropFirst()) == true, "\(from) \(word): \(error?.description ?? "")")
                #expect(try await house.stored(message) == before, "A refusal changes nothing.")
                return
            }
            let words = expected.split(separator: " ")
            // Twice: the second changes nothing.
            let first = try await press(word, message, house)
            let second = try await press(word, message, house)
            #expect(first == second)
            #expect(first?.name.rawValue == String(words.first ?? ""), "\(from) \(word)")
            if words.contains("bea") { #expect(first?.to == "bea@customer.test") }
            #expect(try await house.stored(message)?.isDeleted == words.contains("gone"))
            if words.contains("now") { #expect(try await isDueNow(house, message), "\(from) \(word) leaves at once") }
        }
    }

    @Test func oneClickTriesAllThatFailedTogether() async throws {
        try await MailHouse.with { house in
            let one = try await house.say("One")
            let two = try await house.send("Two")
            house.relay.order(.never)
            try await house.outbox()
            #expect(try await house.state(one)?.name == .failed)
            #expect(try await house.state(two)?.name == .failed)
            try await house.press(.tryAgain, one)
            try await house.continuity()
            try await house.outbox()
            #expect(try await house.state(one)?.name == .emailed)
            #expect(try await house.state(two)?.name == .emailed)
            #expect(house.relay.taken.count == 1)
        }
    }

    @Test func anotherContactsAddressIsRefused() async throws {
        try await MailHouse.with { house in
            let message = try await house.say("Hello")
            var changes = ContactChanges()
            (changes.name, changes.email) = ("Cleo", "cleo@customer.test")
            _ = try await CreateContact(desk: house.desk).run(changes, inboxID: nil, by: house.agent)
            for address in ["cleo@customer.test", "", "no address", nil] {
                await #expect(throws: DeskError.self) { try await house.press(.changeAddress, message, address: address) }
            }
        }
    }

    private func press(_ word: ChangeDelivery.Word, _ message: ID<Message>, _ house: MailHouse) async throws -> DeliveryState? {
        try await house.press(word, message, address: word == .changeAddress ? "bea@customer.test" : nil)
    }

    /// Its timer or its mail is due at this moment.
    private func isDueNow(_ house: MailHouse, _ message: ID<Message>) async throws -> Bool {
        let timer = try await house.desk.database.read { try $0.due(.continuity, house.conversation.id.value) }
        let mail = try await house.due(message)
        return [timer, mail].compactMap { $0 }.contains { $0 <= house.clock.now }
    }

    private func bring(_ house: MailHouse, to state: String) async throws -> ID<Message> {
        switch state {
        case "waiting": return try await house.say("Hello")
        case "queued": return try await house.send()
        case "leaving":
            let message = try await house.send()
            try await change(house, message) { $0.state = .attempting }
            return message
        case "deferred", "stopped", "uncertain", "failed":
            let message = try await house.send()
            let orders: [String: MailHouse.Relay.Order] = [
                "deferred": .notNow, "stopped": .wrongPassword, "uncertain": .silent, "failed": .never,
            ]
            house.relay.order(orders[state] ?? .takes)
            try await house.outbox()
            return message
        case "seen":
            let message = try await house.say("Hello")
            try await house.markSeen()
            return message
        case "chat only": return try await house.say("Hello", "chat_only")
        case "no address": return try await withContact(house) { ($0.email, $0.emailState) = (nil, nil) }
        case "loop":
            try await house.desk.database.write { tx in
                var conversation = try #require(try tx.conversation(house.conversation.id))
                try house.desk.stopLoop(of: &conversation, tx)
            }
            return try await house.say("Hello")
        default:
            let message = try await house.send()
            try await house.outbox()
            guard state != "emailed" else { return message }
            if state == "bounced" { _ = try await withContact(house, says: false) { $0.emailState = .unreachable } }
            try await house.desk.database.write { tx in
                var stored = try #require(try tx.message(message))
                stored.delivery?.name = state == "answered" ? .answered : .bounced
                try tx.updateMessage(stored)
            }
            return message
        }
    }

    private func change(_ house: MailHouse, _ message: ID<Message>, _ body: @escaping @Sendable (inout OutboxMail) -> Void) async throws {
        try await house.desk.database.write { tx in
            var mail = try #require(try tx.outboxMail(carrying: message))
            body(&mail)
            try tx.updateOutboxMail(mail)
        }
    }

    private func withContact(
        _ house: MailHouse, says: Bool = true, _ body: @escaping @Sendable (inout Contact) -> Void
    ) async throws -> ID<Message> {
        try await house.desk.database.write { tx in
            var contact = house.contact
            body(&contact)
            try tx.updateContact(contact, at: house.clock.now)
        }
        return says ? try await house.say("Hello") : ID(0)
    }
}
