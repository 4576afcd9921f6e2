import Conversations
import Desk
import Hummingbird
import Store

/// Finding, reading and starting conversations.
func addConversationRoutes(to account: AccountRoutes, desk: Desk) {
    let list = ListConversations(desk: desk)
    let links = desk.attachmentLinks

    account.get("conversations") { caller, request, _ in
        let page = try await list.run(filter(request, caller.agent), words: words(request), page: request.page, by: caller.agent)
        return .json(.object([("data", listing(page, links))]))
    }
    account.get("conversations/meta") { caller, request, _ in
        .json(.object([("meta", .counts(try await list.counts(filter(request, caller.agent), words: words(request), by: caller.agent)))]))
    }
    account.get("conversations/search") { caller, request, _ in
        let page = try await list.run(ConversationFilter(), words: words(request) ?? SearchWords(""), page: request.page, by: caller.agent)
        return .json(listing(page, links))
    }
    account.post("conversations/filter") { caller, request, _ in
        let conditions = try await request.fields().list("payload") ?? []
        let page = try await list.run(ConversationFilter(conditions), page: request.page, by: caller.agent)
        return .json(.object([("data", listing(page, links))]))
    }
    account.post("conversations") { caller, request, _ in
        let view = try await StartConversation(desk: desk).run(start(request.fields(), caller), by: caller.agent)
        return .json(.conversation(view, links: links))
    }
    account.post("actions/conversation_merge") { caller, request, _ in
        let fields = try await request.fields()
        guard let base = try fields.number("base_conversation_id"), let other = try fields.number("mergee_conversation_id") else {
            throw DeskError.invalid("`base_conversation_id` and `mergee_conversation_id` are needed.", attributes: ["base_conversation_id"])
        }
        return .json(.conversation(try await MergeConversations(desk: desk).run(other, into: base, by: caller.agent), links: links))
    }
    account.delete("conversations/:conversation") { caller, _, context in
        try caller.requireAdministrator()
        try await DeleteConversation(desk: desk).run(context.number("conversation"), by: caller.agent)
        return .json(.object([]))
    }
    account.get("conversations/:conversation/export") { caller, _, context in
        let number = try context.number("conversation")
        return .json(
            try await ExportConversation(desk: desk).run(number, in: caller.agent.accountID),
            headers: [.contentDisposition: "attachment; filename=\"conversation-\(number).json\""])
    }
    account.get("conversations/:conversation") { caller, _, context in
        .json(.conversation(try await ShowConversation(desk: desk).run(context.number("conversation"), by: caller.agent), links: links))
    }
}

private func listing(_ page: ListConversations.Page, _ links: AttachmentLinks) -> JSON {
    .object([("meta", .counts(page.counts)), ("payload", .array(page.rows.map { JSON.conversation($0, links: links) }))])
}

extension JSON {
    fileprivate static func counts(_ counts: ConversationCounts) -> JSON {
        .object([
            ("mine_count", .integer(Int64(counts.mine))), ("assigned_count", .integer(Int64(counts.assigned))),
            ("unassigned_count", .integer(Int64(counts.unassigned))), ("all_count", .integer(Int64(counts.all))),
        ])
    }
}

/// What is searched for; nil where nothing is.
private func words(_ request: Request) -> SearchWords? {
    // Words that stand apart are found wherever they would be found together: the last reading finds what the first does.
    guard let text = request.readings("q").last, text.contains(where: { !$0.isWhitespace }) else { return nil }
    return SearchWords(text)
}

/// The list's parameters; Chatwoot shows what is open where no status is named.
private func filter(_ request: Request, _ agent: Agent) throws -> ConversationFilter {
    var filter = ConversationFilter()
    switch request.query("status") {
    case nil: filter.status = .open
    case "all": filter.status = nil
    case .some(let word):
        guard let status = Conversation.Status(rawValue: word) else {
            throw DeskError.invalid("`status` is open, pending, snoozed, resolved or all.", attributes: ["status"])
        }
        filter.status = status
    }
    switch request.query("assignee_type") {
    case nil, "all": filter.assignee = .all
    case "me": filter.assignee = .agent(agent.id)
    case "unassigned": filter.assignee = .unassigned
    case "assigned": filter.assignee = .assigned
    case .some: throw DeskError.invalid("`assignee_type` is me, unassigned, assigned or all.", attributes: ["assignee_type"])
    }
    filter.inbox = request.query("inbox_id").flatMap { Int64($0) }.map { ID($0) }
    filter.team = request.query("team_id").flatMap { Int64($0) }
    filter.labels = Array(request.queryList("labels").map { $0.lowercased() }.prefix(50))
    switch request.query("conversation_type") {
    case nil, "all": break
    case "mention": filter.mentioned = agent.id
    case "unattended": filter.isUnattended = true
    case "held": filter.isHeld = true
    case .some: throw DeskError.invalid("`conversation_type` is mention, unattended, held or all.", attributes: ["conversation_type"])
    }
    filter.sort = request.query("sort_by").flatMap(ConversationFilter.Sort.init(rawValue:)) ?? .latest
    return filter
}

extension ConversationFilter {
    /// Conditions as the filter's address takes them: equality, joined by AND.
    fileprivate init(_ conditions: [Fields]) throws {
        self.init()
        for (index, condition) in conditions.prefix(20).enumerated() {
            let name = try condition.text("attribute_key") ?? ""
            let joined = try condition.text("query_operator")?.lowercased() ?? "and"
            guard try condition.text("filter_operator") ?? "equal_to" == "equal_to", joined == "and" || index == conditions.count - 1 else {
                throw DeskError.invalid("Only `equal_to`, joined by `and`, is understood here.", attributes: ["payload"])
            }
            let values = try condition.texts("values") ?? []
            guard let value = values.first else { throw DeskError.invalid("`\(name)` needs a value.", attributes: ["payload"]) }
            switch name {
            case "status":
                guard value != "all" else { continue }
                guard let status = Conversation.Status(rawValue: value), values.count == 1 else {
                    throw DeskError.invalid("`status` is one of open, pending, snoozed, resolved, all.", attributes: ["status"])
                }
                self.status = status
            case "assignee_id": assignee = Int64(value).map { .agent(ID($0)) } ?? .unassigned
            case "inbox_id": inbox = Int64(value).map { ID($0) }
            case "team_id": team = Int64(value)
            case "labels": labels = Array(values.map { $0.lowercased() }.prefix(50))
            default:
                throw DeskError.invalid(
                    "Conversations can be filtered by status, assignee_id, inbox_id, team_id and labels.", attributes: ["attribute_key"])
            }
        }
    }
}

private func start(_ fields: Fields, _ caller: Caller) throws -> StartConversation.Request {
    var start = StartConversation.Request()
    start.contactID = try fields.number("contact_id")
    start.sourceID = try fields.text("source_id")
    start.inboxID = try fields.number("inbox_id")
    start.status = try fields.word("status", Conversation.Status.self) ?? .open
    start.snoozedUntil = try fields.moment("snoozed_until")
    start.assigneeID = try fields.number("assignee_id")
    start.teamID = try fields.number("team_id")
    start.additionalAttributes = try fields.object("additional_attributes") ?? "{}"
    start.customAttributes = try fields.object("custom_attributes") ?? "{}"
    if fields.has("message"), try fields.part("message").text("content")?.isEmpty == false {
        start.message = try outgoingDraft(fields.part("message"), caller)
    }
    return start
}
