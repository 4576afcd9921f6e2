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
        let draft = request.isMultipart ? try draft(await request.form()) : try await request.fields().visitorDraft()
        let answer = try await PostVisitorMessage(desk: desk).run(credentials, draft)
        return .json(.messageForVisitor(answer.message, links: desk.attachmentLinks))
    }

    private func draft(_ form: MultipartForm) throws -> VisitorDraft {
        var draft = try Fields(form.members).visitorDraft()
        draft.files = form.files(named: "message[attachments]")
        return draft
    }

    @Sendable private func answer(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let number = context.parameters.get("id", as: Int64.self) else { throw DeskError.notFound("There is no such message.") }
        let fields = try await request.fields()
        let email = try fields.part("contact").text("email") ?? fields.part("message").text("submitted_email")
        let credentials = try credentials(request, counting: email == nil ? .messages : .addresses)
        let answer = try await AnswerInput(desk: desk).run(
            credentials, message: number, email: email, values: fields.part("message").json["submitted_values"])
        guard case .object(let members) = JSON.messageForVisitor(answer.message, links: desk.attachmentLinks) else { return .json(.null) }
        return .json(.object(members + [("contact", .ownContact(answer.contact.contact, suggestion: answer.contact.suggestion))]))
    }
}
