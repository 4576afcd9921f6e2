import Desk
import Foundation
import NIOCore

/// An answer as it came.
struct Answer: Sendable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: String

    var json: JSON { (try? JSON(parsing: body.utf8)) ?? .null }

    subscript(name: String) -> JSON { json[name] ?? .null }
}

extension JSON {
    var int: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    var items: [JSON] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    var flag: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
}

extension TestServer {
    /// One request on a connection of its own.
    func request(
        _ method: String, _ path: String, headers: [String: String] = [:], type: String = "application/json", body: [UInt8]? = nil
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n" }
        let bytes = ByteBuffer(bytes: Array((head + "\r\n").utf8) + (body ?? []))
        let text = try await Connection.open(port: port) { reader, writer, _ in
            try await writer.write(bytes)
            return try await reader.rest()
        }
        return try Self.parse(text)
    }

    static func parse(_ text: String) throws -> Answer {
        guard let end = text.range(of: "\r\n\r\n") else { throw Connection.Failure.notHTTP(text) }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        guard let status else { throw Connection.Failure.notHTTP(text) }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        return Answer(status: status, headers: headers, body: String(text[end.upperBound...]))
    }

    /// A widget in a browser: a session and what it calls.
    func visitor() async throws -> TestVisitor {
        let answer = try await request("POST", "/api/v1/widget/config?website_token=\(token)", body: Array("{}".utf8))
        guard let auth = answer["website_channel_config"]["auth_token"]?.stringValue,
            let stream = answer["contact"]["pubsub_token"]?.stringValue
        else { throw Connection.Failure.notHTTP(answer.body) }
        return TestVisitor(server: self, authToken: auth, streamToken: stream, contactID: answer["contact"]["id"]?.int ?? 0)
    }
}

/// One browser's widget.
struct TestVisitor: Sendable {
    let server: TestServer
    let authToken: String
    let streamToken: String
    let contactID: Int64

    func call(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        let separator = path.contains("?") ? "&" : "?"
        return try await server.request(
            method, "/api/v1/widget/\(path)\(separator)website_token=\(server.token)", headers: ["X-Auth-Token": authToken],
            body: body.map { Array($0.utf8) })
    }

    /// Begins a conversation and gives its number.
    func begin(_ words: String, echo: String = "first") async throws -> Int64 {
        let answer = try await call("POST", "conversations", #"{"message":{"content":"\#(words)","echo_id":"\#(echo)"}}"#)
        return answer["id"].int ?? 0
    }

    var messages: [JSON] {
        get async throws { try await call("GET", "messages")["payload"].items }
    }
}
