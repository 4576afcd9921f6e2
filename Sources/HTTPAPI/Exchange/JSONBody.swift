import Desk
import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// How much of a request is read.
enum BodyLimit {
    /// Bytes of a JSON body.
    static let json = 1_048_576
    /// Bytes of a request that carries files: 25 MB of them and their frame.
    static let upload = 27_262_976
}

extension Request {
    /// Reads the body as JSON. An empty body is an empty object.
    /// - Throws: 400 where it is no JSON, 422 with a sentence that names the field where a field is missing or of another kind, 413.
    func decode<Body: Decodable>(_ type: Body.Type) async throws -> Body {
        let buffer = try await body.collect(upTo: BodyLimit.json)
        return try Self.decode(type, from: buffer.readableBytes == 0 ? Data("{}".utf8) : Data(buffer: buffer))
    }

    static func decode<Body: Decodable>(_ type: Body.Type, from data: Data) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            throw invalid("is missing", context.codingPath + [key])
        } catch DecodingError.valueNotFound(_, let context) {
            throw invalid("must not be null", context.codingPath)
        } catch DecodingError.typeMismatch(let expected, let context) {
            throw invalid("must be \(words(for: expected))", context.codingPath)
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw invalid("has a value that is not allowed", context.codingPath)
        } catch is DecodingError {
            throw HTTPError(.badRequest, message: "The request's body is not valid JSON.")
        }
    }

    private static func invalid(_ problem: String, _ path: [any CodingKey]) -> DeskError {
        let name = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return .invalid("`\(name.isEmpty ? "body" : name)` \(problem).", attributes: name.isEmpty ? [] : [name])
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [Any].Type: "a list"
        default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
        }
    }
}
