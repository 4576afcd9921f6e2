import Desk
import Hummingbird
import NIOCore

/// Files of messages, at addresses that cannot be guessed.
struct AttachmentRoutes: Sendable {
    let desk: Desk

    /// What a browser shows without running anything of it; all else is only ever a download (behaviour §5.4).
    private static let shown: Set<String> = [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "audio/mpeg", "audio/ogg", "audio/wav",
        "audio/webm",
        "audio/mp4", "audio/aac", "video/mp4", "video/webm", "video/ogg", "application/pdf",
    ]

    func add(to router: DeskRouter) {
        router.get("attachments/:id/:token", use: show)
        router.get("attachments/:id/until/:until/:token", use: download)
    }

    /// By a link in a mail: a download, whatever it is.
    @Sendable private func download(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let id = context.parameters.get("id", as: Int64.self), let until = context.parameters.get("until", as: Int64.self),
            let token = context.parameters.get("token")
        else { throw DeskError.notFound("There is no such file.") }
        let file = try await OpenAttachment(desk: desk).run(id, until: until, token: token)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename*=UTF-8''\(Self.encoded(file.filename))",
                .contentSecurityPolicy: "default-src 'none'; sandbox", .cacheControl: "private, no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let missing = DeskError.notFound("There is no such file.")
        guard let id = context.parameters.get("id", as: Int64.self), let token = context.parameters.get("token") else { throw missing }
        let file = try await OpenAttachment(desk: desk).run(id, token: token)
        let isShown = Self.shown.contains(file.contentType)
        return Response(
            status: .ok,
            headers: [
                .contentType: isShown ? file.contentType : "application/octet-stream",
                .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(Self.encoded(file.filename))",
                // A PDF reader of the browser does not start in a sandbox; it runs nothing of ours.
                .contentSecurityPolicy: file.contentType == "application/pdf"
                    ? "default-src 'none'; object-src 'self'"
                    : "default-src 'none'; sandbox",
                .cacheControl: "private, max-age=31536000, immutable",
            ], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    /// RFC 8187 §3.2.
    private static func encoded(_ name: String) -> String {
        name.utf8.prefix(255).map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): String(UnicodeScalar(byte))
            default: "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
            }
        }.joined()
    }
}
