import Conversations
import Desk
import MailFormat
import Store
import Testing

/// The conversation by mail: only to the address on file, only where that is proven, not too often, and it can be answered.
@Suite struct TranscriptTests {
    @Test func theVisitorGetsTheirOwn() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            var note = OutgoingDraft()
            (note.content, note.isPrivate) = ("Careful with this one", true)
            _ = try await SendAgentMessage(desk: server.desk).run(note, in: conversation.displayID, by: agent)
            let first = try await server.say("Yes, for 9 €.", in: conversation, by: agent).mail
            let asked = try await visitor.call("POST", "conversations/transcript", #"{"email":"else@where.test"}"#)
            #expect(asked.status == 200 && asked["email"].stringValue == "ann@customer.test")
            let mail = try #require(try await server.mails().last).mail
            #expect(mail.to.map(\.address) == ["ann@customer.test"])
            #expect(mail.headerValue("Auto-Submitted") == "auto-generated")
            #expect(mail.text.contains("Do you ship to Norway?") && mail.text.contains("Yes, for 9 €."))
            #expect(!mail.text.contains("Careful"))
            #expect(mail.replyTo == first.replyTo && mail.inReplyTo == [first.messageID])
            // Its line in the thread says where it is.
            let line = try await server.desk.database.read { try $0.messages(in: conversation.id, limit: 50) }.last
            #expect(line?.kind == .activity && line?.delivery?.name == .queued && line?.visibleToVisitor == false)
            // What is seen afterwards does not take it back.
            _ = try await visitor.call("POST", "conversations/update_last_seen", "{}")
            #expect(try await server.desk.database.read { try $0.mailsNotOut(of: conversation.id) }.contains { $0.purpose == .transcript })
        }
    }

    @Test(arguments: ["claimed", "none", "muted", "blocked"])
    func itGoesNowhereElse(_ what: String) async throws {
        try await TestServer.run { server in
            let (visitor, conversation) = try await server.customer(what == "none" ? nil : "ann@customer.test", proven: what != "claimed")
            if what == "blocked" { try await server.change(visitor) { $0.blocked = true } }
            if what == "muted" {
                try await server.desk.database.write { tx in
                    var muted = conversation
                    muted.muted = true
                    try tx.updateConversation(muted, from: conversation)
                }
            }
            let asked = try await visitor.call("POST", "conversations/transcript", "{}")
            #expect(asked.status == 422 && asked["error"].stringValue?.isEmpty == false)
            #expect(try await server.mails().isEmpty)
        }
    }

    @Test func anAgentMayAskButNotForAnotherAddress() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (_, conversation) = try await server.customer()
            let transcript = MailTranscript(desk: server.desk)
            await #expect(throws: DeskError.self) {
                _ = try await transcript.run(conversation.displayID, to: "boss@rival.test", by: agent)
            }
            #expect(try await transcript.run(conversation.displayID, to: "Ann@Customer.test", by: agent) == "ann@customer.test")
            #expect(try await server.mails().count == 1)
        }
    }

    @Test func threeInAnHourAreEnough() async throws {
        try await TestServer.run { server in
            let (visitor, _) = try await server.customer()
            for _ in 0..<3 { #expect(try await visitor.call("POST", "conversations/transcript", "{}").status == 200) }
            #expect(try await visitor.call("POST", "conversations/transcript", "{}").status == 429)
            server.clock.advance(.seconds(3601))
            #expect(try await visitor.call("POST", "conversations/transcript", "{}").status == 200)
            #expect(try await server.mails().count == 4)
        }
    }
}
