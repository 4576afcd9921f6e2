import Desk
import Hummingbird
import NIOCore

extension Response {
    /// An answer of JSON.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// Chatwoot's shape of an error: one sentence that a person can act on.
    static func failure(_ words: String, status: HTTPResponse.Status, headers: HTTPFields = [:]) -> Response {
        json(.object([("error", .string(words))]), status: status, headers: headers)
    }
}
