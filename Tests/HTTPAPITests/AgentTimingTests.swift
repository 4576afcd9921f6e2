import Conversations
import Desk
import Testing

@testable import HTTPAPI

/// An inbox's own timing, and the what-if that shows what it does.
@Suite struct AgentTimingTests {
    @Test func anInboxKeepsItsOwnTimingAndTheWhatIfUsesIt() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/inboxes/\(acme.inbox.id)"
            let set = try await house.call(.patch, path, #"{"continuity_timing":{"quiet_for":10,"closed_after":2.5}}"#, token: acme.token)
            #expect(set.status == 200, "\(set.text)")
            #expect(try await house.call(.get, path, token: acme.token).json["continuity_timing"]?["quiet_for"]?.number == 10)

            let events = """
                {"events":[{"at":0,"event":"address","address":"ann@x.test","state":"proven"},{"at":0,"event":"page_open"},
                {"at":"1m","event":"page_close"},{"at":"1m1s","event":"agent_message"}]}
                """
            let answer = try await house.call(.post, "\(path)/continuity_preview", events, token: acme.token)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["mails"]?[0]?["at"]?.number == 71)
            #expect(answer.json["mails"]?.count == 1)
            #expect(answer.json["settings"]?["quiet_for"]?.number == 10)
            #expect(answer.json["settings"]?["unseen_after"]?.number == 180)
            #expect(answer.json["messages"]?[0]?["state"]?.stringValue == "emailed")

            let other = events.replacing(#"{"events""#, with: #"{"settings":{"quiet_for":30},"events""#)
            #expect(
                try await house.call(.post, "\(path)/continuity_preview", other, token: acme.token).json["mails"]?[0]?["at"]?.number == 91)
        }
    }

    @Test(arguments: [
        #"{"continuity_timing":{"quiet_for":"soon"}}"#, #"{"continuity_timing":{"quite_for":10}}"#,
        #"{"continuity_timing":{"at_latest":-1}}"#,
        #"{"continuity_timing":[]}"#, #"{"continuity_timing":{"at_latest":604801}}"#, #"{"follow_up_after_days":-1}"#,
        #"{"follow_up_after_days":"x"}"#,
    ])
    func nonsenseIsRefused(body: String) async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let answer = try await house.call(
                .patch, "/api/v1/accounts/\(acme.account.id)/inboxes/\(acme.inbox.id)", body, token: acme.token)
            #expect(answer.status == 422, "\(answer.text)")
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"events":{}}"#, #"{"events":[{}]}"#, #"{"events":[{"at":0,"event":"dance"}]}"#,
        #"{"events":[{"at":"x","event":"mute"}]}"#,
        #"{"events":[{"at":-1,"event":"mute"}]}"#, #"{"events":[{"at":"1","event":"mute"}]}"#, #"{"events":[{"at":0,"event":"delete"}]}"#,
        #"{"events":[{"at":99999999999999999999,"event":"mute"}]}"#, #"{"events":[{"at":"9999999999d","event":"mute"}]}"#,
    ])
    func eventsThatMakeNoSenseSayWhich(body: String) async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/inboxes/\(acme.inbox.id)/continuity_preview"
            let answer = try await house.call(.post, path, body, token: acme.token)
            #expect(answer.status == 422, "\(answer.text)")
        }
    }

    @Test func aShorterTimingMovesAMailThatWaits() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let before = try await house.due(acme.conversation)
            let path = "/api/v1/accounts/\(acme.account.id)/inboxes/\(acme.inbox.id)"
            _ = try await house.call(.patch, path, #"{"continuity_timing":{"quiet_for":5}}"#, token: acme.token)
            #expect(before == acme.message.createdAt + .seconds(45))
            #expect(try await house.due(acme.conversation) == acme.message.createdAt + .seconds(5))
        }
    }
}

extension AgentTestHouse {
    /// When the conversation's mail is due; nil where none waits.
    func due(_ conversation: Conversation) async throws -> Instant? {
        try await desk.database.read { try $0.due(.continuity, conversation.id.value) }
    }
}
