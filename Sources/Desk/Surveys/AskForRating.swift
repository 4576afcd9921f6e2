import Conversations
import Store

extension Desk {
    /// A resolved conversation asks how it was: once for each time that the customer came back, and only where an agent had answered.
    /// It is a message in the thread; as mail it leaves by the same rules as any other, but only to a proven address (behaviour §3, §5.3).
    func askForRating(in conversation: inout Conversation, _ tx: any Connection) throws {
        guard conversation.firstReplyAt != nil, let inbox = try tx.inbox(conversation.inboxID),
            InboxSettings.value("csat_survey_enabled", of: inbox).isTrue, let contact = try tx.contact(conversation.contactID)
        else { return }
        if let last = try tx.lastSurvey(of: conversation.id) {
            let spoken = try tx.lastCustomerMessage(in: conversation.id)
            guard let spoken, spoken.id > last.messageID else { return }
        }
        let words = try words(for: contact, inbox: inbox, tx)
        let config = InboxSettings.value("csat_config", of: inbox)
        var draft = MessageDraft(.template, content: config["message"]?.stringValue?.nonEmpty ?? words(.survey))
        draft.contentType = "input_csat"
        draft.isAutomatic = true
        // The widget shows these, so that its own languages need not know them.
        draft.contentAttributes =
            JSON.object([
                ("display_type", config["display_type"] ?? .string("emoji")),
                (
                    "labels",
                    .object([
                        ("ratings", .array(MailWords.ratings.map { .string(words($0)) })), ("thanks", .string(words(.surveyThanks))),
                        ("comment", .string(words(.surveyComment))), ("send", .string(words(.surveySend))),
                    ])
                ),
            ]).text
        let message = try write(draft, in: &conversation, tx)
        try tx.createSurvey(
            Survey(
                messageID: message.id, accountID: conversation.accountID, conversationID: conversation.id, contactID: contact.id,
                agentID: conversation.assigneeID, askedAt: now()))
    }

    /// The survey as a mail shows it: each rating leads to a page that asks once more.
    func survey(_ message: Message) -> (question: String, url: @Sendable (Int) -> String) {
        let page = surveyPage(message.id.value)
        return (message.content ?? "", { rating in "\(page)?rating=\(rating)" })
    }

    func surveyPage(_ message: Int64) -> String {
        "\(options.publicURL)/survey/\(message)/\(secrets.token(.survey, String(message)))"
    }
}

extension MailWords {
    static let ratings: [Text] = [.rating1, .rating2, .rating3, .rating4, .rating5]
    static let faces = ["😞", "🙁", "😐", "🙂", "😀"]
}
