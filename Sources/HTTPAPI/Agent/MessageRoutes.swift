import Desk
import Hummingbird
import NIOCore

/// The messages of a conversation.
func addMessageRoutes(to account: AccountRoutes, desk: Desk) {
    let path = "conversations/:conversation/messages"
    let links = desk.attachmentLinks

    account.get("\(path)") { caller, request, context in
        let page = try await ListMessages(desk: desk).run(
            context.number("conversation"), before: request.query("before").flatMap { Int64($0) },
            after: request.query("after").flatMap { Int64($0) }, by: caller.agent)
        return .json(.object([("meta", meta(page)), ("payload", .array(page.messages.map { JSON.message($0, links: links) }))]))
    }
    account.post("\(path)") { caller, request, context in
        let draft: OutgoingDraft
        if request.isMultipart {
            let form = try await request.form()
            draft = try outgoingDraft(Fields(form.members), caller, files: form.files(named: "attachments"))
        } else {
            draft = try await outgoingDraft(request.fields(), caller)
        }
        let view = try await SendAgentMessage(desk: desk).run(draft, in: context.number("conversation"), by: caller.agent)
        return .json(.message(view, links: links))
    }
    account.delete("\(path)/:message") { caller, _, context in
        let view = try await DeleteMessage(desk: desk).run(context.number("message"), in: context.number("conversation"), by: caller.agent)
        return .json(.message(view, links: links))
    }
    account.post("\(path)/:message/delivery") { caller, request, context in
        let fields = try await request.fields()
        guard let word = try fields.word("action", ChangeDelivery.Word.self) else {
            throw DeskError.invalid(
                "`action` is one of \(ChangeDelivery.Word.allCases.map(\.rawValue).joined(separator: ", ")).", attributes: ["action"])
        }
        let view = try await ChangeDelivery(desk: desk).run(
            word, address: fields.text("address"), message: context.number("message"), in: context.number("conversation"), by: caller.agent)
        return .json(.message(view, links: links))
    }
    account.post("\(path)/:message/held") { caller, request, context in
        guard let choice = try await request.fields().word("action", DecideHeldMail.Choice.self) else {
            throw DeskError.invalid("`action` is same_person, participant, separate, agent or discard.", attributes: ["action"])
        }
        let view = try await DecideHeldMail(desk: desk).run(
            choice, message: context.number("message"), in: context.number("conversation"), by: caller.agent)
        return .json(.message(view, links: links))
    }
}

private func meta(_ page: ListMessages.Page) -> JSON {
    let conversation = page.conversation
    return .object([
        ("labels", .array(conversation.labels.map { .string($0) })), ("additional_attributes", .raw(conversation.additionalAttributes)),
        ("contact", .contact(page.contact)), ("assignee", page.assignee.map { JSON.agent($0) } ?? .null),
        ("agent_last_seen_at", .integer(conversation.agentLastSeenAt?.seconds ?? 0)),
        ("assignee_last_seen_at", .integer(conversation.agentLastSeenAt?.seconds ?? 0)),
        ("contact_last_seen_at", .integer(conversation.contactLastSeenAt?.seconds ?? 0)),
    ])
}

/// What a body says of a new message. Only a program may bring in what the customer said, as Chatwoot has it.
func outgoingDraft(_ fields: Fields, _ caller: Caller, files: [IncomingFile] = []) throws -> OutgoingDraft {
    var draft = OutgoingDraft()
    draft.content = try fields.text("content")
    draft.isPrivate = try fields.bool("private") ?? false
    draft.contentType = try fields.text("content_type") ?? "text"
    draft.contentAttributes = try fields.contentAttributes()
    draft.echoID = try fields.text("echo_id")
    draft.files = files
    switch try fields.text("message_type") ?? "outgoing" {
    case "outgoing", "1": break
    case "incoming", "0":
        guard caller.proof.isAccessToken else {
            throw DeskError.invalid("Incoming messages are written by programs with an access token only.", attributes: ["message_type"])
        }
        draft.isIncoming = true
        draft.sourceID = try fields.text("source_id")
    default: throw DeskError.invalid("`message_type` is outgoing or incoming.", attributes: ["message_type"])
    }
    return draft
}

extension Fields {
    /// What stands beside a message; Chatwoot's clients write the mail's recipients beside it and not in it.
    fileprivate func contentAttributes() throws -> String {
        let kept = try object("content_attributes") ?? "{}"
        let beside = ["to_emails", "cc_emails", "bcc_emails"].compactMap { name in json[name].map { (name, $0) } }
        return beside.isEmpty ? kept : try JSONObjects.merged(kept, JSON.object(beside).text)
    }
}
