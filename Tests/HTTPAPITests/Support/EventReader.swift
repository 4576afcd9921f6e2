import Foundation
import NIOCore

/// One event of a stream.
struct ReceivedEvent: Sendable, Equatable {
    var id: Int64?
    var name: String
    var data: String
}

/// Reads an event stream as a browser does.
struct EventReader {
    var reader: Connection.Reader

    /// The next event; comments and `retry` are left out.
    mutating func next() async throws -> ReceivedEvent {
        while true {
            let block = try await reader.text(until: "\n\n")
            var event = ReceivedEvent(id: nil, name: "", data: "")
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let value = String(parts[1].drop { $0 == " " })
                switch parts[0] {
                case "id": event.id = Int64(value)
                case "event": event.name = value
                case "data": event.data += value
                default: break
                }
            }
            if !event.name.isEmpty { return event }
        }
    }

    /// The next event of a kind.
    mutating func next(_ name: String) async throws -> ReceivedEvent {
        while true {
            let event = try await next()
            if event.name == name { return event }
        }
    }
}

extension TestServer {
    /// Opens a stream for the body, which begins after the answer's head.
    func events<T: Sendable>(
        _ token: String, after cursor: Int64? = nil, _ body: (inout EventReader) async throws -> T
    ) async throws -> T {
        let resume = cursor.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        let request = "GET /events?pubsub_token=\(token) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\(resume)\r\n"
        return try await Connection.open(port: port) { reader, writer, _ in
            try await writer.write(ByteBuffer(string: request))
            let head = try await reader.text(until: "\r\n\r\n")
            guard head.hasPrefix("HTTP/1.1 200") else { throw Connection.Failure.notHTTP(head) }
            var events = EventReader(reader: reader)
            return try await body(&events)
        }
    }
}
