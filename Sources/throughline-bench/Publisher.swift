import Foundation
import throughline_wire

/// Publishes over one connection without waiting for the answer, so that the reader of the streams is not held up.
final class Publisher {
    private let socket: Socket

    init(port: Int) throws { socket = try Socket.connect(port: port) }

    func send(_ request: String) throws { try socket.write(request) }

    /// Whether an answer has begun to come.
    func hasAnswer() throws -> Bool {
        var query = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&query, 1, 0) > 0
    }

    func takeAnswers(_ count: Int) throws {
        for _ in 0..<count {
            let answer = try HTTPConnection.answer(on: socket)
            guard answer.status / 100 == 2 else {
                throw Socket.Failure(
                    description: "publishing: \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
            }
        }
    }
}
