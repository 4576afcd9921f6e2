import Desk
import Hummingbird
import NIOCore
import Store

/// The mail desk: every mail that came in, with what became of it.
func addMailRoutes(to account: AccountRoutes, desk: Desk) {
    let mails = ListMails(desk: desk)

    let dealWith = DealWithMail(desk: desk)
    account.get("mail_health") { caller, _, _ in
        .json(.mailHealth(try await desk.database.read { try desk.mailHealth(of: caller.agent.accountID, $0) }))
    }
    account.post("mail_health/resume") { caller, _, _ in
        guard caller.agent.role == .administrator else { throw DeskError.notAllowed("Only administrators can have mail sent again.") }
        try await ResumeRelay(desk: desk).run(for: caller.agent.accountID)
        return .json(.mailHealth(try await desk.database.read { try desk.mailHealth(of: caller.agent.accountID, $0) }))
    }

    account.get("mails") { caller, request, _ in
        let outcomes = try outcomes(request.query("outcome"))
        let page = try await mails.run(
            outcomes: outcomes, unsettled: request.query("settled") == "false", page: request.page, by: caller.agent)
        return .json(
            .object([
                ("payload", .array(page.rows.map { JSON.mailRow($0) })),
                ("meta", .object([("count", .integer(page.count)), ("current_page", .integer(Int64(max(1, request.page))))])),
            ]))
    }
    account.get("mails/counts") { caller, _, _ in .json(try await mails.counts(by: caller.agent)) }
    account.get("mails/:mail") { caller, _, context in
        .json(.mailRow(try await mails.one(context.number("mail"), by: caller.agent)))
    }
    account.get("mails/:mail/raw") { caller, _, context in
        let number = try context.number("mail")
        let bytes = try await mails.raw(number, by: caller.agent)
        // Only ever a download: what it contains must not run here.
        return Response(
            status: .ok,
            headers: [
                .contentType: "message/rfc822", .contentDisposition: "attachment; filename=\"mail-\(number).eml\"",
                .contentSecurityPolicy: "sandbox; default-src 'none'",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    for way in [DealWithMail.Way.release, .replay, .discard] {
        account.post("mails/:mail/\(way.rawValue)") { caller, _, context in
            .json(.mailRow(try await dealWith.run(way, context.number("mail"), by: caller.agent)))
        }
    }
}

/// One outcome, several with commas, `desk` or `all`.
private func outcomes(_ text: String?) throws -> [MailOutcome] {
    guard let text, text != "all" else { return [] }
    if text == "desk" { return MailOutcome.toDecide }
    return try text.split(separator: ",").prefix(10).map { word in
        guard let outcome = MailOutcome(rawValue: String(word)) else {
            throw DeskError.invalid(
                "`outcome` is desk, all, or some of \(MailOutcome.allCases.map(\.rawValue).joined(separator: ", ")).",
                attributes: ["outcome"])
        }
        return outcome
    }
}
