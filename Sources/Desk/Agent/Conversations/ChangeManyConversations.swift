import Conversations
import Store

/// One change on many conversations at once: each is changed as if it had been alone, and one that cannot be holds up no other.
public struct ChangeManyConversations: Sendable {
    public static let most = 100

    public struct Changes: Sendable {
        public var status: Conversation.Status?
        public var snoozedUntil: Instant?
        /// The outer nil leaves it, the inner one takes it away.
        public var assignee: Int64??
        /// Likewise.
        public var team: Int64??
        public var isRead = false
        public var addedLabels: [String] = []
        public var removedLabels: [String] = []

        public init() {}

        var isEmpty: Bool { status == nil && assignee == nil && team == nil && !isRead && addedLabels.isEmpty && removedLabels.isEmpty }
    }

    public struct Refusal: Sendable {
        public let conversation: Int64
        public let reason: String
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Returns: what could not be changed, and why.
    public func run(_ numbers: [Int64], _ changes: Changes, by agent: Agent) async throws -> [Refusal] {
        guard (1...Self.most).contains(numbers.count) else {
            throw DeskError.invalid("Name 1 to \(Self.most) conversations in `ids`.", attributes: ["ids"])
        }
        guard !changes.isEmpty else { throw DeskError.invalid("Say what to change: `fields` or `labels`.", attributes: ["fields"]) }
        var refused: [Refusal] = []
        for number in Set(numbers).sorted() {
            do {
                try await change(number, changes, by: agent)
            } catch let error as DeskError {
                refused.append(Refusal(conversation: number, reason: error.description))
            }
        }
        return refused
    }

    private func change(_ number: Int64, _ changes: Changes, by agent: Agent) async throws {
        if let assignee = changes.assignee { _ = try await AssignConversation(desk: desk).run(number, to: assignee, by: agent) }
        if let team = changes.team { _ = try await AssignTeam(desk: desk).run(number, to: team, by: agent) }
        if changes.isRead { _ = try await MarkConversationSeen(desk: desk).run(number, by: agent) }
        if !changes.addedLabels.isEmpty || !changes.removedLabels.isEmpty {
            let known = try await desk.database.read { try $0.conversation(number, of: agent).labels }
            let removed = Set(changes.removedLabels)
            let labels = known.filter { !removed.contains($0) } + changes.addedLabels.filter { !known.contains($0) }
            _ = try await ChangeConversation(desk: desk).run(number, .labels(labels), by: agent)
        }
        if let status = changes.status {
            _ = try await SetConversationStatus(desk: desk).run(number, to: status, snoozedUntil: changes.snoozedUntil, by: agent)
        }
    }
}
