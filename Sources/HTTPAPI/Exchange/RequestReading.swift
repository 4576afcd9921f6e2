import Desk
import Foundation
import Hummingbird
import NIOCore

/// How much of a request is read.
enum BodyLimit {
    /// Bytes of a JSON body.
    static let json = 1_048_576
    /// Bytes of a request that carries files: 25 MB of them and their frame.
    static let upload = 27_262_976
}

extension Request {
    /// A number of the query; nil where it is missing or no number.
    func queryNumber(_ name: String) -> Int64? { query(name).flatMap { Int64($0) } }

    /// Whether the body is a form with files.
    var isMultipart: Bool { headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") ?? false }

    /// Reads a form with files.
    func form() async throws -> MultipartForm {
        let buffer = try await body.collect(upTo: BodyLimit.upload)
        do {
            return try MultipartForm(Array(buffer.readableBytesView), contentType: headers[.contentType] ?? "")
        } catch {
            throw HTTPError(.badRequest, message: "The form in the request's body is damaged.")
        }
    }
}

extension MultipartForm.File {
    /// As a message's file.
    var incoming: IncomingFile {
        IncomingFile(filename: Self.clean(filename), contentType: Self.mediaType(contentType), bytes: bytes)
    }

    /// A file's name without a path and without characters that steer (RFC 6266 §4.3).
    private static func clean(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let scalars = last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && !(0x202A...0x202E).contains($0.value) }.prefix(200)
        let kept = String(String.UnicodeScalarView(scalars))
        return kept.isEmpty || kept == "." || kept == ".." ? "file" : kept
    }

    /// `type/subtype` alone, lower-cased.
    private static func mediaType(_ text: String) -> String {
        let type = text.prefix { $0 != ";" && $0 != " " }.lowercased()
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        let isToken = type.utf8.allSatisfy { (33...126).contains($0) && !"\"(),:;<=>?@[\\]{}".utf8.contains($0) }
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && isToken ? type : "application/octet-stream"
    }
}
