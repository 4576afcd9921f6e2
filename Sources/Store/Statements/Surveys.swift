import Conversations

/// A satisfaction survey that was asked, and perhaps answered.
public struct Survey: Sendable {
    public var messageID: ID<Message>
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    public var contactID: ID<Contact>
    /// Whose work it is about: the assignee when it was asked.
    public var agentID: ID<Agent>?
    public var askedAt: Instant
    /// 1 to 5; nil until it is answered.
    public var rating: Int?
    public var feedback: String?
    public var answeredAt: Instant?
    /// The conversation's number for people; nil where it is gone.
    public var displayID: Int64?

    public init(
        messageID: ID<Message>, accountID: ID<Account>, conversationID: ID<Conversation>, contactID: ID<Contact>, agentID: ID<Agent>?,
        askedAt: Instant
    ) {
        self.messageID = messageID
        self.accountID = accountID
        self.conversationID = conversationID
        self.contactID = contactID
        self.agentID = agentID
        self.askedAt = askedAt
    }
}

/// How an account's surveys came out.
public struct SurveyCounts: Sendable {
    public var asked: Int64
    /// Answers by rating, 1 to 5.
    public var answers: [Int: Int64]
}

extension Connection {
    private var surveyColumns: String {
        "message_id, account_id, conversation_id, contact_id, agent_id, asked_at, rating, feedback, answered_at, (SELECT display_id FROM conversations WHERE id = conversation_id)"
    }

    private func survey(_ row: Row) throws -> Survey {
        var row = row.reader()
        var survey = Survey(
            messageID: try row.id(), accountID: try row.id(), conversationID: try row.id(), contactID: try row.id(),
            agentID: try row.optionalID(), askedAt: try row.instant())
        survey.rating = try row.optionalInteger().map { Int($0) }
        survey.feedback = try row.optionalText()
        survey.answeredAt = try row.optionalInstant()
        survey.displayID = try row.optionalInteger()
        return survey
    }

    public func createSurvey(_ survey: Survey) throws {
        try run(
            "INSERT INTO surveys (message_id, account_id, conversation_id, contact_id, agent_id, asked_at) VALUES (?, ?, ?, ?, ?, ?)",
            [survey.messageID, survey.accountID, survey.conversationID, survey.contactID, survey.agentID, survey.askedAt])
    }

    public func survey(_ message: ID<Message>) throws -> Survey? {
        try rows("SELECT \(surveyColumns) FROM surveys WHERE message_id = ?", [message]).first.map(survey)
    }

    public func lastSurvey(of conversation: ID<Conversation>) throws -> Survey? {
        try rows("SELECT \(surveyColumns) FROM surveys WHERE conversation_id = ? ORDER BY message_id DESC LIMIT 1", [conversation]).first
            .map(survey)
    }

    public func answer(_ survey: Survey) throws {
        try run(
            "UPDATE surveys SET rating = ?, feedback = ?, answered_at = ? WHERE message_id = ?",
            [survey.rating, survey.feedback, survey.answeredAt, survey.messageID])
    }

    /// Answered ones, the newest answer first.
    public func answeredSurveys(of account: ID<Account>, limit: Int, offset: Int) throws -> [Survey] {
        try rows(
            """
            SELECT \(surveyColumns) FROM surveys WHERE account_id = ? AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ? OFFSET ?
            """,
            [account, limit, offset]
        ).map(survey)
    }

    public func surveyCounts(of account: ID<Account>) throws -> SurveyCounts {
        var counts = SurveyCounts(asked: 0, answers: [:])
        for row in try rows("SELECT COALESCE(rating, 0), COUNT(*) FROM surveys WHERE account_id = ? GROUP BY 1", [account]) {
            var row = row.reader()
            let (rating, count) = (Int(try row.integer()), try row.integer())
            counts.asked += count
            if rating > 0 { counts.answers[rating] = count }
        }
        return counts
    }
}
