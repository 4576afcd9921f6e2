import Conversations
import Desk
import Hummingbird
import Store

/// What agents do to a conversation.
func addConversationChangeRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "conversations/:conversation"
    let links = desk.attachmentLinks
    let change = ChangeConversation(desk: desk)
    let done = JSON.object([])

    account.post("\(path)/toggle_status") { caller, request, context in
        let fields = try await request.fields()
        let conversation = try await SetConversationStatus(desk: desk).run(
            context.number("conversation"), to: fields.word("status", Conversation.Status.self),
            snoozedUntil: fields.moment("snoozed_until"), by: caller.agent)
        return .json(
            .object([
                ("meta", .object([])),
                (
                    "payload",
                    .object([
                        ("success", .bool(true)), ("conversation_id", .integer(conversation.displayID)),
                        ("current_status", .string(conversation.status.rawValue)),
                        ("snoozed_until", JSON(conversation.snoozedUntil?.seconds)),
                    ])
                ),
            ]))
    }
    account.post("\(path)/toggle_priority") { caller, request, context in
        _ = try await change.run(context.number("conversation"), .priority(priority(request.fields())), by: caller.agent)
        return .json(done)
    }
    account.patch("\(path)") { caller, request, context in
        let fields = try await request.fields()
        let number = try context.number("conversation")
        if fields.has("priority") { _ = try await change.run(number, .priority(priority(fields)), by: caller.agent) }
        return .json(.conversation(try await ShowConversation(desk: desk).run(number, by: caller.agent), links: links))
    }
    account.post("\(path)/assignments") { caller, request, context in
        let fields = try await request.fields()
        let number = try context.number("conversation")
        if fields.has("team_id") && !fields.has("assignee_id") {
            let wanted = try fields.number("team_id").flatMap { $0 == 0 ? nil : $0 }
            return .json(try await AssignTeam(desk: desk).run(number, to: wanted, by: caller.agent).map { JSON.team($0) } ?? .null)
        }
        let wanted = try fields.number("assignee_id").flatMap { $0 == 0 ? nil : $0 }
        let assignee = try await AssignConversation(desk: desk).run(number, to: wanted, by: caller.agent)
        return .json(assignee.map { JSON.agent($0) } ?? .null)
    }
    account.get("\(path)/labels") { caller, _, context in
        let view = try await ShowConversation(desk: desk).run(context.number("conversation"), by: caller.agent)
        return .json(payload(labels: view.conversation.labels))
    }
    account.post("\(path)/labels") { caller, request, context in
        let conversation = try await change.run(
            context.number("conversation"), .labels(request.fields().texts("labels") ?? []), by: caller.agent)
        return .json(payload(labels: conversation.labels))
    }
    account.post("\(path)/custom_attributes") { caller, request, context in
        let fields = try await request.fields()
        let conversation = try await change.run(
            context.number("conversation"),
            .customAttributes(fields.object("custom_attributes") ?? "{}", merging: fields.bool("merge") ?? false), by: caller.agent)
        return .json(.object([("custom_attributes", .raw(conversation.customAttributes))]))
    }
    account.post("\(path)/destroy_custom_attributes") { caller, request, context in
        let names = try await request.fields().texts("custom_attributes") ?? []
        let conversation = try await change.run(context.number("conversation"), .dropCustomAttributes(names), by: caller.agent)
        return .json(.object([("custom_attributes", .raw(conversation.customAttributes))]))
    }
    account.post("\(path)/mute") { caller, _, context in
        _ = try await change.run(context.number("conversation"), .muted(true), by: caller.agent)
        return .json(done)
    }
    account.post("\(path)/unmute") { caller, _, context in
        _ = try await change.run(context.number("conversation"), .muted(false), by: caller.agent)
        return .json(done)
    }
    account.post("\(path)/revoke_chat_links") { caller, _, context in
        try await OpenChatLink(desk: desk).stop(context.number("conversation"), by: caller.agent)
        return .json(done)
    }
    account.post("\(path)/transcript") { caller, request, context in
        let address = try await MailTranscript(desk: desk).run(
            context.number("conversation"), to: request.fields().text("email"), by: caller.agent)
        return .json(.object([("email", .string(address))]))
    }
    account.post("\(path)/mail_participants") { caller, request, context in
        let fields = try await request.fields()
        let word = try fields.text("standing") ?? ""
        let standing = Participant.Standing(rawValue: word)
        guard standing != nil || word == "none" else {
            throw DeskError.invalid("`standing` is participant, separate, discarded or none.", attributes: ["standing"])
        }
        let participants = try await MailParticipants(desk: desk).run(
            context.number("conversation"), address: fields.text("address") ?? "", standing: standing, by: caller.agent)
        return .json(.participants(participants))
    }
    account.post("\(path)/resume_mail") { caller, _, context in
        .json(.conversation(try await ResumeMail(desk: desk).run(context.number("conversation"), by: caller.agent), links: links))
    }
    account.post("\(path)/update_last_seen") { caller, _, context in
        .json(.conversation(try await MarkConversationSeen(desk: desk).run(context.number("conversation"), by: caller.agent), links: links))
    }
    account.post("\(path)/unread") { caller, _, context in
        .json(
            .conversation(try await MarkConversationSeen(desk: desk).unread(context.number("conversation"), by: caller.agent), links: links)
        )
    }
    account.post("\(path)/toggle_typing_status") { caller, request, context in
        let fields = try await request.fields()
        guard let status = try fields.text("typing_status") ?? request.query("typing_status"), status == "on" || status == "off" else {
            throw DeskError.invalid("`typing_status` is on or off.", attributes: ["typing_status"])
        }
        try await NoteAgentTyping(desk: desk).run(
            context.number("conversation"), isOn: status == "on", isPrivate: fields.bool("is_private") ?? false, by: caller.agent)
        return .json(done)
    }
}

private func payload(labels: [String]) -> JSON { .object([("payload", .array(labels.map { .string($0) }))]) }

/// `none`, an empty text and null take the priority away.
private func priority(_ fields: Fields) throws -> Conversation.Priority? {
    if let text = try fields.text("priority"), text == "none" { return nil }
    return try fields.word("priority", Conversation.Priority.self)
}
