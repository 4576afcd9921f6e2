import Conversations
import Store

/// What customers answered, for the account's reports.
public struct ListSurveys: Sendable {
    static let page = 25

    public struct Row: Sendable {
        public let survey: Survey
        public let contact: Contact?
        public let agent: Agent?
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter page: from 1.
    public func run(page: Int, by agent: Agent) async throws -> [Row] {
        try await desk.database.read { tx in
            let surveys = try tx.answeredSurveys(
                of: agent.accountID, limit: Self.page, offset: (min(max(1, page), 10_000) - 1) * Self.page)
            let contacts = try tx.contacts(Array(Set(surveys.map(\.contactID))))
            let agents = try tx.agents(Array(Set(surveys.compactMap(\.agentID))))
            return surveys.map { survey in
                Row(
                    survey: survey, contact: contacts.first { $0.id == survey.contactID }, agent: agents.first { $0.id == survey.agentID })
            }
        }
    }

    public func counts(by agent: Agent) async throws -> SurveyCounts {
        try await desk.database.read { try $0.surveyCounts(of: agent.accountID) }
    }
}

extension JSON {
    /// An answered survey in Chatwoot's shape.
    public static func survey(_ row: ListSurveys.Row) -> JSON {
        .object([
            ("id", .integer(row.survey.messageID.value)), ("rating", JSON(row.survey.rating)),
            ("feedback_message", JSON(row.survey.feedback)), ("account_id", .integer(row.survey.accountID.value)),
            ("message_id", .integer(row.survey.messageID.value)), ("contact", row.contact.map { contact($0) } ?? .null),
            ("conversation_id", JSON(row.survey.displayID)), ("assigned_agent", row.agent.map { agent($0) } ?? .null),
            ("created_at", JSON(row.survey.answeredAt?.seconds)),
        ])
    }
}
