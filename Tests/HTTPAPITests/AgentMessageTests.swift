import Continuity
import Conversations
import HTTPTypes
import Store
import Testing

@testable import Desk
@testable import HTTPAPI

@Suite struct AgentMessageTests {
    @Test func `a page of a thread is the newest twenty, oldest first, and before goes on`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            for number in 0..<30 { try await house.say("m\(number)", mine) }
            let page = try await house.messages(mine)
            #expect(page.count == 20)
            #expect(page[19]?["content"]?.stringValue == "m29")
            let first = try #require(page[0]?["id"]?.number)
            let older = try await house.messages(mine, "?before=\(first)")
            #expect(older[older.count.map { $0 - 1 } ?? 0]?["content"]?.stringValue == "m9")
            let after = try await house.messages(mine, "?after=\(first)")
            #expect(after.count == 19)
        }
    }

    @Test func `the same echo id twice is one message`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let body = #"{"content":"once","echo_id":"e1"}"#
            let first = try await house.call(.post, mine.messagesPath, body, token: mine.token)
            let second = try await house.call(.post, mine.messagesPath, body, token: mine.token)
            #expect(first.status == 200 && second.status == 200)
            #expect(first.json["id"]?.number == second.json["id"]?.number)
            #expect(first.json["echo_id"]?.stringValue == "e1")
        }
    }

    @Test func `a note is for agents alone: no delivery, no event for the visitor`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let answer = try await house.call(.post, mine.messagesPath, #"{"content":"a note","private":true}"#, token: mine.token)
            #expect(answer.json["private"]?.isTrue == true)
            #expect(answer.json["delivery"]?.isNull == true)
            let seen = try await house.desk.database.read { tx in
                try tx.events(for: .visitor(mine.contact.id, mine.inbox.id), after: 0, through: .max, limit: 100).compactMap(
                    \.visitorPayload)
            }
            #expect(!seen.contains { $0.contains("a note") })
            #expect(seen.contains { $0.contains("Secret of mine") })
        }
    }

    @Test(arguments: [("chat_only", "not_sent", "chat_only"), ("email_now", "waiting", nil), ("auto", "waiting", nil)])
    func `the agent's choice decides where the message goes`(_ choice: String, _ state: String, _ reason: String?) async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let answer = try await house.call(
                .post, mine.messagesPath, #"{"content":"x","content_attributes":{"delivery":"\#(choice)","other":1}}"#, token: mine.token)
            #expect(answer.json["delivery"]?["state"]?.stringValue == state)
            #expect(answer.json["delivery"]?["reason"]?.stringValue == reason)
            #expect(answer.json["content_attributes"]?["other"]?.number == 1)
            #expect(answer.json["content_attributes"]?["delivery"] == nil)
        }
    }

    @Test func `empty, oversized and nonsense messages are refused with a sentence`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            for body in [
                "{}", #"{"content":"  \n "}"#, #"{"content":"x","content_type":"magic"}"#, #"{"content":"x","message_type":"activity"}"#,
                #"{"content":"x","content_attributes":{"delivery":"pigeon"}}"#,
                #"{"content":"\#(String(repeating: "x", count: 150_001))"}"#,
                #"{"content":["x"]}"#, #"{"content":"x","content_attributes":[1]}"#,
            ] {
                let answer = try await house.call(.post, mine.messagesPath, body, token: mine.token)
                #expect(answer.status == 422, "\(body.prefix(60))")
                #expect(answer.json["message"]?.stringValue?.isEmpty == false)
            }
            #expect(try await house.call(.post, mine.messagesPath, "{nonsense", token: mine.token).status == 400)
            #expect(try await house.messages(mine).count == 1)
        }
    }

    @Test func `what the customer said is brought in by programs only`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let body = #"{"content":"from elsewhere","message_type":"incoming"}"#
            let answer = try await house.call(.post, mine.messagesPath, body, token: mine.token)
            #expect(answer.json["message_type"]?.number == 0)
            #expect(answer.json["sender"]?["id"]?.number == mine.contact.id.value)
            let signedIn = try await house.call(.post, "/auth/sign_in", #"{"email":"sam@mine.test","password":"correct horse"}"#)
            let cookie = try #require(signedIn.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            let refused = try await house.call(.post, mine.messagesPath, body, headers: ["Cookie": cookie, "X-Throughline": "1"])
            #expect(refused.status == 422)
        }
    }

    @Test func `files come in a form, with their names made plain`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let form = [
                "--xyz", "Content-Disposition: form-data; name=\"content\"", "", "see the file",
                "--xyz", "Content-Disposition: form-data; name=\"content_attributes\"", "", #"{"delivery":"chat_only"}"#,
                "--xyz", "Content-Disposition: form-data; name=\"attachments[]\"; filename=\"../../etc/a;b.txt\"",
                "Content-Type: text/plain", "",
                "one\r\ntwo\r\n--xy not a boundary", "--xyz--", "",
            ].joined(separator: "\r\n")
            let answer = try await house.call(.post, mine.messagesPath, form, token: mine.token, type: "multipart/form-data; boundary=xyz")
            #expect(answer.status == 200)
            #expect(answer.json["content"]?.stringValue == "see the file")
            #expect(answer.json["delivery"]?["reason"]?.stringValue == "chat_only")
            let file = try #require(answer.json["attachments"]?[0])
            #expect(file["filename"]?.stringValue == "a;b.txt")
            #expect(file["file_size"]?.number == Int64("one\r\ntwo\r\n--xy not a boundary".utf8.count))
            let id = try #require(file["id"]?.number)
            let bytes = try await house.desk.database.read { tx in try tx.attachment(id).flatMap { try tx.blob($0.sha256) } }
            #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == "one\r\ntwo\r\n--xy not a boundary")
        }
    }

    @Test func `deleting takes text and files away, and a mail that has not left`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let path = "\(mine.messagesPath)/\(mine.message.id)"
            let due = try await house.desk.database.read { try $0.due(.continuity, mine.conversation.id.value) }
            #expect(due != nil)
            let answer = try await house.call(.delete, path, token: mine.token)
            #expect(answer.json["content_attributes"]?["deleted"]?.isTrue == true)
            #expect(!answer.text.contains("Secret"))
            let left = try await house.desk.database.read { try $0.due(.continuity, mine.conversation.id.value) }
            #expect(left == nil)
        }
    }

    @Test func `send now, chat only and try again do what they say`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            func act(_ action: String) async throws -> AgentTestHouse.Answer {
                try await house.call(
                    .post, "\(mine.messagesPath)/\(mine.message.id)/delivery", #"{"action":"\#(action)"}"#, token: mine.token)
            }
            func due() async throws -> Instant? {
                try await house.desk.database.read { try $0.due(.continuity, mine.conversation.id.value) }
            }
            #expect(try await act("chat_only").json["delivery"]?["reason"]?.stringValue == "chat_only")
            let quiet = try await due()
            #expect(quiet == nil)
            #expect(try await act("send_now").json["delivery"]?["state"]?.stringValue == "waiting")
            #expect(try await due() == house.clock.now)
            #expect(try await act("fly").status == 422)

            try await house.desk.database.write { tx in
                var message = mine.message
                message.delivery = DeliveryState(.bounced, at: house.clock.now, reason: "mailbox full")
                try tx.updateMessage(message)
                var contact = mine.contact
                contact.emailState = .unreachable
                try tx.updateContact(contact, at: house.clock.now)
            }
            #expect(try await act("send_now").status == 422, "What has come back does not leave again by itself.")
            #expect(try await act("try_again").json["delivery"]?["state"]?.stringValue == "waiting")
            #expect(try await due() == house.clock.now)
        }
    }
}

@Suite struct HeldMailTests {
    /// A stranger's mail stands in the conversation.
    private func hold(_ mine: Tenant, _ house: AgentTestHouse) async throws -> ID<Message> {
        try await house.desk.database.write { tx in
            var conversation = try #require(try tx.conversation(mine.conversation.id))
            let before = conversation
            conversation.status = .resolved
            try tx.updateConversation(conversation, from: before)
            var mail = try #require(try tx.mail(mine.mail))
            mail.fromAddress = "Stranger@Else.test"
            mail.fromName = "Stranger"
            mail.messageID = "m1@else.test"
            mail.outcome = .held
            mail.conversationID = conversation.id
            try tx.updateMail(mail)
            var draft = MessageDraft(.incoming, content: "I am she")
            (draft.isHeld, draft.channel, draft.inboundMailID) = (true, .email, mine.mail)
            draft.files = [IncomingFile(filename: "a.txt", contentType: "text/plain", bytes: [65])]
            return try house.desk.write(draft, in: &conversation, tx).id
        }
    }

    private func decide(_ choice: String, _ message: ID<Message>, _ mine: Tenant, _ house: AgentTestHouse) async throws
        -> AgentTestHouse.Answer
    {
        try await house.call(.post, "\(mine.messagesPath)/\(message)/held", #"{"action":"\#(choice)"}"#, token: mine.token)
    }

    @Test func `the same person: the address is theirs, the message is a normal one that the visitor sees`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let message = try await hold(mine, house)
            let answer = try await decide("same_person", message, mine, house)
            #expect(answer.status == 200 && answer.json["held"]?.isTrue == false)
            #expect(answer.json["sender"]?["id"]?.number == mine.contact.id.value)
            let (addresses, conversation, stored) = try await house.desk.database.read { tx in
                (try tx.addresses(of: mine.contact.id).map(\.address), try tx.conversation(mine.conversation.id), try tx.message(message))
            }
            #expect(addresses.contains("stranger@else.test"))
            #expect(conversation?.status == .open && conversation?.mode == .email && conversation?.unreadCount == 1)
            #expect(stored?.visibleToVisitor == true)
            #expect(try await decide("discard", message, mine, house).status == 422, "It has been decided.")
        }
    }

    @Test func `a participant speaks under their own name and is remembered`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let message = try await hold(mine, house)
            let answer = try await decide("participant", message, mine, house)
            #expect(answer.json["sender"]?["name"]?.stringValue == "Stranger")
            let (participant, addresses) = try await house.desk.database.read { tx in
                (try tx.participant("stranger@else.test", in: mine.conversation.id), try tx.addresses(of: mine.contact.id).map(\.address))
            }
            #expect(participant?.standing == .participant)
            #expect(!addresses.contains("stranger@else.test"))
        }
    }

    @Test func `a separate conversation gets the mail with its files; the visitor's own shows nothing of it`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let message = try await hold(mine, house)
            let answer = try await decide("separate", message, mine, house)
            #expect(answer.json["content_attributes"]?["deleted"]?.isTrue == true)
            #expect(!answer.text.contains("I am she"))
            let (moved, files, old, participant) = try await house.desk.database.read { tx in
                let new = try #require(try tx.conversation(displayID: mine.conversation.displayID + 1, in: mine.account.id))
                let moved = try tx.messages(in: new.id, limit: 10).first { $0.kind == .incoming }
                return (
                    moved, try tx.attachments(of: [moved?.id ?? ID(0)]).values.first?.count, try tx.conversation(mine.conversation.id),
                    try tx.participant("stranger@else.test", in: mine.conversation.id)
                )
            }
            #expect(moved?.content == "I am she" && files == 1)
            #expect(moved?.isHeld == false)
            #expect(old?.unreadCount == 0 && old?.status == .resolved)
            #expect(participant?.standing == .separate)
        }
    }

    @Test func `a discarded mail is gone from the thread and kept out from then on`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let message = try await hold(mine, house)
            let answer = try await decide("discard", message, mine, house)
            #expect(!answer.text.contains("I am she"))
            let (participant, mail) = try await house.desk.database.read { tx in
                (try tx.participant("stranger@else.test", in: mine.conversation.id), try tx.mail(mine.mail))
            }
            #expect(participant?.standing == .discarded)
            #expect(mail?.outcome == .quarantined)
        }
    }
}

extension Tenant {
    var path: String { "/api/v1/accounts/\(account.id)" }
    var messagesPath: String { "\(path)/conversations/\(conversation.displayID)/messages" }
}

extension AgentTestHouse {
    func say(_ text: String, _ tenant: Tenant) async throws {
        #expect(try await call(.post, tenant.messagesPath, #"{"content":"\#(text)"}"#, token: tenant.token).status == 200)
    }

    func messages(_ tenant: Tenant, _ query: String = "") async throws -> JSON {
        try #require(try await call(.get, tenant.messagesPath + query, token: tenant.token).json["payload"])
    }
}
