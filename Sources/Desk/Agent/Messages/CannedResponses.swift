import Conversations
import Store

/// The team's answers that are kept ready. Any agent may write them, as any agent may use them.
public struct CannedResponses: Sendable {
    /// An account keeps so many at most: the whole list is loaded where an agent writes.
    static let most = 1000
    static let longestCode = 64
    static let longestContent = 20_000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter search: in short word and text, whatever the case; all where it is empty.
    public func list(search: String, by agent: Agent) async throws -> [CannedResponse] {
        let all = try await desk.database.read { try $0.cannedResponses(in: agent.accountID, limit: Self.most) }
        let wanted = search.lowercased()
        return wanted.isEmpty ? all : all.filter { $0.shortCode.contains(wanted) || $0.content.lowercased().contains(wanted) }
    }

    public func create(shortCode: String, content: String, by agent: Agent) async throws -> CannedResponse {
        let (shortCode, content, now) = (try Self.clean(shortCode), try Self.cleanContent(content), desk.now())
        return try await desk.database.write { tx in
            guard try tx.cannedResponseCount(in: agent.accountID) < Self.most else {
                throw DeskError.invalid("There are \(Self.most) canned responses already. Delete one that nobody uses.")
            }
            guard let made = try tx.createCannedResponse(account: agent.accountID, shortCode: shortCode, content: content, at: now) else {
                throw Self.taken(shortCode)
            }
            return made
        }
    }

    public func update(_ id: Int64, shortCode: String?, content: String?, by agent: Agent) async throws -> CannedResponse {
        let (shortCode, content, now) = (try shortCode.map(Self.clean), try content.map(Self.cleanContent), desk.now())
        return try await desk.database.write { tx in
            var response = try Self.find(id, of: agent, tx)
            response.shortCode = shortCode ?? response.shortCode
            response.content = content ?? response.content
            response.updatedAt = now
            guard try tx.updateCannedResponse(response) else { throw Self.taken(response.shortCode) }
            return response
        }
    }

    public func delete(_ id: Int64, by agent: Agent) async throws {
        try await desk.database.write { tx in
            _ = try Self.find(id, of: agent, tx)
            try tx.deleteCannedResponse(id)
        }
    }

    private static func find(_ id: Int64, of agent: Agent, _ tx: any Connection) throws -> CannedResponse {
        guard let found = try tx.cannedResponse(id), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no canned response \(id) here.")
        }
        return found
    }

    private static func clean(_ code: String) throws -> String {
        let code = code.trimmingWhitespace.lowercased()
        guard (1...longestCode).contains(code.utf8.count), !code.contains(where: \.isWhitespace), !code.hasPrefix("/") else {
            throw DeskError.invalid(
                "The short word is what is typed after /: without spaces, \(longestCode) bytes at most.", attributes: ["short_code"])
        }
        return code
    }

    private static func cleanContent(_ content: String) throws -> String {
        guard content.contains(where: { !$0.isWhitespace }), content.utf8.count <= longestContent else {
            throw DeskError.invalid("Write the answer's text, \(longestContent) bytes at most.", attributes: ["content"])
        }
        return content
    }

    private static func taken(_ code: String) -> DeskError {
        .invalid("There is a canned response /\(code) already.", attributes: ["short_code"])
    }
}

extension JSON {
    public static func cannedResponse(_ response: CannedResponse) -> JSON {
        .object([
            ("id", .integer(response.id)), ("account_id", .integer(response.accountID.value)), ("short_code", .string(response.shortCode)),
            ("content", .string(response.content)), ("created_at", .integer(response.createdAt.seconds)),
            ("updated_at", .integer(response.updatedAt.seconds)),
        ])
    }
}
