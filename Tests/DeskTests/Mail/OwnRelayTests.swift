import Conversations
import MailTransport
import Store
import Synchronization
import Testing

@testable import Desk

/// Inboxes with relays of their own: none of them stands in another's way, and what one meets says nothing about the settings after it.
@Suite struct OwnRelayTests {
    @Test(.timeLimit(.minutes(1))) func aRelayThatHangsHoldsUpNobodyElsesMail() async throws {
        try await MailHouse.with { house in
            let (taken, takes) = AsyncStream.makeStream(of: String.self)
            let ownRelays = OwnRelays(desk: house.desk) { url in
                MailWayOut.Relay(name: url, host: "relay.test") { _, envelope, _ in
                    if url.contains("hangs.test") {
                        takes.yield("begun")
                        try? await Task.sleep(for: .seconds(3_600))
                        return .temporary(.recipient, .words("it did not answer in time"))
                    }
                    takes.yield(url)
                    return .accepted(SMTPReply(250, "taken"), refused: [])
                }
            }
            let outbox = SendOutbox(
                desk: house.desk,
                wayOut: .relay(
                    .init(name: "house", host: "relay.test") { _, _, _ in
                        takes.yield("house")
                        return .accepted(SMTPReply(250, "taken"), refused: [])
                    }), ownRelays: ownRelays)
            let good = try await house.inbox(withRelay: "smtp://good.test")
            let plain = try await house.inbox(withRelay: nil)
            _ = try await InboxOwnRelay(desk: house.desk).keep("smtp://hangs.test", of: house.inbox.id.value, by: house.agent)
            // More than all workers together take at once.
            for number in 0..<12 { try await house.send("Mail \(number)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await LaneWorker.ownRelays(desk: house.desk, bells: Bells(), batch: 2, work: outbox.run).run() }
                var events = taken.makeAsyncIterator()
                #expect(await events.next() == "begun")
                // It hangs now. Mail that comes after it, for another inbox's relay and for the installation's, goes its way.
                for conversation in [good, plain] {
                    try await house.say("On its way.", in: conversation)
                }
                group.addTask {
                    let worker = QueueWorker(
                        desk: house.desk, bells: Bells(), queue: .outbox, lease: SendOutbox.lease, batch: 2, work: outbox.run)
                    while try await worker.workOnce() > 0 {}
                }
                var seen: Set<String> = []
                while !seen.isSuperset(of: ["house", "smtp://good.test"]), let event = await events.next() { seen.insert(event) }
                #expect(seen.isSuperset(of: ["house", "smtp://good.test"]))
                group.cancelAll()
            }
        }
    }

    @Test func aRelayWrittenAnewWhileAMailIsOnItsWayIsNotStoppedByTheOldOne() async throws {
        try await MailHouse.with { house in
            let relays = InboxOwnRelay(desk: house.desk)
            _ = try await relays.keep("smtp://old:wrong@relay.test", of: house.inbox.id.value, by: house.agent)
            let tries = Tries()
            let outbox = SendOutbox(
                desk: house.desk, wayOut: .mailbox,
                ownRelays: OwnRelays(desk: house.desk) { url in
                    MailWayOut.Relay(name: "smtp://…@relay.test", host: "relay.test") { _, _, beforeFinalDot in
                        tries.note(url)
                        guard url.contains("old") else {
                            do { try await beforeFinalDot() } catch { return .temporary(.beforeFinalDot, .words("\(error)")) }
                            return .accepted(SMTPReply(250, "taken"), refused: [])
                        }
                        // Before its “no” comes an administrator has mended the password.
                        _ = try? await relays.keep("smtp://new:right@relay.test", of: house.inbox.id.value, by: house.agent)
                        return .relayFault(.authentication, .reply(SMTPReply(535, "5.7.8", "wrong")))
                    }
                })
            let message = try await house.send()
            for _ in 0..<2 {
                try await outbox.run(house.lease(of: house.inbox.id))
                #expect(try await relays.show(house.inbox.id.value, by: house.agent).stop == nil)
            }
            #expect(tries.all == ["smtp://old:wrong@relay.test", "smtp://new:right@relay.test"])
            #expect(try await house.state(message)?.name == .emailed)
        }
    }

    @Test func mailThatWaitsMovesWithItsInboxesRelay() async throws {
        try await MailHouse.with { house in
            let relays = InboxOwnRelay(desk: house.desk)
            let message = try await house.send()
            _ = try await relays.keep("smtp://own.test", of: house.inbox.id.value, by: house.agent)
            #expect(try await house.lease().isEmpty)
            #expect(try await house.lanes() == [house.inbox.id])
            _ = try await relays.forget(house.inbox.id.value, by: house.agent)
            #expect(try await house.lanes() == [])
            #expect(try await house.lease().count == 1)
            #expect(try await house.state(message)?.name == .queued)
        }
    }
}

extension MailHouse {
    /// A conversation with the same customer in another inbox.
    fileprivate func inbox(withRelay url: String?) async throws -> Conversation {
        let inbox = try await CreateInbox(desk: desk).run(
            CreateInbox.Draft(kind: .website, name: "Another", websiteURL: "https://other.test", replyDomain: "reply.acme.test"),
            account: agent.accountID)
        if let url { _ = try await InboxOwnRelay(desk: desk).keep(url, of: inbox.id.value, by: agent) }
        var start = StartConversation.Request()
        (start.inboxID, start.contactID) = (inbox.id.value, contact.id.value)
        return try await StartConversation(desk: desk).run(start, by: agent).conversation
    }

    fileprivate func say(_ words: String, in conversation: Conversation) async throws {
        var draft = OutgoingDraft()
        draft.content = words
        draft.contentAttributes = #"{"delivery":"email_now"}"#
        _ = try await SendAgentMessage(desk: desk).run(draft, in: conversation.displayID, by: agent)
        try await continuity()
    }

    fileprivate func lanes() async throws -> [ID<Inbox>] {
        let now = clock.now
        return try await desk.database.read { try $0.relayLanes(at: now) }.map(\.inboxID)
    }

    fileprivate func lease(of inbox: ID<Inbox>) async throws -> [Job] {
        let now = clock.now
        return try await desk.database.write { try $0.lease(.outbox, lane: inbox, at: now, until: now + SendOutbox.lease, limit: 20) }
    }
}

private final class Tries: Sendable {
    private let urls = Mutex<[String]>([])
    var all: [String] { urls.withLock { $0 } }
    func note(_ url: String) { urls.withLock { $0.append(url) } }
}
