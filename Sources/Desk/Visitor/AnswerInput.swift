import Conversations
import Store

/// A visitor fills in what a message asks for: the email question, a choice, a form.
public struct AnswerInput: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameters:
    ///   - email: the answer to `input_email`.
    ///   - values: the answer to anything else, as Chatwoot's widget sends it.
    public func run(
        _ credentials: VisitorCredentials, message number: Int64, email: String?, values: JSON?
    ) async throws -> (message: MessageView, contact: VisitorContact) {
        let desk = self.desk
        return try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            var contact = try desk.contact(of: visitor, tx)
            guard var message = try tx.message(ID(number)), message.visibleToVisitor, message.kind != .incoming,
                let conversation = try tx.conversation(message.conversationID), visitor.owns(conversation)
            else { throw DeskError.notFound("There is no message \(number) in this conversation.") }
            guard message.contentType != "text" else { throw DeskError.invalid("This message asks for nothing.") }
            var suggestion: String?
            var answer: JSON?
            if message.contentType == "input_email" {
                guard let email else { throw DeskError.invalid("`contact.email` is missing.", attributes: ["contact.email"]) }
                suggestion = try desk.apply(VisitorDetails(email: email), to: &contact, of: visitor, tx)
                answer = .object([("submitted_email", JSON(contact.email))])
            } else if message.contentType == "input_csat" {
                let given = values?["csat_survey_response"]
                guard case .integer(let rating)? = given?["rating"] else {
                    throw DeskError.invalid("`csat_survey_response.rating` is 1 to 5.", attributes: ["message.submitted_values"])
                }
                message = try desk.rate(
                    message, rating: Int(clamping: rating), feedback: given?["feedback_message"]?.stringValue, in: conversation, tx)
                return (try tx.view(of: message, in: conversation), VisitorContact(contact: contact, suggestion: nil))
            } else if let values {
                answer = .object([("submitted_values", values)])
            }
            guard let answer else {
                throw DeskError.invalid("`message.submitted_values` is missing.", attributes: ["message.submitted_values"])
            }
            message.contentAttributes = try JSONObjects.merged(message.contentAttributes, answer.text)
            message.updatedAt = desk.now()
            try tx.updateMessage(message)
            try desk.journal(tx).message(.messageUpdated, message, in: conversation)
            return (try tx.view(of: message, in: conversation), VisitorContact(contact: contact, suggestion: suggestion))
        }
    }
}
