import Desk
import Foundation
import Hummingbird
import Logging
import NIOCore

/// The built web files, held in memory: there are few, and a page load asks for several.
struct Assets: Sendable {
    struct File: Sendable {
        var contentType: String
        /// Changes with the content, in quotes (RFC 9110 §8.8.3).
        var entityTag: String
        var bytes: ByteBuffer
        /// The same compressed by gzip, where the build made it.
        var gzip: ByteBuffer?
    }

    /// Bytes that are held at most; what is beyond is not served, and the log says so.
    static let mostBytes = 64 * 1_048_576

    private var files: [String: File] = [:]

    /// Reads a folder with all that is below it. nil holds nothing.
    init(folder: String?, logger: Logger) {
        guard let folder else {
            logger.warning("No web files were found: build them with Web/build.sh. The API works without.")
            return
        }
        var size = 0
        let found = FileManager.default.enumerator(atPath: folder)
        while let name = found?.nextObject() as? String {
            guard !name.hasSuffix(".gz"), !name.hasSuffix(".map"), let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let type = Self.contentType(of: name)
            else { continue }
            size += data.count
            guard size <= Self.mostBytes else {
                logger.error("The web files are larger than 64 MB; not all are served.")
                return
            }
            let gzip = FileManager.default.contents(atPath: "\(folder)/\(name).gz")
            files[name] = File(
                contentType: type, entityTag: "\"\(Secrets.sha256(Array(data)).prefix(32))\"", bytes: ByteBuffer(bytes: data),
                gzip: gzip.map { ByteBuffer(bytes: $0) })
        }
    }

    subscript(name: String) -> File? { files[name] }

    /// A page as text, for its places to be filled.
    func text(_ name: String) -> String? { files[name].map { String(buffer: $0.bytes) } }

    /// A file as an answer; 304 where the browser has it.
    func answer(_ name: String, to request: Request) throws -> Response {
        guard let file = files[name] else { throw DeskError.notFound("There is no such file.") }
        var headers: HTTPFields = [
            .contentType: file.contentType, .eTag: file.entityTag, .cacheControl: "no-cache", .vary: "Accept-Encoding",
        ]
        if let known = request.headers[.ifNoneMatch], known == "*" || known.contains(file.entityTag) {
            return Response(status: .notModified, headers: headers)
        }
        guard let gzip = file.gzip, Self.acceptsGzip(request) else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.bytes))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: gzip))
    }

    /// RFC 9110 §12.5.3, as far as browsers use it.
    private static func acceptsGzip(_ request: Request) -> Bool {
        (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",").contains { word in
            let parts = word.filter { $0 != " " }.split(separator: ";")
            return parts.first == "gzip" && parts.dropFirst().first.map { $0 != "q=0" && $0 != "q=0.0" } ?? true
        }
    }

    private static func contentType(of name: String) -> String? {
        switch name.split(separator: ".").last.map(String.init) {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "json": "application/json; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "mp3": "audio/mpeg"
        case "txt": "text/plain; charset=utf-8"
        default: nil
        }
    }
}
