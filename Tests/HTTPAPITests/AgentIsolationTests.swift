import Conversations
import Desk
import HTTPTypes
import Store
import Testing

@testable import HTTPAPI

/// Nothing crosses accounts: what belongs to somebody else is answered like what is not there, on every route.
@Suite struct AgentIsolationTests {
    /// Every route below an account that names a row: its method, its path and what is sent.
    static let routes: [(method: HTTPRequest.Method, path: String, body: String?)] = [
        (.get, "inbox_members/:inbox", nil),
        (.get, "inboxes/:inbox/assignable_agents", nil),
        (.get, "conversations/:conversation", nil),
        (.delete, "conversations/:conversation", nil),
        (.patch, "conversations/:conversation", #"{"priority":"high"}"#),
        (.post, "conversations/:conversation/toggle_status", #"{"status":"resolved"}"#),
        (.post, "conversations/:conversation/toggle_priority", #"{"priority":"high"}"#),
        (.post, "conversations/:conversation/assignments", #"{"assignee_id":null}"#),
        (.get, "conversations/:conversation/labels", nil),
        (.post, "conversations/:conversation/labels", #"{"labels":["x"]}"#),
        (.post, "conversations/:conversation/custom_attributes", #"{"custom_attributes":{"a":1}}"#),
        (.post, "conversations/:conversation/destroy_custom_attributes", #"{"custom_attributes":["a"]}"#),
        (.post, "conversations/:conversation/mute", nil),
        (.post, "conversations/:conversation/unmute", nil),
        (.post, "conversations/:conversation/resume_mail", nil),
        (.post, "conversations/:conversation/revoke_chat_links", nil),
        (.post, "conversations/:conversation/update_last_seen", nil),
        (.post, "conversations/:conversation/unread", nil),
        (.post, "conversations/:conversation/transcript", nil),
        (.post, "conversations/:conversation/mail_participants", #"{"address":"a@b.test","standing":"participant"}"#),
        (.post, "conversations/:conversation/toggle_typing_status", #"{"typing_status":"on"}"#),
        (.get, "conversations/:conversation/messages", nil),
        (.post, "conversations/:conversation/messages", #"{"content":"hello"}"#),
        (.delete, "conversations/:conversation/messages/:message", nil),
        (.post, "conversations/:conversation/messages/:message/delivery", #"{"action":"chat_only"}"#),
        (.get, "conversations/:conversation/messages/:message/html", nil),
        (.get, "conversations/:conversation/messages/:message/sent_mail", nil),
        (.post, "conversations/:conversation/messages/:message/held", #"{"action":"discard"}"#),
        (.get, "conversations/:conversation/messages/:message/html", nil),
        (.get, "contacts/:contact", nil),
        (.put, "contacts/:contact", #"{"name":"Eve"}"#),
        (.patch, "contacts/:contact", #"{"name":"Eve"}"#),
        (.post, "contacts/:contact/destroy_custom_attributes", #"{"custom_attributes":["a"]}"#),
        (.get, "contacts/:contact/conversations", nil),
        (.post, "contacts/:contact/contact_inboxes", #"{"inbox_id":1}"#),
        (.get, "contacts/:contact/contactable_inboxes", nil),
        (.get, "inboxes/:inbox", nil),
        (.patch, "inboxes/:inbox", #"{"name":"Eve"}"#),
        (.put, "inboxes/:inbox", #"{"name":"Eve"}"#),
        (.get, "mails/:mail", nil),
        (.put, "canned_responses/:canned", #"{"content":"Eve"}"#),
        (.patch, "canned_responses/:canned", #"{"content":"Eve"}"#),
        (.delete, "canned_responses/:canned", nil),
        (.patch, "notifications/:notice", nil),
        (.post, "notifications/:notice/unread", nil),
        (.get, "conversations/:conversation/draft", nil),
        (.put, "conversations/:conversation/draft", #"{"reply":"Eve"}"#),
        (.post, "conversations/:conversation/viewing", #"{"viewing":true}"#),
        (.get, "conversations/:conversation/export", nil),
        (.put, "agents/:agent", #"{"name":"Eve"}"#),
        (.patch, "agents/:agent", #"{"role":"agent"}"#),
        (.delete, "agents/:agent", nil),
        (.get, "teams/:team", nil),
        (.put, "teams/:team", #"{"name":"Eve"}"#),
        (.patch, "teams/:team", #"{"name":"Eve"}"#),
        (.delete, "teams/:team", nil),
        (.get, "teams/:team/team_members", nil),
        (.post, "teams/:team/team_members", #"{"user_ids":[]}"#),
        (.patch, "teams/:team/team_members", #"{"user_ids":[]}"#),
        (.delete, "teams/:team/team_members", #"{"user_ids":[]}"#),
        (.get, "custom_filters/:filter", nil),
        (.put, "custom_filters/:filter", #"{"name":"Eve"}"#),
        (.patch, "custom_filters/:filter", #"{"name":"Eve"}"#),
        (.delete, "custom_filters/:filter", nil),
        (.get, "contacts/:contact/pages", nil),
        (.get, "contacts/:contact/notes", nil),
        (.post, "contacts/:contact/notes", #"{"content":"Eve"}"#),
        (.get, "contacts/:contact/notes/:note", nil),
        (.put, "contacts/:contact/notes/:note", #"{"content":"Eve"}"#),
        (.patch, "contacts/:contact/notes/:note", #"{"content":"Eve"}"#),
        (.delete, "contacts/:contact/notes/:note", nil),
        (.get, "mails/:mail/raw", nil),
        (.post, "mails/:mail/replay", nil),
        (.post, "mails/:mail/release", nil),
        (.post, "mails/:mail/discard", nil),
        (.post, "inboxes/:inbox/continuity_preview", #"{"events":[]}"#),
        (.get, "inboxes/:inbox/continuity_check", nil),
        (.post, "inboxes/:inbox/continuity_check", nil),
        (.get, "inboxes/:inbox/dns_records", nil),
        (.get, "inboxes/:inbox/mail_template", nil),
        (.put, "inboxes/:inbox/mail_template", #"{"text":"x","html":"x"}"#),
        (.delete, "inboxes/:inbox/mail_template", nil),
        (.post, "inboxes/:inbox/mail_template/preview", "{}"),
        (.get, "inboxes/:inbox/dkim", nil),
        (.put, "inboxes/:inbox/dkim", #"{"on":true}"#),
        (.get, "inboxes/:inbox/relay", nil),
        (.put, "inboxes/:inbox/relay", #"{"url":"smtp://u:p@relay.test"}"#),
        (.delete, "inboxes/:inbox/relay", nil),
        (.get, "inboxes/:inbox/provider", nil),
        (.put, "inboxes/:inbox/provider", #"{"kind":"postmark"}"#),
        (.delete, "inboxes/:inbox/provider", nil),
        (.get, "inboxes/:inbox/mailbox", nil),
        (.put, "inboxes/:inbox/mailbox", #"{"host":"127.0.0.1","port":9,"security":"none","user":"u","password":"p"}"#),
        (.delete, "inboxes/:inbox/mailbox", nil),
        (.post, "inboxes/:inbox/mailbox/test", #"{"host":"127.0.0.1","port":9,"security":"none","user":"u","password":"p"}"#),
    ]

    /// Routes that name no row: they show and make only what is the account's own.
    static let withoutRows: Set<String> = [
        "GET ", "PATCH ", "GET agents", "POST agents", "GET assignable_agents", "GET labels", "POST labels", "GET teams", "POST teams",
        "GET canned_responses",
        "GET drafts", "GET conversations/viewers", "GET custom_filters", "POST custom_filters",
        "POST canned_responses", "POST bulk_actions",
        "GET notifications", "GET notifications/unread_count", "POST notifications/read_all", "GET notification_settings",
        "PATCH notification_settings", "GET conversations", "GET conversations/meta", "GET conversations/search",
        "POST conversations/filter",
        "POST conversations", "GET contacts", "GET contacts/search", "POST contacts", "POST contacts/filter", "GET inboxes", "POST inboxes",
        "GET mails", "GET mails/counts", "GET mail_health", "POST mail_health/resume", "GET health",
        "GET csat_survey_responses", "GET csat_survey_responses/metrics",
        "GET mails", "GET mails/counts", "POST actions/contact_merge", "POST actions/conversation_merge",
    ]

    /// The reports: each takes an inbox, which is asked for below.
    static let reports: Set<String> = [
        "GET reports", "GET reports/summary", "GET reports/daily", "GET reports/daily.csv", "GET reports/handover",
        "GET reports/handover.csv", "GET summary_reports/inbox", "GET summary_reports/inbox.csv", "GET summary_reports/agent",
        "GET summary_reports/agent.csv", "GET summary_reports/team", "GET summary_reports/team.csv", "GET summary_reports/label",
        "GET summary_reports/label.csv",
    ]

    @Test func `reports of somebody else's inbox or agent are answered like those of missing ones`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let theirs = try await house.tenant("theirs")
            let theirLabel = try await Labels(desk: house.desk).create(
                title: "theirs", description: "", color: nil, showOnSidebar: true, by: theirs.agent
            ).id
            for route in Self.reports {
                let path = "/api/v2/accounts/\(mine.account.id)/\(route.dropFirst(4))"
                for (name, number) in [
                    ("inbox", theirs.inbox.id.value), ("agent", theirs.agent.id.value), ("inbox", 777_001), ("agent", 777_002),
                    ("team", theirs.team), ("team", 777_003), ("label", theirLabel), ("label", 777_004),
                ] {
                    let answer = try await house.call(.get, "\(path)?type=\(name)&id=\(number)", token: mine.token)
                    #expect(answer.status == 404, "\(route) \(name) \(number)")
                }
                #expect(try await house.call(.get, path, token: mine.token).status == 200, "\(route)")
                #expect(try await !house.call(.get, path, token: mine.token).text.contains("theirs"))
            }
        }
    }

    @Test func `somebody else's rows are answered like missing ones on every route, and stay as they were`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let theirs = try await house.tenant("theirs", more: 4)
            let before = try await house.dump(theirs)
            for route in Self.routes {
                func answer(_ rows: [String: Int64]) async throws -> (Int, String) {
                    var path = "/api/v1/accounts/\(mine.account.id)/\(route.path)"
                    for (name, number) in rows { path = path.replacing(":\(name)", with: String(number)) }
                    let answer = try await house.call(route.method, path, route.body, token: mine.token)
                    // The sentence names the number that was asked for; nothing else may differ.
                    return (answer.status, rows.values.reduce(answer.text) { $0.replacing(String($1), with: "N") })
                }
                let foreign = try await answer([
                    "conversation": theirs.conversation.displayID, "message": theirs.message.id.value, "contact": theirs.contact.id.value,
                    "inbox": theirs.inbox.id.value, "mail": theirs.mail.value, "canned": theirs.canned,
                    "notice": theirs.notice, "team": theirs.team, "filter": theirs.filter, "note": theirs.note,
                    "agent": theirs.agent.id.value,
                ])
                let missing = try await answer([
                    "conversation": 777_001, "message": 777_002, "contact": 777_003, "inbox": 777_004, "mail": 777_005, "canned": 777_006,
                    "notice": 777_010, "team": 777_007, "filter": 777_008, "note": 777_009,
                    "agent": 777_011,
                ])
                #expect(foreign == missing, "\(route.method) \(route.path)")
                #expect(foreign.0 == 404, "\(route.method) \(route.path)")
                // A message of theirs in a conversation of mine.
                if route.path.contains(":message") {
                    let mixed = try await answer(["conversation": mine.conversation.displayID, "message": theirs.message.id.value])
                    #expect(mixed.0 == 404, "\(route.method) \(route.path)")
                }
                // A note about their contact below a contact of mine.
                if route.path.contains(":note") {
                    let mixed = try await answer(["contact": mine.contact.id.value, "note": theirs.note])
                    #expect(mixed.0 == 404, "\(route.method) \(route.path)")
                }
            }
            #expect(try await house.dump(theirs) == before)
        }
    }

    @Test func `somebody else's account is answered like one that is not there, on every route`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let theirs = try await house.tenant("theirs")
            let before = try await house.dump(theirs)
            for route in try house.accountRoutes {
                func answer(_ account: Int64) async throws -> (Int, String) {
                    let path = route.path.replacing(":account", with: String(account)).replacing("/:", with: "/1")
                        .replacing(/1[a-z]+/, with: "1")
                    let answer = try await house.call(route.method, path, route.method == .get ? nil : "{}", token: mine.token)
                    return (answer.status, answer.text)
                }
                let (foreign, missing) = (try await answer(theirs.account.id.value), try await answer(777_001))
                #expect(foreign == missing, "\(route.method) \(route.path)")
                #expect(foreign.0 == 404, "\(route.method) \(route.path)")
            }
            #expect(try await house.dump(theirs) == before)
        }
    }

    @Test func `nothing is answered without signing in, on every route`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            for route in try house.accountRoutes {
                let path = route.path.replacing(":account", with: "\(mine.account.id)").replacing("/:", with: "/1").replacing(
                    /1[a-z]+/, with: "1")
                for token in [nil, "", "wrong", String(mine.token.dropLast()) + "x"] {
                    let answer = try await house.call(route.method, path, route.method == .get ? nil : "{}", token: token)
                    #expect(answer.status == 401, "\(route.method) \(route.path)")
                }
            }
        }
    }

    @Test func `the tables above name every route`() async throws {
        try await AgentTestHouse.with { house in
            func registered(_ prefix: String) -> Set<String> {
                Set(
                    house.routes.filter { $0.path.hasPrefix(prefix) && $0.method != .head }.map { route in
                        "\(route.method.rawValue) \(route.path.dropFirst(prefix.count).drop { $0 == "/" })"
                    })
            }
            let named = Set(Self.routes.map { "\($0.method.rawValue) \($0.path)" }).union(Self.withoutRows)
            #expect(registered("/api/v1/accounts/:account") == named)
            #expect(registered("/api/v2/accounts/:account") == Self.reports)
        }
    }
}

extension AgentTestHouse {
    fileprivate var accountRoutes: [(method: HTTPRequest.Method, path: String)] {
        get throws {
            let found = routes.filter { $0.path.contains(":account") }
            try #require(found.count > 50)
            return found
        }
    }

    /// All that the database holds of an account, as text.
    func dump(_ tenant: Tenant) async throws -> String {
        try await desk.database.read { tx in
            try [
                "conversations", "messages", "contacts", "inboxes", "inbound_mails", "events", "labels", "agents", "teams",
                "notifications",
                "custom_filters", "contact_notes", "visitor_pages",
            ].map { table in
                try tx.rows("SELECT * FROM \(table) WHERE account_id = ? ORDER BY id", [tenant.account.id]).map { "\($0.values)" }
                    .joined(separator: "\n")
            }.joined(separator: "\n")
        }
    }
}
