import Conversations
import Desk
import MailFormat
import Store
import Testing

/// “How did we do?”, in the widget and by mail.
@Suite struct SurveyTests {
    private func resolved(
        _ server: TestServer, proven: Bool = true
    ) async throws -> (visitor: TestVisitor, conversation: Conversation, agent: Agent) {
        let agent = try await server.agent()
        let (visitor, conversation) = try await server.customer(proven: proven)
        try await server.say("Yes, for 9 €.", in: conversation, by: agent)
        _ = try await SetConversationStatus(desk: server.desk).run(conversation.displayID, to: .resolved, by: agent)
        return (visitor, conversation, agent)
    }

    private static let on = JSON.object([("csat_survey_enabled", .bool(true))])

    @Test func theWidgetAsksAndTheAnswerIsKept() async throws {
        try await TestServer.run(inbox: { $0.settings = Self.on }) { server in
            let (visitor, conversation, agent) = try await resolved(server)
            let question = try #require(try await visitor.messages.last)
            #expect(question["content_type"]?.stringValue == "input_csat" && question["content"]?.stringValue == "How did we do?")
            let number = question["id"]?.int ?? 0
            for wrong in ["0", "6", "\"x\""] {
                let refused = try await visitor.call(
                    "PATCH", "messages/\(number)", #"{"message":{"submitted_values":{"csat_survey_response":{"rating":\#(wrong)}}}}"#)
                #expect(refused.status == 422)
            }
            let body = #"{"message":{"submitted_values":{"csat_survey_response":{"rating":4,"feedback_message":"Quick!"}}}}"#
            #expect(try await visitor.call("PATCH", "messages/\(number)", body).status == 200)
            let rows = try await ListSurveys(desk: server.desk).run(page: 1, by: agent)
            #expect(rows.map(\.survey.rating) == [4] && rows.first?.survey.feedback == "Quick!")
            #expect(rows.first?.survey.displayID == conversation.displayID)
            let counts = try await ListSurveys(desk: server.desk).counts(by: agent)
            #expect(counts.asked == 1 && counts.answers == [4: 1])
            let other = try await server.visitor()
            #expect(try await other.call("PATCH", "messages/\(number)", body).status == 404)
        }
    }

    @Test func byMailItIsAutomaticAndALinkAloneKeepsNothing() async throws {
        try await TestServer.run(inbox: { $0.settings = Self.on }) { server in
            let (_, _, agent) = try await resolved(server)
            server.clock.advance(.seconds(700))
            let mail = try await server.leave().mail
            #expect(mail.headerValue("Auto-Submitted") == "auto-generated")
            #expect(mail.text.contains("How did we do?") && (mail.html ?? "").contains("Great"))
            let link = try #require(server.link("/survey/", in: mail))
            #expect(link.hasSuffix("?rating=1"))
            let page = try await server.request("GET", link)
            #expect(page.status == 200 && page.body.contains(#"value="1" required checked"#))
            #expect(try await ListSurveys(desk: server.desk).run(page: 1, by: agent).isEmpty)
            let path = String(link.prefix { $0 != "?" })
            let form = Array("rating=5&comment=%3Cb%3EGood%3C%2Fb%3E".utf8)
            let type = "application/x-www-form-urlencoded"
            #expect(try await server.request("POST", path, type: type, body: Array("comment=x".utf8)).status == 422)
            #expect(try await server.request("POST", path, type: type, body: form).status == 200)
            #expect(try await ListSurveys(desk: server.desk).run(page: 1, by: agent).first?.survey.feedback == "<b>Good</b>")
            #expect(try await server.request("POST", String(path.dropLast()) + "x", type: type, body: form).status == 404)
            server.clock.advance(.seconds(31 * 86_400))
            #expect(try await server.request("POST", path, type: type, body: form).status == 404)
        }
    }

    @Test func aClaimedAddressIsNotAskedByMail() async throws {
        try await TestServer.run(inbox: { $0.settings = Self.on }) { server in
            let (_, conversation, _) = try await resolved(server, proven: false)
            server.clock.advance(.seconds(700))
            _ = try await server.leave()
            #expect(try await server.mails().count == 1)
            let survey = try await server.desk.database.read { try $0.messages(in: conversation.id, limit: 50) }.last
            #expect(survey?.delivery?.name == .notSent && survey?.delivery?.reason == "unproven")
        }
    }

    @Test func onceForEachTimeThatTheCustomerCameBack() async throws {
        try await TestServer.run(inbox: { $0.settings = Self.on }) { server in
            let (visitor, conversation, agent) = try await resolved(server)
            func surveys() async throws -> Int {
                try await visitor.messages.filter { $0["content_type"]?.stringValue == "input_csat" }.count
            }
            for status in [Conversation.Status.open, .resolved] {
                _ = try await SetConversationStatus(desk: server.desk).run(conversation.displayID, to: status, by: agent)
            }
            #expect(try await surveys() == 1)
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"One more question, please?"}}"#)
            _ = try await SetConversationStatus(desk: server.desk).run(conversation.displayID, to: .resolved, by: agent)
            #expect(try await surveys() == 2)
        }
    }

    @Test func nobodyIsAskedWhereItIsOffOrNobodyAnswered() async throws {
        try await TestServer.run { server in
            let (visitor, _, _) = try await resolved(server)
            #expect(try await !visitor.messages.contains { $0["content_type"]?.stringValue == "input_csat" })
        }
        try await TestServer.run(inbox: { $0.settings = Self.on }) { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            _ = try await SetConversationStatus(desk: server.desk).run(conversation.displayID, to: .resolved, by: agent)
            #expect(try await !visitor.messages.contains { $0["content_type"]?.stringValue == "input_csat" })
        }
    }
}
