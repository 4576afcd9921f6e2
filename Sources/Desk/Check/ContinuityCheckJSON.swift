import Conversations
import Foundation
import Store

/// Lists that the store keeps as JSON.
enum CheckList<Item: Codable> {
    static func decode(_ text: String) -> [Item] { (try? JSONDecoder().decode([Item].self, from: Data(text.utf8))) ?? [] }

    static func encode(_ items: [Item]) -> String {
        (try? JSONEncoder().encode(items)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}

extension Desk {
    /// The last check of an inbox, and whether the inbox promises mail.
    func checkJSON(of inbox: Inbox, _ tx: any Connection) throws -> JSON {
        let last = try tx.lastCheck(of: inbox.id)
        let passed = try tx.lastPassed(of: inbox.id)
        let proof = try mailProof(of: inbox, tx)
        return .object([
            ("inbox_id", .integer(inbox.id.value)), ("id", JSON(last?.id.value)), ("state", .string(last?.state.rawValue ?? "never")),
            ("origin", JSON(last?.origin.rawValue)), ("started_at", JSON(last?.startedAt.seconds)),
            ("finished_at", JSON(last?.finishedAt?.seconds)), ("deadline", JSON(last?.deadline.seconds)),
            ("passed_at", JSON(passed?.seconds)),
            ("hops", .array(CheckList<CheckHop>.decode(last?.hops ?? "[]").map(\.json))),
            ("faults", .array(CheckList<CheckFault>.decode(last?.faults ?? "[]").map(\.json))),
            ("promises_email", .bool(proof == .given)), ("why_not", JSON(proof.words)),
        ])
    }
}

extension CheckHop {
    var json: JSON {
        .object([("name", .string(name.rawValue)), ("state", .string(state.rawValue)), ("at", .integer(at)), ("words", .string(words))])
    }
}

extension CheckFault {
    var json: JSON {
        .object([
            ("code", .string(code.rawValue)), ("level", .string(level.rawValue)), ("words", .string(words)), ("advice", .string(advice)),
            ("setting", JSON(setting)), ("record", record?.json ?? .null),
        ])
    }
}

extension DNSRow {
    var json: JSON {
        .object([
            ("type", .string(type.rawValue)), ("name", .string(name)), ("value", JSON(value)), ("why", .string(why)),
            ("state", .string(state.rawValue)), ("found", .array(found.map { .string($0) })),
        ])
    }
}

extension Journal {
    /// A check went on: who shows it asks for it.
    func check(_ check: ContinuityCheck) throws {
        let payload = JSON.object([
            ("inbox_id", .integer(check.inboxID.value)), ("id", .integer(check.id.value)), ("state", .string(check.state.rawValue)),
        ])
        try tx.append(.continuityCheck, account: check.accountID, payload: payload.text, at: desk.now())
    }
}
