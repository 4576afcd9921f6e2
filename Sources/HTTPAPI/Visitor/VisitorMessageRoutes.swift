import Desk
import Hummingbird

/// The messages of the visitor's conversation.
extension VisitorRoutes {
    func addMessages(to widget: RouterGroup<DeskRequestContext>) {
        let messages = widget.group("messages")
        messages.get(use: list)
        messages.post(use: post)
        messages.patch(":id", use: answer)
    }

    @Sendable private func list(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let thread = try await ShowVisitorThread(desk: desk).run(
            credentials(request), before: request.queryNumber("before"), after: request.queryNumber("after"))
        let links = desk.attachmentLinks
        let seen = thread?.conversation.contactLastSeenAt
        return .json(
            .object([
                ("payload", .array((thread?.messages ?? []).map { .messageForVisitor($0, links: links) })),
                ("meta", .object([("contact_last_seen_at", JSON(seen?.seconds)), ("contact_last_seen_at_ms", JSON(seen?.milliseconds))])),
            ]))
    }

    @Sendable private func post(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let credentials = try credentials(request, counting: .messages)
        let draft = request.isMultipart ? try await draft(request.form()) : try await request.decode(VisitorBody.Post.self).draft()
        let answer = try await PostVisitorMessage(desk: desk).run(credentials, draft)
        return .json(.messageForVisitor(answer.message, links: desk.attachmentLinks))
    }

    private func draft(_ form: MultipartForm) -> VisitorDraft {
        var draft = VisitorDraft()
        draft.content = form["message[content]"]
        draft.echoID = form["message[echo_id]"].flatMap { $0.isEmpty ? nil : String($0.prefix(128)) }
        draft.refererURL = form["message[referer_url]"]
        draft.labels = Array(form.list("labels[]").prefix(20))
        draft.files = form.files.filter { $0.field == "message[attachments][]" || $0.field == "message[attachments]" }.map(\.incoming)
        return draft
    }

    @Sendable private func answer(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let number = context.parameters.get("id", as: Int64.self) else { throw DeskError.notFound("There is no such message.") }
        let body = try await request.decode(VisitorBody.Post.self)
        let email = body.contact?.email ?? body.message?.submitted_email
        let credentials = try credentials(request, counting: email == nil ? .messages : .addresses)
        let answer = try await AnswerInput(desk: desk).run(
            credentials, message: number, email: email, values: body.message?.submitted_values?.nonNull)
        guard case .object(let members) = JSON.messageForVisitor(answer.message, links: desk.attachmentLinks) else { return .json(.null) }
        return .json(.object(members + [("contact", .ownContact(answer.contact.contact, suggestion: answer.contact.suggestion))]))
    }
}
