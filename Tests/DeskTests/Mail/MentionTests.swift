import Conversations
import Foundation
import MailFormat
import Store
import Testing

@testable import Desk

/// Colleagues who are called by name in a note (behaviour §9).
@Suite struct MentionTests {
    private static func agent(_ id: Int64, _ name: String) -> Agent {
        Agent(
            id: ID(id), accountID: ID(1), name: name, email: "\(id)@team.test", role: .agent, availability: .online,
            createdAt: Instant(milliseconds: 0))
    }

    @Test(arguments: [
        ("@Sam can you look?", [1]), ("can you look, @sam?", [1]), ("@Ann Lee knows", [3]), ("@Ann, please", [2]),
        ("(@Ann) and @Sam", [1, 2]), ("mail sam@ann.test", []), ("@Samuel", []), ("Sam", []), ("@", []), ("", []),
        ("[@Sam](mention://user/1/Sam) hi", [1]), ("(mention://user/77/x)", []), ("(mention://user/)", []),
        ("@Zoë Ünal!", [4]), ("@ZOË ÜNAL", [4]),
    ])
    func namesAreFound(note: String, ids: [Int64]) {
        let team = [Self.agent(1, "Sam"), Self.agent(2, "Ann"), Self.agent(3, "Ann Lee"), Self.agent(4, "Zoë Ünal"), Self.agent(5, "")]
        #expect(Mentions.find(in: note, among: team).map(\.id.value) == ids)
    }

    @Test func aMentionedColleagueGetsTheNoteByMailAndTheAnswerIsPrivate() async throws {
        try await MailHouse.with { house in
            let kim = try await house.colleague("Kim")
            try await house.note("Do you know this, @Kim? And not @Sam himself.")
            try await house.outbox()
            let sent = try #require(house.relay.taken.first)
            #expect(house.relay.taken.map(\.to) == ["kim@team.test"])
            let mail = MailReader().read(sent.bytes)
            #expect(mail.text.contains("Sam mentioned you in a private note:") && mail.text.contains("Do you know this, @Kim?"))
            let found = try await house.desk.database.read { tx in
                var filter = ConversationFilter()
                filter.mentioned = kim.id
                let hers = try tx.conversations(in: kim.accountID, matching: filter, limit: 5, offset: 0).map(\.id)
                filter.mentioned = house.agent.id
                return (hers, try tx.conversations(in: kim.accountID, matching: filter, limit: 5, offset: 0).count)
            }
            #expect(found == ([house.conversation.id], 0))

            let to = try #require(mail.replyTo.first?.address)
            let answer = """
                From: Kim <kim@team.test>
                To: \(to)
                Subject: Re: \(mail.subject ?? "")
                Message-ID: <answer@team.test>
                In-Reply-To: <\(mail.messageID ?? "")>

                Yes, it is the blue one.
                """
            let placed = try await house.receive(answer, from: "kim@team.test", to: [to])
            #expect(placed.outcome == .threaded)
            let id = try #require(placed.deskMessageID)
            let message = try #require(try await house.stored(id))
            #expect(message.isPrivate && !message.visibleToVisitor && message.senderID == kim.id.value)
            #expect(message.content == "Yes, it is the blue one.")
        }
    }

    @Test func onlyNotesCallAndOnlyWhereAgentsAreToldByMail() async throws {
        try await MailHouse.with { house in
            _ = try await house.colleague("Kim")
            try await house.say("Ask @Kim.", "chat_only")
            #expect(try await house.outbox() == 0)
            try await house.note("Nobody is called here.")
            #expect(try await house.outbox() == 0)
        }
    }
}

extension MailHouse {
    func colleague(_ name: String) async throws -> Agent {
        try await CreateAgent(desk: desk, passwords: PasswordQueue()).run(
            name: name, email: "\(name.lowercased())@team.test", password: nil, role: .agent, account: agent.accountID
        ).agent
    }

    func note(_ words: String) async throws {
        var draft = OutgoingDraft()
        (draft.content, draft.isPrivate) = (words, true)
        _ = try await SendAgentMessage(desk: desk).run(draft, in: conversation.displayID, by: agent)
    }
}
