import Conversations
import Store

extension JSON {
    /// The mailbox of an inbox as an administrator sees it: all but its secret.
    public static func mailbox(_ mailbox: StoredIMAPMailbox) -> JSON {
        .object(
            [
                ("inbox_id", .integer(mailbox.inboxID.value)), ("host", .string(mailbox.host)), ("port", .integer(Int64(mailbox.port))),
                ("security", .string(mailbox.security)), ("user", .string(mailbox.user)), ("sign_in", .string(mailbox.signIn.rawValue)),
                ("folder", .string(mailbox.folder)), ("import_existing", .bool(mailbox.importExisting)),
                ("connected_at", JSON(mailbox.connectedAt?.seconds)),
            ] + mailbox.health)
    }

    public static func mailboxTest(_ result: TryMailbox.Result) -> JSON {
        .object([
            ("works", .bool(result.works)), ("message", .string(result.words)), ("problem", JSON(result.problem)),
            ("mails", JSON(result.mails.map { Int64($0) })), ("idle", result.tellsOfNewMail.map { .bool($0) } ?? .null),
        ])
    }
}

extension StoredIMAPMailbox {
    /// How it goes with it.
    var health: [(String, JSON)] {
        [
            ("state", .string(state.rawValue)), ("reason", JSON(reason)), ("next_try_at", JSON(nextTryAt?.seconds)),
            ("last_check_at", JSON(lastCheckAt?.seconds)), ("last_mail_at", JSON(lastMailAt?.seconds)),
        ]
    }
}
