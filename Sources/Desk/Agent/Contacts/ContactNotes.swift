import Conversations
import Store

/// What agents write down about a contact, for each other. The customer never sees it.
public struct ContactNotes: Sendable {
    static let most = 200
    static let longest = 20_000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct View: Sendable {
        public let note: ContactNote
        public let author: Agent?
    }

    /// The newest first.
    public func list(about number: Int64, by agent: Agent) async throws -> [View] {
        try await desk.database.read { tx in
            try Self.views(of: tx.notes(about: tx.contact(number, of: agent).id, limit: Self.most), tx)
        }
    }

    public func show(_ id: Int64, about number: Int64, by agent: Agent) async throws -> View {
        try await desk.database.read { tx in try Self.view(of: Self.find(id, about: number, of: agent, tx), tx) }
    }

    public func create(about number: Int64, content: String, by agent: Agent) async throws -> View {
        let (content, now) = (try Self.clean(content), desk.now())
        return try await desk.database.write { tx in
            let contact = try tx.contact(number, of: agent)
            guard try tx.notes(about: contact.id, limit: Self.most).count < Self.most else {
                throw DeskError.invalid("There are \(Self.most) notes about this contact already. Delete some that nobody needs.")
            }
            return View(note: try tx.createNote(about: contact, by: agent.id, content: content, at: now), author: agent)
        }
    }

    public func update(_ id: Int64, about number: Int64, content: String, by agent: Agent) async throws -> View {
        let (content, now) = (try Self.clean(content), desk.now())
        return try await desk.database.write { tx in
            var note = try Self.find(id, about: number, of: agent, tx)
            (note.content, note.updatedAt) = (content, now)
            try tx.updateNote(note)
            return try Self.view(of: note, tx)
        }
    }

    public func delete(_ id: Int64, about number: Int64, by agent: Agent) async throws {
        try await desk.database.write { tx in try tx.deleteNote(Self.find(id, about: number, of: agent, tx).id) }
    }

    private static func find(_ id: Int64, about number: Int64, of agent: Agent, _ tx: any Connection) throws -> ContactNote {
        let contact = try tx.contact(number, of: agent)
        guard let found = try tx.note(id), found.contactID == contact.id else {
            throw DeskError.notFound("There is no note \(id) about this contact.")
        }
        return found
    }

    private static func view(of note: ContactNote, _ tx: any Connection) throws -> View {
        View(note: note, author: try tx.agents([note.agentID]).first)
    }

    private static func views(of notes: [ContactNote], _ tx: any Connection) throws -> [View] {
        let authors = Dictionary(try tx.agents(Array(Set(notes.map(\.agentID)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return notes.map { View(note: $0, author: authors[$0.agentID]) }
    }

    private static func clean(_ content: String) throws -> String {
        let content = content.trimmingWhitespace.replacing("\0", with: "")
        guard (1...longest).contains(content.utf8.count) else {
            throw DeskError.invalid("Write the note, \(longest) bytes at most.", attributes: ["content"])
        }
        return content
    }
}

extension JSON {
    public static func contactNote(_ view: ContactNotes.View) -> JSON {
        let note = view.note
        return .object([
            ("id", .integer(note.id)), ("content", .string(note.content)), ("account_id", .integer(note.accountID.value)),
            ("contact_id", .integer(note.contactID.value)), ("user", view.author.map { .agent($0) } ?? .null),
            ("created_at", .integer(note.createdAt.seconds)), ("updated_at", .integer(note.updatedAt.seconds)),
        ])
    }
}
