import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// Two become one: nothing is lost, old numbers lead to the new ones, and no browser sees what it did not see before.
@Suite struct AgentMergeTests {
    @Test func aMergedConversationIsFoundUnderItsOldNumber() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme", more: 1)
            let (old, base) = (acme.conversation.displayID - 1, acme.conversation.displayID)
            let path = "/api/v1/accounts/\(acme.account.id)"
            _ = try await house.call(.post, "\(path)/conversations/\(old)/messages", #"{"content":"In the old one"}"#, token: acme.token)
            _ = try await house.call(.post, "\(path)/conversations/\(old)/labels", #"{"labels":["urgent"]}"#, token: acme.token)
            try await house.desk.database.write { tx in
                guard let conversation = try tx.conversation(displayID: old, in: acme.account.id) else { return }
                try tx.createReplyToken(
                    account: acme.account.id, conversation: conversation.id, contact: acme.contact.id, nonce: "n", hash: "h",
                    at: house.clock.now)
                try tx.rememberMailID("m@x", account: acme.account.id, conversation: conversation.id, message: nil, ours: true, to: nil)
            }
            let merged = try await house.call(
                .post, "\(path)/actions/conversation_merge", #"{"base_conversation_id":\#(base),"mergee_conversation_id":\#(old)}"#,
                token: acme.token)
            #expect(merged.status == 200, "\(merged.text)")
            #expect(merged.json["labels"]?[0]?.stringValue == "urgent")
            let found = try await house.call(.get, "\(path)/conversations/\(old)", token: acme.token)
            #expect(found.json["id"]?.number == base)
            let messages = try await house.call(.get, "\(path)/conversations/\(base)/messages", token: acme.token).text
            #expect(messages.contains("In the old one") && messages.contains("Secret of acme"))
            let list = try await house.call(.get, "\(path)/conversations", token: acme.token).json["data"]
            #expect(list?["payload"]?.count == 1 && list?["meta"]?["all_count"]?.number == 1)
            try await house.desk.database.read { tx throws in
                #expect(try tx.replyToken(hash: "h")?.conversationID == acme.conversation.id)
                #expect(try tx.known(mailID: "m@x", in: acme.account.id).first?.conversationID == acme.conversation.id)
                // It could not be derived again for the conversation that it is in now.
                #expect(try tx.liveReplyToken(conversation: acme.conversation.id, contact: acme.contact.id) == nil)
            }
            // What is merged can be merged on; both old numbers lead to the last.
            let again = try await house.call(
                .post, "\(path)/actions/conversation_merge", #"{"base_conversation_id":\#(base),"mergee_conversation_id":\#(old)}"#,
                token: acme.token)
            #expect(again.status == 422)
            #expect(try await house.call(.delete, "\(path)/conversations/\(old)", token: acme.token).status == 404)
        }
    }

    @Test func aDeletedConversationIsGoneAndItsTokenIsKnown() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/conversations/\(acme.conversation.displayID)"
            try await house.desk.database.write { tx in
                try tx.createReplyToken(
                    account: acme.account.id, conversation: acme.conversation.id, contact: acme.contact.id, nonce: "n", hash: "h",
                    at: house.clock.now)
            }
            #expect(try await house.call(.delete, path, token: acme.token).status == 200)
            #expect(try await house.call(.get, path, token: acme.token).status == 404)
            try await house.desk.database.read { tx throws in
                #expect(try tx.replyToken(hash: "h")?.revokedAt != nil)
                #expect(try tx.deletedConversation(acme.conversation.id)?.displayID == acme.conversation.displayID)
                #expect(try tx.due(.continuity, acme.conversation.id.value) == nil)
            }
        }
    }

    @Test func mergingContactsMovesEverythingAndOpensNothing() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (ann, _) = try await server.customer(words: "Ann's secret")
            let (other, theirs) = try await server.customer("other@customer.test", proven: false, words: "Other words")
            let merged = try await MergeContacts(desk: server.desk).run(other.contactID, into: ann.contactID, by: agent)
            #expect(merged.contact.id.value == ann.contactID)
            #expect(try await ShowContact(desk: server.desk).run(other.contactID, by: agent).contact.id.value == ann.contactID)
            let now = try await server.desk.database.read { try $0.conversation(theirs.id) }
            #expect(now?.contactID.value == ann.contactID)

            // The other browser goes on with its own conversation and nothing else.
            var draft = OutgoingDraft()
            draft.content = "For the other browser"
            _ = try await SendAgentMessage(desk: server.desk).run(draft, in: theirs.displayID, by: agent)
            let seen = try await other.messages.compactMap { $0["content"]?.stringValue }
            #expect(seen.contains("For the other browser") && seen.contains("Other words") && !seen.contains("Ann's secret"))
            let annSees = try await ann.messages.compactMap { $0["content"]?.stringValue }
            #expect(!annSees.contains("Other words"))
            _ = try await other.call("POST", "messages", #"{"message":{"content":"Still here","echo_id":"e2"}}"#)
            let last = try await server.desk.database.read { try $0.lastCustomerMessage(in: theirs.id) }
            let message = try await server.desk.database.read { tx in try last.flatMap { try tx.message($0.id) } }
            #expect(message?.content == "Still here" && message?.senderID == ann.contactID)

            // It can neither read nor change whom it was joined with.
            let card = try await other.call("GET", "contact").body
            #expect(!card.contains("ann@customer.test"))
            _ = try await other.call("PATCH", "contact", #"{"email":"thief@elsewhere.test","name":"Thief"}"#)
            let contact = try await server.contact(of: ann)
            #expect(contact?.email == "ann@customer.test" && contact?.name == "Ann" && contact?.emailState == .proven)
            let page = try await ListContacts(desk: server.desk).run(search: [], sort: .name, page: 1, by: agent)
            #expect(page.rows.map(\.contact.id.value) == [ann.contactID] && page.count == 1)
        }
    }

    @Test func liveEventsReachTheBrowserOfAJoinedContactAndOnlyOfItsOwnConversation() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (ann, hers) = try await server.customer(words: "Ann's secret")
            let (other, theirs) = try await server.customer("other@customer.test", proven: false, words: "Other words")
            _ = try await MergeContacts(desk: server.desk).run(other.contactID, into: ann.contactID, by: agent)
            let before = try await server.desk.database.read { try $0.eventBounds().newest }
            for (conversation, words) in [(hers, "To Ann"), (theirs, "To the other")] {
                var draft = OutgoingDraft()
                draft.content = words
                _ = try await SendAgentMessage(desk: server.desk).run(draft, in: conversation.displayID, by: agent)
            }
            let events = try await server.desk.database.read { [inbox = server.inbox] tx in
                try tx.events(for: .visitor(ID(other.contactID), inbox.id), after: before, through: Int64.max, limit: 100)
            }.compactMap(\.visitorPayload).joined()
            #expect(events.contains("To the other") && !events.contains("To Ann"))
        }
    }
}
