import Conversations
import Desk
import Foundation
import Store
import Testing

@testable import HTTPAPI

/// Reports tell what really happened, in the days of the account, to administrators.
@Suite struct ReportTests {
    /// An account whose day has customers who wait, answers after 1, 2 … minutes, and resolutions.
    private func busy(_ house: AgentTestHouse, answers: Int) async throws -> (Tenant, String) {
        let acme = try await house.tenant("acme")
        for number in 1...answers {
            let conversation = try await house.waiting(acme)
            house.clock.advance(by: .seconds(60 * number))
            var draft = OutgoingDraft()
            draft.content = "Answer \(number)"
            _ = try await SendAgentMessage(desk: house.desk).run(draft, in: conversation, by: acme.agent)
            house.clock.advance(by: .seconds(60))
            _ = try await SetConversationStatus(desk: house.desk).run(conversation, to: .resolved, by: acme.agent)
        }
        return (acme, "/api/v2/accounts/\(acme.account.id)")
    }

    @Test func timesAreMediansAndNinetiethsOfWhatHappened() async throws {
        try await AgentTestHouse.with { house in
            let (acme, path) = try await busy(house, answers: 10)
            house.clock.advance(by: .seconds(60))
            let daily = try await house.call(.get, "\(path)/reports/daily", token: acme.token).json
            let totals = daily["totals"]
            // Ten answers after 1 to 10 minutes: the fifth is the median, the ninth the ninetieth in a hundred.
            #expect(totals?["median_first_response_time"]?.text == "300.0" && totals?["p90_first_response_time"]?.text == "540.0")
            #expect(totals?["avg_first_response_time"]?.text == "330.0" && totals?["median_resolution_time"]?.text == "360.0")
            #expect(totals?["resolutions_count"]?.number == 10 && totals?["incoming_messages_count"]?.number == 10)
            // One more of each is the tenant's own, which an agent began: nobody waited for it.
            #expect(totals?["conversations_count"]?.number == 11 && totals?["outgoing_messages_count"]?.number == 11)
            guard case .array(let days)? = daily["days"] else { return #expect(Bool(false), "no days") }
            #expect(days.count == 31 && days.compactMap { $0["conversations_count"]?.number }.reduce(0, +) == 11)
            let agents = try await house.call(.get, "\(path)/summary_reports/agent", token: acme.token).json
            #expect(agents.count == 1 && agents[0]?["id"]?.number == acme.agent.id.value)
            #expect(agents[0]?["avg_first_response_time"]?.text == "330.0" && agents[0]?["outgoing_messages_count"]?.number == 11)
            let inboxes = try await house.call(.get, "\(path)/summary_reports/inbox", token: acme.token).json
            #expect(inboxes[0]?["resolved_conversations_count"]?.number == 10 && inboxes[0]?["conversations_count"]?.number == 11)
        }
    }

    @Test func teamsAndLabelsHaveWhatTheirConversationsHave() async throws {
        try await AgentTestHouse.with { house in
            let (acme, path) = try await busy(house, answers: 3)
            let ours = "/api/v1/accounts/\(acme.account.id)/conversations"
            let listed = try await house.call(.get, "\(ours)?status=resolved&assignee_type=all", token: acme.token).json
            let first = try #require(listed["data"]?["payload"]?[0]?["id"]?.number)
            _ = try await house.call(.post, "\(ours)/\(first)/assignments", "{\"team_id\":\(acme.team)}", token: acme.token)
            _ = try await house.call(.post, "\(ours)/\(first)/labels", #"{"labels":["kiln","urgent"]}"#, token: acme.token)
            house.clock.advance(by: .seconds(60))
            let teams = try await house.call(.get, "\(path)/summary_reports/team", token: acme.token).json
            #expect(teams.count == 1 && teams[0]?["id"]?.number == acme.team && teams[0]?["conversations_count"]?.number == 1)
            #expect(teams[0]?["resolved_conversations_count"]?.number == 1 && teams[0]?["outgoing_messages_count"] == nil)
            let labels = try await house.call(.get, "\(path)/summary_reports/label", token: acme.token).json
            #expect(labels.count == 2 && labels[0]?["name"]?.stringValue == "kiln" && labels[1]?["conversations_count"]?.number == 1)
            #expect(labels[0]?["avg_first_response_time"]?.text == teams[0]?["avg_first_response_time"]?.text)
            let label = try #require(labels[0]?["id"]?.number)
            for scope in ["type=team&id=\(acme.team)", "type=label&id=\(label)"] {
                let summary = try await house.call(.get, "\(path)/reports/summary?\(scope)", token: acme.token).json
                #expect(summary["conversations_count"]?.number == 1 && summary["resolutions_count"]?.number == 1)
                #expect(summary["incoming_messages_count"] == nil)
            }
            let file = try await house.call(.get, "\(path)/summary_reports/label.csv", token: acme.token)
            #expect(file.text.hasPrefix("\u{FEFF}id,name,conversations_count,resolved_conversations_count,median_first"))
            #expect(file.text.contains(",kiln,1,1,"))
        }
    }

    @Test func chatwootsReportsAreThere() async throws {
        try await AgentTestHouse.with { house in
            let (acme, path) = try await busy(house, answers: 2)
            let now = house.clock.now.seconds
            let range = "since=\(now - 86_400)&until=\(now + 1)"
            let summary = try await house.call(.get, "\(path)/reports/summary?type=account&\(range)", token: acme.token).json
            #expect(summary["conversations_count"]?.number == 3 && summary["avg_first_response_time"]?.text == "\"90.0\"")
            #expect(summary["previous"]?["conversations_count"]?.number == 0)
            #expect(summary["previous"]?["avg_first_response_time"]?.text == "\"0\"")
            let counts = try await house.call(
                .get, "\(path)/reports?metric=resolutions_count&type=inbox&id=\(acme.inbox.id)&\(range)", token: acme.token
            ).json
            #expect(counts[counts.count.map { $0 - 1 } ?? 0]?["value"]?.text == "\"2\"")
            for bad in [
                "reports?metric=nonsense", "reports?type=channel&id=1", "reports/daily?since=x", "reports/daily?since=5&until=4",
                "reports/daily?since=-1", "reports/daily?since=0", "reports/daily?timezone_offset=99",
                "reports/daily?until=99999999999999999999",
            ] {
                #expect(try await house.call(.get, "\(path)/\(bad)", token: acme.token).status == 422, "\(bad)")
            }
        }
    }

    @Test func aDayIsTheAccountsDay() async throws {
        try await AgentTestHouse.with { house in
            let (acme, path) = try await busy(house, answers: 1)
            let account = "/api/v1/accounts/\(acme.account.id)"
            let now = house.clock.now.seconds
            func date() async throws -> String? {
                let days = try await house.call(.get, "\(path)/reports/daily?since=\(now - 1)&until=\(now)", token: acme.token).json["days"]
                return days?[0]?["date"]?.text
            }
            // The house's clock stands at 2026-09-21T14:15:20Z and a little.
            #expect(try await date() == "\"2026-09-21\"")
            #expect(try await house.call(.patch, account, #"{"timezone":"Pacific/Auckland"}"#, token: acme.token).status == 200)
            #expect(try await house.call(.get, account, token: acme.token).json["timezone"]?.text == "\"Pacific/Auckland\"")
            #expect(try await date() == "\"2026-09-22\"")
            #expect(try await house.call(.patch, account, #"{"timezone":"Europe/Atlantis"}"#, token: acme.token).status == 422)
        }
    }

    @Test func theHandOverIsCountedOnceForEachConversation() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let numbers = [try await house.waiting(acme), try await house.waiting(acme), try await house.waiting(acme)]
            let start = house.clock.now
            try await house.desk.database.write { tx in
                for (index, number) in numbers.enumerated() {
                    guard let conversation = try tx.conversation(displayID: number, in: acme.account.id) else { continue }
                    for copy in 0..<(index == 0 ? 2 : index == 1 ? 1 : 0) {
                        let name = "\(index)\(copy)"
                        let draft = OutboxMail(
                            accountID: acme.account.id, conversationID: conversation.id, inboxID: acme.inbox.id, contactID: acme.contact.id,
                            toAddress: "a@b.test", envelopeSender: "", bounceHash: name, messageID: name, subject: "s", createdAt: start)
                        var mail = try tx.addToOutbox(draft, raw: [1], messages: [], due: start)
                        mail.sentAt = start
                        try tx.settle(&mail, as: index == 1 ? .bounced : .sent, nil)
                    }
                    guard index == 0, var mail = try tx.mail(acme.mail) else { continue }
                    (mail.outcome, mail.kind, mail.conversationID) = (.threaded, "human", conversation.id)
                    try tx.updateMail(mail)
                }
            }
            house.clock.advance(by: .seconds(1))
            let path = "/api/v2/accounts/\(acme.account.id)/reports/handover"
            let totals = try await house.call(.get, path, token: acme.token).json["totals"]
            #expect(totals?["website_conversations"]?.number == 4 && totals?["went_on_by_email"]?.number == 2)
            #expect(
                totals?["answered_by_email"]?.number == 1 && totals?["reply_rate"]?.text == "0.5" && totals?["email_share"]?.text == "0.5")
            #expect(totals?["mails_sent"]?.number == 3 && totals?["mails_bounced"]?.number == 1)
            // Another inbox has none of it, and an email inbox is no website.
            let door = try await CreateInbox(desk: house.desk).run(
                CreateInbox.Draft(kind: .email, name: "Door", websiteURL: nil, address: "door@acme.test", replyDomain: nil),
                account: acme.account.id)
            let other = try await house.call(.get, "\(path)?inbox_id=\(door.id)", token: acme.token).json["totals"]
            #expect(
                other?["website_conversations"]?.number == 0 && other?["mails_sent"]?.number == 0 && other?["email_share"]?.isNull == true)
        }
    }

    @Test func filesAreDownloadsAndNamesInThemAreHarmless() async throws {
        try await AgentTestHouse.with { house in
            let (acme, path) = try await busy(house, answers: 1)
            let inbox = "/api/v1/accounts/\(acme.account.id)/inboxes/\(acme.inbox.id)"
            _ = try await house.call(.patch, inbox, #"{"name":"=cmd|' /C calc'!A0"}"#, token: acme.token)
            let file = try await house.call(.get, "\(path)/summary_reports/inbox.csv", token: acme.token)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"summary_reports-inbox.csv\"")
            #expect(file.text.contains(",\"'=cmd|' /C calc'!A0\","))
            let days = try await house.call(.get, "\(path)/reports/daily.csv", token: acme.token).text
            #expect(days.split(separator: "\r\n").count == 32 && days.hasPrefix("\u{FEFF}date,timestamp,conversations_count,"))
        }
    }

    @Test func onlyAdministratorsSeeThem() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme", role: .agent)
            for route in AgentIsolationTests.reports {
                let path = "/api/v2/accounts/\(acme.account.id)/\(route.dropFirst(4))"
                #expect(try await house.call(.get, path, token: acme.token).status == 403, "\(route)")
            }
            #expect(try await house.call(.patch, "/api/v1/accounts/\(acme.account.id)", "{}", token: acme.token).status == 403)
        }
    }
}

extension AgentTestHouse {
    /// A conversation of the tenant's contact in which a customer waits for an answer; its number.
    func waiting(_ tenant: Tenant) async throws -> Int64 {
        var start = StartConversation.Request()
        (start.contactID, start.inboxID) = (tenant.contact.id.value, tenant.inbox.id.value)
        let conversation = try await StartConversation(desk: desk).run(start, by: tenant.agent).conversation
        let now = clock.now
        try await desk.database.write { tx in
            guard var changed = try tx.conversation(conversation.id) else { return }
            _ = try tx.createMessage(
                Message(
                    id: ID(0), accountID: tenant.account.id, conversationID: conversation.id, inboxID: tenant.inbox.id, kind: .incoming,
                    isPrivate: false, channel: .chat, content: "Hello?", contentType: "text", contentAttributes: "{}", senderKind: .contact,
                    senderID: tenant.contact.id.value, echoID: nil, sourceID: nil, choice: .automatic, delivery: nil, isHeld: false,
                    visibleToVisitor: true, inboundMailID: nil, createdAt: now, updatedAt: now))
            let before = changed
            changed.waitingSince = now
            try tx.updateConversation(changed, from: before)
        }
        return conversation.displayID
    }
}
