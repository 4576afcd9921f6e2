import Continuity
import Conversations
import Foundation
import MailFormat
import MailTrust
import Store
import Testing

@testable import Desk

/// What the check of a sender comes to: in the rules, for agents, and where it is asked.
@Suite struct SenderCheckTests {
    private static func mail(from: String, _ words: String = "Where is my order?") -> String {
        "From: \(from)\nTo: help@acme.test\nSubject: Order\nMessage-ID: <\(words.count).\(from)>\n\n\(words)\n"
    }

    private static func emailInbox(_ house: MailHouse, forwarders: String = "") async throws -> Inbox {
        var draft = CreateInbox.Draft(kind: .email, name: "Help", address: "help@acme.test")
        draft.settings = .object([("trusted_forwarders", .string(forwarders))])
        return try await CreateInbox(desk: house.desk).run(draft, account: house.agent.accountID)
    }

    @Test(arguments: [
        (DMARCResult.failReject, MailOutcome.quarantined, AddressState?.none), (.failQuarantine, .newConversation, .claimed),
        (.notChecked, .newConversation, .claimed), (.noPolicy, .newConversation, .claimed), (.temporaryError, .newConversation, .claimed),
        (.pass, .newConversation, .proven),
    ])
    func aFirstMail(dmarc: DMARCResult, outcome: MailOutcome, state: AddressState?) async throws {
        try await MailHouse.with { house in
            _ = try await Self.emailInbox(house)
            let mail = try await house.receive(
                Self.mail(from: "bob@shop.test"), from: "bob@shop.test", to: ["help@acme.test"], dmarc: dmarc)
            #expect(mail.outcome == outcome)
            #expect(mail.dmarc == dmarc.rawValue)
            let found = try await house.desk.database.read {
                try $0.contact(owning: "bob@shop.test", in: house.agent.accountID)?.emailState
            }
            #expect(found == state)
        }
    }

    /// With a reply address: a customer's mail that fails is quarantined; an agent's is theirs only if somebody vouches for it.
    @Test(arguments: [
        ("ann@customer.test", DMARCResult.pass, MailOutcome.threaded, Message.Kind?.some(.incoming)),
        ("ann@customer.test", .failReject, .quarantined, nil), ("sam@team.test", .pass, .threaded, .outgoing),
        ("sam@team.test", .notChecked, .held, .incoming), ("sam@team.test", .failReject, .quarantined, nil),
    ])
    func anAnswer(from: String, dmarc: DMARCResult, outcome: MailOutcome, kind: Message.Kind?) async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let sent = MailReader().read(try #require(house.relay.taken.first).bytes)
            let address = try #require(sent.replyTo.first).address
            let raw = Self.mail(from: from, "Thank you, and where is it?")
            let mail = try await house.receive(raw, from: from, to: [address], dmarc: dmarc)
            #expect(mail.outcome == outcome)
            let message = try await house.desk.database.read { tx in try mail.deskMessageID.flatMap { try tx.message($0) } }
            #expect(message?.kind == kind)
            if kind == .outgoing {
                #expect(message?.senderKind == .agent)
                #expect(message?.senderID == house.agent.id.value)
            }
        }
    }

    /// Whoever has a copy cannot make the genuine mail vanish by handing theirs in first; let out later, the copy doubles nothing.
    @Test func aCopyThatWasPutAsideDoesNotStandForTheGenuineMail() async throws {
        try await MailHouse.with { house in
            _ = try await Self.emailInbox(house)
            let raw = Self.mail(from: "bob@shop.test")
            let copy = try await house.receive(raw, from: "bob@shop.test", to: ["help@acme.test"], dmarc: .failReject)
            #expect(copy.outcome == .quarantined)
            let genuine = try await house.receive(raw, from: "bob@shop.test", to: ["help@acme.test"], dmarc: .pass)
            #expect(genuine.outcome == .newConversation)
            let again = try await house.receive(raw, from: "bob@shop.test", to: ["help@acme.test"], dmarc: .pass)
            #expect(again.outcome == .recorded)
        }
    }

    @Test func anAgentsNoteByMailStaysANoteOnTheCustomersAddressToo() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let sent = MailReader().read(try #require(house.relay.taken.first).bytes)
            let address = try #require(sent.replyTo.first).address
            let raw = Self.mail(from: "sam@team.test", "#note Ask the warehouse first.")
            let mail = try await house.receive(raw, from: "sam@team.test", to: [address], dmarc: .pass)
            let message = try await house.desk.database.read { tx in try mail.deskMessageID.flatMap { try tx.message($0) } }
            #expect(message?.isPrivate == true)
            #expect(message?.content?.contains("#note") == false)
        }
    }

    /// Questions about `slow.test` fail once the author's policy was asked for, and not before.
    private struct SlowSender: DNS {
        private let policy = AsyncStream.makeStream(of: Void.self)

        func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
            if name.hasSuffix("slow.test") {
                for await _ in policy.stream {}
                return .failed
            }
            if name == "_dmarc.shop.test" { policy.continuation.finish() }
            return await Table().ask(name, type)
        }
    }

    /// Whose name server is slow on purpose does not keep us from asking what the forged author's domain wants.
    @Test(.timeLimit(.minutes(2))) func aSlowSenderDoesNotHideTheAuthorsPolicy() async throws {
        let raw = "From: bob@shop.test\r\n\r\nHello\r\n"
        let mail = StoredMail(
            accountID: ID(1), receivedAt: Instant(milliseconds: 0), ingress: "smtp", remoteAddress: "192.0.2.2", helo: "slow.test",
            envelopeFrom: "eve@slow.test", recipients: ["help@acme.test"], size: 1)
        let read = ReadMail.read(Array(raw.utf8), envelope: MailEnvelope(sender: mail.envelopeFrom, recipients: mail.recipients))
        let answer = await CheckSender(dns: SlowSender(), receiver: "desk.test", patience: .seconds(300)).run(mail, read, forwarders: [])
        #expect(answer.mail.dmarcResult == .failReject)
    }

    private struct Table: DNS {
        func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
            switch (name, type) {
            case ("shop.test", .txt): .records([.text(Array("v=spf1 ip4:192.0.2.1 -all".utf8))])
            case ("_dmarc.shop.test", .txt): .records([.text(Array("v=DMARC1; p=reject".utf8))])
            default: .nothing
            }
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "", "pass"), ("192.0.2.2", "", "fail_reject"), ("127.0.0.1", "", "not_checked"), ("local", "", "not_checked"),
        ("192.0.2.2", "mx.forwarder.test 192.0.2.0/24", "pass"), ("192.0.2.2", "mx.forwarder.test", "fail_reject"),
    ])
    func isAsked(client: String, forwarders: String, result: String) async throws {
        try await MailHouse.with { house in
            _ = try await Self.emailInbox(house, forwarders: forwarders)
            let raw = "Authentication-Results: mx.forwarder.test; dmarc=pass header.from=shop.test\r\nFrom: bob@shop.test\r\n\r\nHello\r\n"
            let mail = StoredMail(
                accountID: house.agent.accountID, receivedAt: house.clock.now, ingress: "smtp", remoteAddress: client, helo: "x.test",
                envelopeFrom: "bob@shop.test", recipients: ["help+x@acme.test"], size: 1)
            let read = ReadMail.read(Array(raw.utf8), envelope: MailEnvelope(sender: mail.envelopeFrom, recipients: mail.recipients))
            let desk = house.desk
            let trusted = try await desk.database.read { try TrustedForwarders.of(mail, desk, $0) }
            let checked = await CheckSender(dns: Table(), receiver: "desk.test", patience: .seconds(300)).run(
                mail, read, forwarders: trusted
            ).mail
            #expect(checked.dmarcResult.rawValue == result)
            let shown = checked.senderCheckJSON.text
            #expect(shown.contains("\"result\":\"\(result)\""))
            #expect(shown.contains("\"words\":\""))
        }
    }

    /// Answers nobody until it is told to stop.
    private struct Silent: DNS {
        func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
            try? await Task.sleep(for: .seconds(3600))
            return .failed
        }
    }

    @Test(.timeLimit(.minutes(1))) func isNotWaitedForLong() async throws {
        let raw = "From: bob@shop.test\r\n\r\nHello\r\n"
        let mail = StoredMail(
            accountID: ID(1), receivedAt: Instant(milliseconds: 0), ingress: "smtp", remoteAddress: "192.0.2.1", helo: "x.test",
            envelopeFrom: "bob@shop.test", recipients: ["help@acme.test"], size: 1)
        let read = ReadMail.read(Array(raw.utf8), envelope: MailEnvelope(sender: mail.envelopeFrom, recipients: mail.recipients))
        let answer = await CheckSender(dns: Silent(), receiver: "desk.test").run(mail, read, forwarders: [])
        guard case .late(let late) = answer else {
            Issue.record("It waited for an answer that never comes.")
            return
        }
        #expect(late.dmarcResult == .temporaryError)
    }

    /// Slow name servers cost whoever has them, not the next one's mail.
    @Test func aFloodOfSlowMailsShortensItsOwnTimeAlone() {
        func mail(from client: String?, _ author: String) -> String {
            SenderPatience.source(
                of: StoredMail(
                    accountID: ID(1), receivedAt: Instant(milliseconds: 0), ingress: "smtp", remoteAddress: client, helo: "x.test",
                    envelopeFrom: "", recipients: [], size: 1), authors: [author])
        }
        var patience = SenderPatience(.milliseconds(500))
        let flood = mail(from: "198.51.100.9", "slow.test")
        for number in 0..<1_000 { patience.note(mail(from: "198.51.100.9", "slow\(number).test"), isLate: true) }
        #expect(patience.time(for: flood) == .milliseconds(500) / 32)
        #expect(patience.time(for: mail(from: "192.0.2.1", "slow.test")) == .milliseconds(500))
        // Behind a server of our own everybody has the same address: there the author's domain counts.
        for _ in 0..<100 { patience.note(mail(from: "127.0.0.1", "slow.test"), isLate: true) }
        #expect(patience.time(for: mail(from: "10.0.0.2", "slow.test")) < .milliseconds(500))
        #expect(patience.time(for: mail(from: "127.0.0.1", "team.test")) == .milliseconds(500))
        // The same network of IPv6 is one source. A few late mails are nobody's fault, and good ones make up for bad ones.
        #expect(mail(from: "2001:db8:1:2::5", "a.test") == mail(from: "2001:db8:1:2:9::1", "b.test"))
        let other = mail(from: "203.0.113.1", "b.test")
        for _ in 0..<4 { patience.note(other, isLate: true) }
        #expect(patience.time(for: other) == .milliseconds(500))
        for _ in 0..<9 { patience.note(flood, isLate: false) }
        #expect(patience.time(for: flood) == .milliseconds(500))
    }

    @Test(arguments: [("mx.a.test 192.0.2.0/24\nmx.b.test", true), ("", true), ("not a name", false), ("a.test 192.0.2.0/99", false)])
    func forwardersAsSetting(text: String, isOne: Bool) {
        let merged = try? InboxSettings.merged("{}", with: .object([("trusted_forwarders", .string(text))]))
        #expect((merged != nil) == isOne)
    }
}
