import Desk
import Hummingbird
import NIOCore
import Store

/// The mail desk: every mail that came in, with what became of it.
func addMailRoutes(to account: AccountRoutes, desk: Desk) {
    let mails = ListMails(desk: desk)

    account.get("mails") { caller, request, _ in
        let outcome = try request.query("outcome").flatMap { word -> MailOutcome? in
            if word == "all" { return nil }
            guard let outcome = MailOutcome(rawValue: word) else {
                throw DeskError.invalid(
                    "`outcome` is one of \(MailOutcome.allCases.map(\.rawValue).joined(separator: ", ")).", attributes: ["outcome"])
            }
            return outcome
        }
        let page = try await mails.run(outcome: outcome, page: request.page, by: caller.agent)
        return .json(
            .object([
                ("payload", .array(page.rows.map { JSON.mailRow($0) })),
                ("meta", .object([("count", .integer(page.count)), ("current_page", .integer(Int64(max(1, request.page))))])),
            ]))
    }
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
    account.post("mails/:mail/replay") { caller, _, context in
        .json(.mailRow(try await mails.replay(context.number("mail"), by: caller.agent)))
    }
}
