import Foundation
import MailFormat
import Store

/// The demo's local mailbox as a mail program shows it.
public struct ReadMailbox: Sendable {
    static let most = 200

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// Newest first.
    public func list() async throws -> [JSON] {
        let desk = self.desk
        let mails = try await desk.database.read { tx in
            try tx.mailbox(limit: Self.most).compactMap { entry in try desk.outgoing(entry.outboxID, tx).map { (entry, $0.raw) } }
        }
        return mails.map { entry, raw in .object(Self.row(entry, MailReader().read(raw))) }
    }

    public func show(_ id: Int64) async throws -> JSON {
        let desk = self.desk
        let (entry, raw) = try await desk.database.read { tx in
            guard let entry = try tx.mailboxEntry(id), let raw = try desk.outgoing(entry.outboxID, tx)?.raw else {
                throw DeskError.notFound("There is no such mail in the local mailbox.")
            }
            return (entry, raw)
        }
        let mail = MailReader().read(raw)
        return .object(
            Self.row(entry, mail) + [
                ("text", .string(mail.text)), ("html", JSON(mail.html)),
                ("headers", .array(mail.headers.map { .array([.string($0.name), .string($0.value)]) })),
                (
                    "attachments",
                    .array(
                        mail.attachments.map {
                            .object([
                                ("filename", .string($0.filename ?? "file")), ("size", .integer(Int64($0.size))),
                                ("content_type", .string($0.contentType)),
                            ])
                        })
                ),
            ])
    }

    /// The website of the demo, the first that there is: its token, and what goes into its pages.
    public func website() async throws -> (token: String, snippet: String) {
        let desk = self.desk
        return try await desk.database.read { tx in
            guard let account = try tx.firstAccount(),
                let inbox = try tx.inboxes(of: account.id).first(where: { $0.websiteToken != nil }),
                let token = inbox.websiteToken, let snippet = inbox.widgetScript(publicURL: desk.options.publicURL)
            else { throw DeskError.notFound("There is no website inbox yet.") }
            return (token, snippet)
        }
    }

    private static func row(_ entry: MailboxEntry, _ mail: ParsedMail) -> [(String, JSON)] {
        [
            ("id", .integer(entry.id)), ("from", .string(mail.from.map { words($0) } ?? "")), ("to", .string(entry.toAddress)),
            ("subject", .string(mail.subject ?? "")), ("date", .integer(entry.receivedAt.seconds)),
            ("preview", .string(String(mail.text.prefix(140)))), ("answered", .bool(entry.answeredAt != nil)),
        ]
    }

    private static func words(_ address: MailAddress) -> String { address.name.map { "\($0) <\(address.address)>" } ?? address.address }
}
