import Hummingbird

/// Lets any website call what a widget needs. No cookie counts there, so `*` gives nothing away.
struct CrossOrigin: RouterMiddleware {
    static func isOpen(_ path: String) -> Bool {
        path.hasPrefix("/api/v1/widget/") || path == "/events" || path == "/packs/js/sdk.js" || path.hasPrefix("/assets/")
    }

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        guard Self.isOpen(request.uri.path) else { return try await next(request, context) }
        if request.method == .options {
            return Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET, POST, PATCH, PUT, DELETE, OPTIONS",
                    .accessControlAllowHeaders: "Content-Type, X-Auth-Token, Last-Event-ID", .accessControlMaxAge: "86400",
                ])
        }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }
}
