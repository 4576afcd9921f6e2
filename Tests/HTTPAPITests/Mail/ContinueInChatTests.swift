import Conversations
import Desk
import Foundation
import MailFormat
import Store
import Synchronization
import Testing

/// The link in a mail that opens the conversation in chat (behaviour §8).
@Suite struct ContinueInChatTests {
    /// A browser on our own pages: it keeps the cookie.
    private final class Browser: Sendable {
        private let cookie = Mutex<String?>(nil)
        let server: TestServer

        init(_ server: TestServer) { self.server = server }

        func call(_ method: String, _ path: String, _ form: String = "") async throws -> Answer {
            let answer = try await server.request(
                method, path, headers: cookie.withLock { $0 }.map { ["Cookie": $0] } ?? [:], type: "application/x-www-form-urlencoded",
                body: method == "GET" ? nil : Array(form.utf8))
            if let set = answer.headers["set-cookie"] { cookie.withLock { $0 = String(set.prefix { $0 != ";" }) } }
            return answer
        }

        /// Taps the link; gives the ticket that the website's page finds behind the `#`.
        func tap(_ link: String) async throws -> String {
            let answer = try await call("POST", link)
            guard answer.status == 303, let location = answer.headers["location"] else { return "" }
            #expect(location.hasPrefix("https://shop.example.test#throughline="))
            return String(location.suffix(32))
        }

        /// The widget on the website comes with the ticket.
        func enter(_ ticket: String, as session: String? = nil) async throws -> Answer {
            try await server.request(
                "POST", "/api/v1/widget/continue?website_token=\(server.token)", headers: session.map { ["X-Auth-Token": $0] } ?? [:],
                body: Array(#"{"ticket":"\#(ticket)"}"#.utf8))
        }

        /// The page for the code, as the widget was told.
        func codePage(_ entered: Answer) -> String {
            (entered["location"].stringValue ?? "").replacing("http://localhost:3000", with: "")
        }
    }

    private func start(_ server: TestServer, proven: Bool = false) async throws -> (TestVisitor, Conversation, link: String) {
        let agent = try await server.agent()
        let (visitor, conversation) = try await server.customer(proven: proven)
        let mail = try await server.say("Yes, for 9 €.", in: conversation, by: agent).mail
        return (visitor, conversation, try #require(server.link("/continue/", in: mail)))
    }

    private func code(_ server: TestServer) async throws -> String {
        let text = try #require(try await server.mails().last).mail.text
        return text.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.count == 6 && $0.allSatisfy(\.isNumber) } ?? ""
    }

    @Test func aScannerThatOpensTheLinkChangesNothing() async throws {
        try await TestServer.run { server in
            let (visitor, conversation, link) = try await start(server)
            for _ in 0..<5 {
                let page = try await server.request("GET", link)
                #expect(page.status == 200 && page.body.contains("Open the chat") && page.headers["set-cookie"] == nil)
                _ = try await server.request("HEAD", link)
            }
            #expect(try await server.contact(of: visitor)?.emailState == .claimed)
            let state = try await server.desk.database.read { tx in
                (try tx.chatLink(hash: Secrets.hash(String(link.suffix(32)))), try tx.grants(of: ID(1)))
            }
            #expect(state.0?.redeemedAt == nil && state.0?.browserHash == nil && state.1.isEmpty)
            #expect(state.0?.conversationID == conversation.id)
            #expect(try await server.mails().count == 1)
        }
    }

    @Test func theBrowserThatBeganTheConversationGoesOnWithOneTap() async throws {
        try await TestServer.run { server in
            let (visitor, conversation, link) = try await start(server)
            let browser = Browser(server)
            let ticket = try await browser.tap(link)
            #expect(try await server.contact(of: visitor)?.emailState == .proven)
            let entered = try await browser.enter(ticket, as: visitor.authToken)
            #expect(entered["status"].stringValue == "entered" && entered["conversation_id"].int == conversation.displayID)
            #expect(try await server.mails().count == 1)
            // A ticket is good once.
            #expect(try await browser.enter(ticket, as: visitor.authToken).status == 404)
        }
    }

    @Test func anotherDeviceTypesTheCodeThatWasMailed() async throws {
        try await TestServer.run { server in
            let (_, conversation, link) = try await start(server)
            let phone = Browser(server)
            let asked = try await phone.enter(try await phone.tap(link))
            #expect(asked["status"].stringValue == "code_needed" && asked["auth_token"].stringValue == nil)
            let page = phone.codePage(asked)
            let form = try await phone.call("GET", page)
            #expect(form.body.contains("a…@customer.test") && !form.body.contains("ann@customer.test"))
            let mail = try #require(try await server.mails().last).mail
            #expect(mail.headerValue("Auto-Submitted") == "auto-generated" && mail.to.map(\.address) == ["ann@customer.test"])
            #expect(mail.subject == "Your code for the chat")
            let code = try await code(server)
            #expect(try await phone.call("POST", page, "code=\(code == "000000" ? "000001" : "000000")").status == 422)
            let right = try await phone.call("POST", page, "code=\(code.prefix(3))+\(code.suffix(3))")
            #expect(right.status == 303)
            let entered = try await phone.enter(String((right.headers["location"] ?? "").suffix(32)))
            let session = try #require(entered["auth_token"].stringValue)
            let seen = try await server.request(
                "GET", "/api/v1/widget/messages?website_token=\(server.token)", headers: ["X-Auth-Token": session])
            #expect(seen["payload"].items.contains { $0["content"]?.stringValue == "Yes, for 9 €." })
            #expect(seen["payload"].items.first?["conversation_id"]?.int == conversation.displayID)
            // From now on it works in this browser, without a code, and in no other.
            let again = try await phone.enter(try await phone.tap(link))
            #expect(again["status"].stringValue == "entered")
            let other = Browser(server)
            #expect(try await other.tap(link) == "")
            #expect(try await other.call("GET", link).body.contains("another browser"))
        }
    }

    @Test func theCodeIsOfNoUseInAnotherBrowserAndAfterFiveTriesOrTenMinutes() async throws {
        try await TestServer.run { server in
            let (_, _, link) = try await start(server)
            let phone = Browser(server)
            let page = phone.codePage(try await phone.enter(try await phone.tap(link)))
            let first = try await code(server)
            #expect(try await Browser(server).call("POST", page, "code=\(first)").status == 404)
            let wrong = first == "000000" ? "000001" : "000000"
            for _ in 0..<4 { #expect(try await phone.call("POST", page, "code=\(wrong)").body.contains("That is not the code.")) }
            #expect(try await phone.call("POST", page, "code=\(wrong)").body.contains("This code is over."))
            #expect(try await phone.call("POST", page, "code=\(first)").status == 422)

            server.clock.advance(.seconds(31))
            #expect(try await phone.call("POST", page + "/again").status == 200)
            #expect(try await phone.call("POST", page + "/again").status == 429)
            let second = try await code(server)
            server.clock.advance(.seconds(601))
            #expect(try await phone.call("POST", page, "code=\(second)").body.contains("This code is over."))
            #expect(try await server.mails().count == 3)
        }
    }

    @Test func tenCodesOfOneLinkAreAll() async throws {
        try await TestServer.run { server in
            let (_, _, link) = try await start(server)
            let phone = Browser(server)
            var statuses: [Int] = []
            for _ in 0..<11 {
                let asked = try await phone.enter(try await phone.tap(link))
                statuses.append(asked.status)
                server.clock.advance(.seconds(60))
            }
            #expect(statuses == Array(repeating: 200, count: 10) + [429])
        }
    }

    @Test func itEndsAfterSevenDaysAndWhenTheAddressIsAnother() async throws {
        try await TestServer.run { server in
            let (visitor, _, link) = try await start(server)
            let browser = Browser(server)
            server.clock.advance(.seconds(7 * 86_400 - 60))
            let ticket = try await browser.tap(link)
            #expect(ticket.count == 32)
            try await server.change(visitor) { $0.email = "new@customer.test" }
            #expect(try await browser.enter(ticket, as: visitor.authToken).status == 404)
            #expect(try await browser.call("GET", link).status == 404)
            try await server.change(visitor) { $0.email = "ann@customer.test" }
            server.clock.advance(.seconds(61))
            #expect(try await browser.tap(link) == "")
            #expect(try await browser.enter(ticket, as: visitor.authToken).status == 404)
        }
    }

    @Test(arguments: ["customer", "agent"])
    func whatWasOpenedCanBeStopped(_ who: String) async throws {
        try await TestServer.run { server in
            let (visitor, conversation, link) = try await start(server)
            let phone = Browser(server)
            let page = phone.codePage(try await phone.enter(try await phone.tap(link)))
            let right = try await phone.call("POST", page, "code=\(try await code(server))")
            let entered = try await phone.enter(String((right.headers["location"] ?? "").suffix(32)))
            let session = entered["auth_token"].stringValue ?? ""
            let stream = try await server.desk.database.read { tx in
                try tx.visitorSession(streamTokenHash: Secrets.hash(entered["pubsub_token"].stringValue ?? ""))
            }
            #expect(stream != nil)
            func look(_ token: String) async throws -> Int {
                try await server.request(
                    "GET", "/api/v1/widget/messages?website_token=\(server.token)", headers: ["X-Auth-Token": token]
                ).status
            }
            #expect(try await look(session) == 200)
            if who == "agent" {
                let agent = try await server.desk.database.read { try $0.agents(of: conversation.accountID) }.first
                try await OpenChatLink(desk: server.desk).stop(conversation.displayID, by: try #require(agent))
            } else {
                #expect(try await server.request("POST", link + "/stop", body: []).status == 200)
            }
            #expect(try await look(session) == 401)
            #expect(try await look(visitor.authToken) == 200)
            #expect(try await phone.tap(link) == "")
            let gone = try await server.desk.database.read { tx in
                try tx.visitorSession(streamTokenHash: Secrets.hash(entered["pubsub_token"].stringValue ?? ""))
            }
            #expect(gone == nil)
        }
    }

    @Test func aTicketOfAnotherWebsiteIsNone() async throws {
        try await TestServer.run { server in
            let (_, _, link) = try await start(server)
            let other = try await CreateInbox(desk: server.desk).run(
                CreateInbox.Draft(kind: .website, name: "Other", websiteURL: "https://other.example.test"))
            let ticket = try await Browser(server).tap(link)
            let answer = try await server.request(
                "POST", "/api/v1/widget/continue?website_token=\(other.websiteToken ?? "")", body: Array(#"{"ticket":"\#(ticket)"}"#.utf8))
            #expect(answer.status == 404)
        }
    }
}
