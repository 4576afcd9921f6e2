import Desk
import Hummingbird

/// The visitor's conversation.
extension VisitorRoutes {
    func addConversations(to widget: RouterGroup<DeskRequestContext>) {
        let conversations = widget.group("conversations")
        conversations.get(use: show)
        conversations.post(use: begin)
        conversations.post("update_last_seen", use: seen)
        conversations.post("toggle_typing", use: typing)
        conversations.get("toggle_status", use: end)
        conversations.post("set_custom_attributes", use: setAttributes)
        conversations.post("destroy_custom_attributes", use: dropAttributes)
        conversations.post("transcript", use: transcript)
        widget.post("labels", use: addLabel)
        widget.delete("labels/:label", use: removeLabel)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let conversation = try await ShowVisitorThread(desk: desk).conversation(credentials(request))
        return .json(conversation.map { .conversationForVisitor($0) } ?? .object([]))
    }

    @Sendable private func begin(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let fields = try await request.fields()
        let details = fields.has("contact") ? try fields.part("contact").visitorDetails() : nil
        if details?.email != nil { _ = try credentials(request, counting: .addresses) }
        let answer = try await PostVisitorMessage(desk: desk).run(
            credentials(request, counting: .messages), fields.visitorDraft(), contact: details, beginning: true)
        guard case .object(let members) = JSON.conversationForVisitor(answer.thread.conversation) else { return .json(.null) }
        let links = desk.attachmentLinks
        return .json(
            .object(
                members + [
                    ("custom_attributes", .raw(answer.thread.conversation.customAttributes)),
                    ("messages", .array(answer.thread.messages.map { .messageForVisitor($0, links: links) })),
                    ("contact", .ownContact(answer.thread.contact)),
                ]))
    }

    @Sendable private func seen(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let fields = try await request.fields()
        try await MarkSeenByVisitor(desk: desk).run(credentials(request, counting: .changes), upTo: fields.number("message_id"))
        return .json(.object([]))
    }

    @Sendable private func typing(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let status = try await request.fields().needed("typing_status")
        guard status == "on" || status == "off" else {
            throw DeskError.invalid("`typing_status` is on or off.", attributes: ["typing_status"])
        }
        try await NoteVisitorTyping(desk: desk).run(credentials(request, counting: .changes), isOn: status == "on")
        return .json(.object([]))
    }

    /// A GET that changes something, because Chatwoot's widgets call it so; it needs the session's header, which no link carries.
    @Sendable private func end(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await change(request, .end)
    }

    @Sendable private func setAttributes(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await change(request, .attributes(try await request.fields().members("custom_attributes") ?? .object([])))
    }

    @Sendable private func dropAttributes(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await change(request, .dropAttributes(try await request.fields().texts("custom_attributes") ?? []))
    }

    @Sendable private func addLabel(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await change(request, .addLabel(try await request.fields().needed("label")))
    }

    @Sendable private func removeLabel(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await change(request, .removeLabel(context.parameters.get("label") ?? ""))
    }

    /// Whatever address the body names, it goes to the one on file.
    @Sendable private func transcript(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let address = try await MailTranscript(desk: desk).run(credentials(request, counting: .addresses))
        return .json(.object([("email", .string(address))]))
    }

    private func change(_ request: Request, _ change: ChangeVisitorConversation.Change) async throws -> Response {
        let conversation = try await ChangeVisitorConversation(desk: desk).run(credentials(request, counting: .changes), change)
        return .json(conversation.map { .conversationForVisitor($0) } ?? .object([]))
    }
}
