import Foundation
import NIOCore
import Store

/// What goes over an event stream, byte for byte (WHATWG HTML §9.2, Server-sent events).
enum EventBytes {
    /// The answer's head. The stream ends with the connection.
    static func head(now: Date) -> ByteBuffer {
        ByteBuffer(
            string: """
                HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store, no-transform\r\n\
                Connection: close\r\nAccess-Control-Allow-Origin: *\r\nX-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\n\
                Date: \(date(now))\r\n\r\nretry: 2000\n\n
                """)
    }

    /// A comment: keeps proxies from closing what is quiet, and finds browsers that have gone.
    static let comment = ByteBuffer(string: ":\n\n")

    /// Where the stream begins, so that the browser has a cursor before the first event.
    static func ready(_ cursor: Int64) -> ByteBuffer { ByteBuffer(string: "id: \(cursor)\nevent: stream.ready\ndata: {}\n\n") }

    /// The browser's cursor is older than what is kept: it has to load everything anew.
    static func reset(_ cursor: Int64) -> ByteBuffer { ByteBuffer(string: "id: \(cursor)\nevent: stream.reset\ndata: {}\n\n") }

    /// One event. A payload is one line as our JSON writer makes it; line breaks inside would end it, so they are spelled out.
    static func event(_ id: Int64, _ name: String, _ payload: String, into buffer: inout ByteBuffer) {
        buffer.writeString("id: \(id)\nevent: \(name)\n")
        if payload.utf8.contains(where: { $0 == 10 || $0 == 13 }) {
            for line in payload.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                buffer.writeString("data: \(line)\n")
            }
            buffer.writeInteger(UInt8(ascii: "\n"))
        } else {
            buffer.writeString("data: ")
            buffer.writeString(payload)
            buffer.writeString("\n\n")
        }
    }

    /// What an audience may see of an event; nil where it is none of its business.
    static func payload(of event: StoredEvent, for audience: Audience) -> String? {
        switch audience {
        case .agents(let account): event.accountID == account ? event.payload : nil
        case .visitor(let contact, let inbox): event.contactID == contact && event.inboxID == inbox ? event.visitorPayload : nil
        }
    }

    /// A whole answer that says no.
    static func refusal(_ status: String, _ words: String) -> ByteBuffer {
        let body = #"{"error":"\#(words)"}"#
        return ByteBuffer(
            string: """
                HTTP/1.1 \(status)\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n\
                Cache-Control: no-store\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\n\r\n\(body)
                """)
    }

    /// RFC 9110 §5.6.7.
    private static func date(_ date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = days[min(6, max(0, Int(parts.tm_wday)))]
        let month = months[min(11, max(0, Int(parts.tm_mon)))]
        return
            "\(day), \(two(parts.tm_mday)) \(month) \(parts.tm_year + 1900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }
}
