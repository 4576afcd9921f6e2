import Testing

@testable import HTTPAPI

/// Lists and filters find the rows of one's own account, and take no others.
@Suite struct OwnRowsTests {
    @Test func `lists show the account's own rows alone`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            _ = try await house.tenant("theirs", more: 2)
            for path in [
                "conversations?status=all", "conversations/search?q=theirs", "contacts", "contacts/search?q=ann", "inboxes", "agents",
                "mails", "labels", "teams", "drafts", "conversations/viewers", "custom_filters",
            ] {
                let answer = try await house.call(.get, "/api/v1/accounts/\(mine.account.id)/\(path)", token: mine.token)
                #expect(answer.status == 200)
                #expect(!answer.text.contains("theirs"), "\(path)")
            }
        }
    }

    @Test func `filters find the account's own rows alone`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            _ = try await house.tenant("theirs", more: 2)
            let contacts = #"{"payload":[{"attribute_key":"email","filter_operator":"contains","values":["CUSTOMER-of"]}]}"#
            let found = try await house.call(.post, "\(mine.path)/contacts/filter", contacts, token: mine.token).json
            #expect(found["payload"]?.count == 1 && found["meta"]?["count"]?.number == 1)
            let conversations = #"{"payload":[{"attribute_key":"status","filter_operator":"equal_to","values":["open"]}]}"#
            let rows = try await house.call(.post, "\(mine.path)/conversations/filter", conversations, token: mine.token).json["data"]
            #expect(rows?["payload"]?.count == 1)
            for bad in [
                #"{"payload":[{"attribute_key":"id); --","values":["x"]}]}"#, #"{"payload":[{"attribute_key":"name"}]}"#, #"{"payload":1}"#,
            ] {
                #expect(try await house.call(.post, "\(mine.path)/contacts/filter", bad, token: mine.token).status == 422)
            }
        }
    }

    @Test func `rows of another account cannot be put into one's own`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let theirs = try await house.tenant("theirs")
            let account = "/api/v1/accounts/\(mine.account.id)"
            let bodies = [
                ("\(account)/conversations", #"{"inbox_id":\#(theirs.inbox.id),"contact_id":\#(mine.contact.id)}"#),
                ("\(account)/conversations", #"{"inbox_id":\#(mine.inbox.id),"contact_id":\#(theirs.contact.id)}"#),
                (
                    "\(account)/conversations",
                    #"{"inbox_id":\#(mine.inbox.id),"contact_id":\#(mine.contact.id),"assignee_id":\#(theirs.agent.id)}"#
                ),
                ("\(account)/conversations/1/assignments", #"{"assignee_id":\#(theirs.agent.id)}"#),
                ("\(account)/conversations/1/assignments", #"{"team_id":\#(theirs.team)}"#),
                (
                    "\(account)/conversations",
                    #"{"inbox_id":\#(mine.inbox.id),"contact_id":\#(mine.contact.id),"team_id":\#(theirs.team)}"#
                ),
                ("\(account)/teams/\(mine.team)/team_members", #"{"user_ids":[\#(theirs.agent.id)]}"#),
                ("\(account)/contacts/\(mine.contact.id)/contact_inboxes", #"{"inbox_id":\#(theirs.inbox.id)}"#),
                ("\(account)/contacts", #"{"name":"Eve","inbox_id":\#(theirs.inbox.id)}"#),
            ]
            for (path, body) in bodies {
                #expect(try await house.call(.post, path, body, token: mine.token).status == 404, "\(path) \(body)")
            }
        }
    }
}
