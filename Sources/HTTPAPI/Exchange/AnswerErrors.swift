import Desk
import Hummingbird
import NIOCore

/// The one place where an error becomes a status. What nobody foresaw is logged and answered with a plain sentence.
struct AnswerErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as DeskError {
            return answer(error)
        } catch let error as HTTPError {
            return .failure(error.body ?? words(for: error.status), status: error.status, headers: error.headers)
        } catch is NIOTooManyBytesError {
            return .failure("The request is too large.", status: .contentTooLarge)
        } catch {
            context.logger.error("A request failed.", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return .failure("Something went wrong on our side. Please try again.", status: .internalServerError)
        }
    }

    private func answer(_ error: DeskError) -> Response {
        guard case .invalid(let words, let attributes) = error else {
            return .failure(error.description, status: Self.status(of: error))
        }
        return .json(
            .object([
                ("message", .string(words)), ("attributes", .array(attributes.map { .string($0) })), ("error", .string(words)),
            ]), status: Self.status(of: error))
    }

    static func status(of error: DeskError) -> HTTPResponse.Status {
        switch error {
        case .notFound: .notFound
        case .notAllowed: .forbidden
        case .signInNeeded: .unauthorized
        case .tooLarge: .contentTooLarge
        case .tooMany: .tooManyRequests
        case .invalid: .unprocessableContent
        }
    }

    private func words(for status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: "There is nothing at this address."
        case .methodNotAllowed: "This address does not answer to that method."
        default: status.reasonPhrase.isEmpty ? "The request could not be answered." : status.reasonPhrase
        }
    }
}
