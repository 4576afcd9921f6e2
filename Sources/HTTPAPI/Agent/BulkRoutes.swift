import Conversations
import Desk
import Hummingbird

/// One change on many conversations.
func addBulkRoutes(to account: AccountRoutes, desk: Desk) {
    account.post("bulk_actions") { caller, request, _ in
        let all = try await request.fields()
        guard try all.text("type") ?? "Conversation" == "Conversation" else {
            throw DeskError.invalid("`type` is Conversation.", attributes: ["type"])
        }
        let fields = all.part("fields")
        let labels = all.part("labels")
        var changes = ChangeManyConversations.Changes()
        changes.status = try fields.word("status", Conversation.Status.self)
        changes.snoozedUntil = try all.moment("snoozed_until") ?? fields.moment("snoozed_until")
        if fields.has("assignee_id") { changes.assignee = .some(try fields.number("assignee_id").flatMap { $0 == 0 ? nil : $0 }) }
        if fields.has("team_id") { changes.team = .some(try fields.number("team_id").flatMap { $0 == 0 ? nil : $0 }) }
        changes.isRead = try fields.bool("read") ?? false
        changes.addedLabels = try labels.texts("add") ?? []
        changes.removedLabels = try labels.texts("remove") ?? []
        let numbers = try (all.texts("ids") ?? []).compactMap { Int64($0) }
        let refused = try await ChangeManyConversations(desk: desk).run(numbers, changes, by: caller.agent)
        return .json(
            .object([
                (
                    "refused",
                    .array(refused.map { .object([("id", .integer($0.conversation)), ("error", .string($0.reason))]) })
                )
            ]))
    }
}
