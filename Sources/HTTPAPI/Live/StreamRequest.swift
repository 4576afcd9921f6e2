import Foundation
import HTTPTypes
import NIOCore

/// What a browser asks for with `GET /events`.
struct StreamRequest: Sendable {
    var token: String
    /// The last event that it has; nil where it begins now.
    var lastEventID: Int64?
    /// It named a last event that is no number: then nothing can be resumed.
    var isUnreadable = false

    init?(_ head: HTTPRequest) {
        guard head.method == .get, let path = head.path, path.utf8.count <= EventStreamHandler.longestPath,
            path == "/events" || path.hasPrefix("/events?")
        else { return nil }
        var token = ""
        var last = head.headerFields[Self.lastEventID]
        for pair in path.dropFirst("/events?".count).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].removingPercentEncoding ?? ""
            switch parts[0] {
            case "pubsub_token": token = value
            // The header is the browser's own and newer.
            case "last_event_id": last = last ?? value
            default: break
            }
        }
        self.token = token
        guard let last, !last.isEmpty else { return }
        lastEventID = Int64(last).flatMap { $0 >= 0 ? $0 : nil }
        isUnreadable = lastEventID == nil
    }

    private static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .eTag
}

/// A connection that has asked for a stream and waits.
struct StreamArrival: Sendable {
    var request: StreamRequest
    var handler: NIOLoopBound<EventStreamHandler>
    var loop: any EventLoop
}
