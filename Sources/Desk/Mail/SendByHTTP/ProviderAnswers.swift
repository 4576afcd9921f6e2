import Foundation
import MailTransport

/// What a provider's answer says about the mail.
extension HTTPRelay {
    func outcome(_ answer: WebAnswer) -> SendOutcome {
        let json = (try? JSON(parsing: answer.body)) ?? .null
        if (200..<300).contains(answer.status) {
            // Its id for the mail is what a customer's program may answer to (behaviour §5.1, evidence 2).
            let id =
                ["MessageID", "MessageId", "id"].lazy.compactMap { json[$0]?.stringValue }.first ?? answer.header("x-message-id") ?? ""
            return .accepted(SMTPReply(250, id.isEmpty ? "taken" : "taken as \(id)"), refused: [])
        }
        let reply = SMTPReply(answer.status, words(json) ?? "it gave no reason")
        // A gateway that lost the server behind it does not know whether that one took the mail.
        if [408, 502, 504].contains(answer.status) { return .uncertain("\(reply)") }
        if answer.status == 429 || answer.status >= 500 || isBusy(answer) { return .temporary(.finalDot, .reply(reply)) }
        // Not this mail's fault: our key, unpaid, an unknown domain or path, an interface that has moved.
        if (300..<400).contains(answer.status) || [401, 402, 403, 404].contains(answer.status) || isAboutUs(answer, json) {
            return .relayFault(.authentication, .words("\(reply)"))
        }
        return .permanent(.finalDot, .reply(reply))
    }

    /// The sentence in its answer, at most 500 characters.
    private func words(_ json: JSON) -> String? {
        var found = ["Message", "message", "error"].lazy.compactMap { json[$0]?.stringValue }.first
        if found == nil, case .array(let errors)? = json["errors"] { found = errors.first?["message"]?.stringValue }
        return found.map { String($0.prefix(500)) }
    }

    private func isBusy(_ answer: WebAnswer) -> Bool {
        amazonError(answer).map { ["TooManyRequestsException", "LimitExceededException", "ThrottlingException"].contains($0) } ?? false
    }

    /// A refusal of all that we send, not of this mail.
    private func isAboutUs(_ answer: WebAnswer, _ json: JSON) -> Bool {
        if let error = amazonError(answer) {
            return ["AccountSuspendedException", "SendingPausedException", "MailFromDomainNotVerifiedException"].contains(error)
        }
        // Postmark: out of credits, account not approved yet, stream unknown.
        if case .postmark = service, case .integer(let code)? = json["ErrorCode"] { return [405, 412, 413, 1235].contains(code) }
        return false
    }

    private func amazonError(_ answer: WebAnswer) -> String? {
        guard case .ses = service else { return nil }
        return answer.header("x-amzn-errortype").map { String($0.prefix { $0 != ":" }) }
    }
}
