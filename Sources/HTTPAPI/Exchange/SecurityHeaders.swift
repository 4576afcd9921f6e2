import Hummingbird

/// What every answer says to browsers; a route that needs other words sets its own.
struct SecurityHeaders: RouterMiddleware {
    /// No script but our own files, no frame around us.
    static func contentSecurityPolicy(frameAncestors: String = "'none'") -> String {
        """
        default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; media-src 'self' blob:; \
        object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors \(frameAncestors)
        """
    }

    private static let policy = contentSecurityPolicy()

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.referrerPolicy] == nil { response.headers[.referrerPolicy] = "strict-origin-when-cross-origin" }
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = Self.policy }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
