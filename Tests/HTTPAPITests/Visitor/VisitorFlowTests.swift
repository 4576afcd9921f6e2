import Conversations
import Desk
import Foundation
import Store
import Testing

/// What a widget does from the first visit on, over real sockets.
@Suite struct VisitorFlowTests {
    @Test func aVisitorWritesAndSeesTheConversation() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            #expect(try await visitor.call("GET", "conversations").body == "{}")
            #expect(try await visitor.messages.isEmpty)

            let begun = try await visitor.call(
                "POST", "conversations",
                #"{"message":{"content":"Where is my parcel? It was sent on Monday.","echo_id":"e1","referer_url":"https://shop.example.test/cart"}}"#
            )
            #expect(begun.status == 200)
            #expect(begun["id"].int == 1)
            #expect(begun["messages"].items.first?["echo_id"]?.stringValue == "e1")
            #expect(begun["contact"]["has_email"]?.flag == false)

            let second = try await visitor.call("POST", "messages", #"{"message":{"content":"Hello?","echo_id":"e2"}}"#)
            #expect(second["conversation_id"].int == 1)
            let messages = try await visitor.messages
            #expect(messages.compactMap { $0["content_type"]?.stringValue } == ["text", "input_email", "text"])
            let stored = try await server.desk.database.read { try $0.conversation(displayID: 1, in: server.inbox.accountID) }
            #expect(stored?.subject == "Where is my parcel?")
            #expect(stored?.unreadCount == 2)
        }
    }

    @Test func theSameEchoIsOneMessageInBothWaysOfSending() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let first = try await visitor.begin("Hello", echo: "same")
            let again = try await visitor.begin("Hello", echo: "same")
            #expect(first == again)
            let message = try await visitor.call("POST", "messages", #"{"message":{"content":"Hello","echo_id":"same"}}"#)
            #expect(message["conversation_id"].int == first)
            #expect(try await visitor.messages.filter { $0["message_type"]?.int == 0 }.count == 1)
        }
    }

    @Test func whatIsNotTheirsIsNotThere() async throws {
        try await TestServer.run { server in
            let (one, other) = (try await server.visitor(), try await server.visitor())
            _ = try await one.begin("A secret")
            let message = try await one.messages.first?["id"]?.int ?? 0
            #expect(try await other.call("GET", "conversations").body == "{}")
            #expect(try await other.messages.isEmpty)
            let seen = try await other.call("POST", "conversations/update_last_seen", #"{"message_id":\#(message)}"#)
            let missing = try await other.call("POST", "conversations/update_last_seen", #"{"message_id":999999}"#)
            #expect(seen.status == 404 && missing.status == 404)
            #expect(seen.body.replacing("\(message)", with: "N") == missing.body.replacing("999999", with: "N"))
            let question = try await one.messages.first { $0["content_type"]?.stringValue == "input_email" }?["id"]?.int ?? 0
            #expect(try await other.call("PATCH", "messages/\(question)", #"{"contact":{"email":"x@y.test"}}"#).status == 404)
        }
    }

    @Test(
        arguments: [
            ("GET", "messages", nil, "wrong", 401), ("GET", "messages", nil, "", 401),
            ("POST", "messages", #"{"message":{"content":[]}}"#, nil, 422), ("POST", "messages", "{", nil, 400),
            ("POST", "messages", #"{"message":{"content":"  "}}"#, nil, 422), ("POST", "conversations/toggle_typing", "{}", nil, 422),
            ("POST", "conversations/transcript", "{}", nil, 404), ("POST", "direct_uploads", "{}", nil, 404),
            ("GET", "nothing", nil, nil, 404),
        ] as [(String, String, String?, String?, Int)])
    func badRequestsGetASentence(_ method: String, _ path: String, _ body: String?, _ token: String?, _ status: Int) async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let answer = try await server.request(
                method, "/api/v1/widget/\(path)?website_token=\(server.token)", headers: ["X-Auth-Token": token ?? visitor.authToken],
                body: body.map { Array($0.utf8) })
            #expect(answer.status == status)
            #expect(answer["error"].stringValue?.isEmpty == false)
            #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
        }
    }

    @Test func anUnknownWebsiteIsNotThere() async throws {
        try await TestServer.run { server in
            let answer = try await server.request("POST", "/api/v1/widget/config?website_token=nobody", body: [])
            #expect(answer.status == 404)
        }
    }

    @Test func everyWebsiteMayCallTheWidgetAndNothingElse() async throws {
        try await TestServer.run { server in
            let asked = try await server.request("OPTIONS", "/api/v1/widget/messages?website_token=x")
            #expect(asked.status == 204)
            #expect(asked.headers["access-control-allow-headers"]?.contains("X-Auth-Token") == true)
            let answer = try await server.request("GET", "/api/v1/widget/campaigns")
            #expect(answer.headers["access-control-allow-origin"] == "*")
            let other = try await server.request("GET", "/api/v1/profile")
            #expect(other.headers["access-control-allow-origin"] == nil)
            #expect(other.headers["content-security-policy"]?.contains("script-src 'self';") == true)
        }
    }

    @Test func aFileComesWithAMessageAndNeverRuns() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let form = """
                --b\r\nContent-Disposition: form-data; name="message[content]"\r\n\r\nLook\r\n\
                --b\r\nContent-Disposition: form-data; name="message[attachments][]"; filename="..\\x/page.html"\r\nContent-Type: text/html\r\n\r\n\
                <script>alert(1)</script>\r\n--b--\r\n
                """
            let sent = try await server.request(
                "POST", "/api/v1/widget/messages?website_token=\(server.token)", headers: ["X-Auth-Token": visitor.authToken],
                type: "multipart/form-data; boundary=b", body: Array(form.utf8))
            #expect(sent.status == 200)
            let file = sent["attachments"].items.first
            #expect(file?["file_name"]?.stringValue == "page.html")
            let address = file?["data_url"]?.stringValue ?? ""
            let path = address.replacing("http://localhost:3000", with: "")
            let opened = try await server.request("GET", path)
            #expect(opened.body == "<script>alert(1)</script>")
            #expect(opened.headers["content-type"] == "application/octet-stream")
            #expect(opened.headers["content-disposition"]?.hasPrefix("attachment") == true)
            #expect(opened.headers["content-security-policy"]?.contains("sandbox") == true)
            #expect(opened.headers["x-content-type-options"] == "nosniff")
            let guessed = String(path.dropLast()) + (path.last == "0" ? "1" : "0")
            #expect(try await server.request("GET", guessed).status == 404)
        }
    }
}
