import Desk
import Hummingbird

/// What customers answered to surveys, under Chatwoot's names.
func addSurveyRoutes(to account: AccountRoutes, desk: Desk) {
    let surveys = ListSurveys(desk: desk)

    account.get("csat_survey_responses") { caller, request, _ in
        .json(.array(try await surveys.run(page: request.page, by: caller.agent).map { .survey($0) }))
    }
    account.get("csat_survey_responses/metrics") { caller, _, _ in
        let counts = try await surveys.counts(by: caller.agent)
        return .json(
            .object([
                ("total_count", .integer(counts.answers.values.reduce(0, +))),
                (
                    "ratings_count",
                    .object((1...5).compactMap { rating in counts.answers[rating].map { (String(rating), .integer($0)) } })
                ),
                ("total_sent_messages_count", .integer(counts.asked)),
            ]))
    }
}
