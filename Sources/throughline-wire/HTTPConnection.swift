import Foundation

/// A blocking HTTP/1.1 connection to this machine that is kept open from request to request.
public final class HTTPConnection {
    public struct Answer {
        public var status: Int
        public var body: Data

        /// The body as a JSON object; empty where it is none.
        public var object: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    private let port: Int
    private let socket: Socket

    public init(port: Int) throws {
        self.port = port
        socket = try Socket.connect(port: port)
    }

    /// One request on a connection of its own.
    public static func once(
        _ method: String, _ path: String, port: Int, headers: [String: String] = [:], json: [String: Any]? = nil
    ) throws -> Answer {
        try HTTPConnection(port: port).request(method, path, headers: headers, json: json)
    }

    public func request(
        _ method: String, _ path: String, headers: [String: String] = [:], json: [String: Any]? = nil
    ) throws -> Answer {
        let body = try json.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
        try socket.write(Self.text(method, path, port: port, headers: headers, body: body))
        return try Self.answer(on: socket)
    }

    /// A request as it stands on the wire.
    public static func text(_ method: String, _ path: String, port: Int, headers: [String: String], body: String?) -> String {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        return head + "\r\n" + (body ?? "")
    }

    /// Reads one answer.
    public static func answer(on socket: Socket) throws -> Answer {
        guard let first = try socket.line(), let status = Int(first.split(separator: " ").dropFirst().first ?? "") else {
            throw Socket.Failure(description: "no answer")
        }
        var length = 0
        var isChunked = false
        while let line = try socket.line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            guard parts.count == 2 else { continue }
            if parts[0] == "content-length" { length = Int(parts[1]) ?? 0 }
            if parts[0] == "transfer-encoding" { isChunked = parts[1].contains("chunked") }
        }
        return Answer(status: status, body: Data(isChunked ? try chunks(socket) : try socket.bytes(length)))
    }

    /// RFC 9112 §7.1.
    private static func chunks(_ socket: Socket) throws -> [UInt8] {
        var body: [UInt8] = []
        while let line = try socket.line() {
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else { throw Socket.Failure(description: "a broken chunk") }
            body += try socket.bytes(size)
            _ = try socket.line()
            if size == 0 { break }
        }
        return body
    }
}
