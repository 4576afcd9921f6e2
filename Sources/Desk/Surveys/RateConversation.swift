import Conversations
import Store

/// A customer answers a survey, in the widget or on the page behind the mail's links. It can be changed for a while.
public struct RateConversation: Sendable {
    static let longest = 2_000
    /// After that the answer stands.
    static let openFor = Duration.seconds(30 * 86_400)

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The page behind a mail's link, with the rating that was tapped already chosen. Opening it keeps nothing.
    public func page(_ message: Int64, token: String, chosen: Int?) async throws -> String {
        try await desk.database.read { tx in
            let (words, company, survey) = try linked(message, token, tx)
            var page = MailPage(words, company: company, title: try tx.message(ID(message))?.content?.nonEmpty ?? words(.survey))
            let chosen = chosen ?? survey.rating
            page.choices = MailWords.ratings.enumerated().map { index, name in
                .init(value: String(index + 1), face: MailWords.faces[index], label: words(name), isChosen: chosen == index + 1)
            }
            page.commentLabel = words(.surveyComment)
            page.buttons = [.init(action: desk.surveyPage(message), label: words(.surveySend))]
            return try desk.html(of: page)
        }
    }

    /// The page's button.
    public func run(_ message: Int64, token: String, rating: Int?, feedback: String?) async throws -> String {
        try await desk.database.write { tx in
            let (words, company, _) = try linked(message, token, tx)
            guard let rating, let found = try tx.message(ID(message)), let conversation = try tx.conversation(found.conversationID) else {
                throw DeskError.invalid("Choose one of the five.")
            }
            _ = try desk.rate(found, rating: rating, feedback: feedback, in: conversation, tx)
            return try desk.html(of: MailPage(words, company: company, title: words(.surveyThanks)))
        }
    }

    private func linked(_ message: Int64, _ token: String, _ tx: any Connection) throws -> (MailWords, String, Survey) {
        guard desk.secrets.isToken(token, .survey, String(message)), let survey = try tx.survey(ID(message)),
            let conversation = try tx.conversation(survey.conversationID), let contact = try tx.contact(conversation.contactID),
            let inbox = try tx.inbox(conversation.inboxID), survey.askedAt + Self.openFor > desk.now()
        else { throw DeskError.notFound("This survey is over.") }
        return (try desk.words(for: contact, inbox: inbox, tx), desk.company(of: inbox), survey)
    }
}

extension Desk {
    /// Keeps an answer with the survey and shows it on its message, in Chatwoot's shape.
    func rate(_ message: Message, rating: Int, feedback: String?, in conversation: Conversation, _ tx: any Connection) throws -> Message {
        guard (1...5).contains(rating) else { throw DeskError.invalid("A rating is 1 to 5.", attributes: ["rating"]) }
        guard var survey = try tx.survey(message.id), survey.askedAt + RateConversation.openFor > now() else {
            throw DeskError.notFound("This survey is over.")
        }
        let said = feedback?.replacing("\0", with: "").trimmingWhitespace.shortened(to: RateConversation.longest).nonEmpty
        survey.rating = rating
        survey.feedback = said ?? survey.feedback
        survey.answeredAt = now()
        try tx.answer(survey)
        var message = message
        let answer = JSON.object([("rating", .integer(Int64(rating))), ("feedback_message", JSON(survey.feedback))])
        message.contentAttributes = try JSONObjects.merged(
            message.contentAttributes,
            JSON.object([("submitted_values", .object([("csat_survey_response", answer)]))]).text)
        message.updatedAt = now()
        try tx.updateMessage(message)
        try journal(tx).message(.messageUpdated, message, in: conversation)
        return message
    }
}
