import NIOCore
import NIOPosix
import Synchronization

@testable import MailTransport

/// A mail server that does what a test tells it: a closure for each connection, with the lines that come.
struct ScriptedServer: Sendable {
    /// One connection, as the script sees it.
    struct Peer: Sendable {
        /// 1 for the first connection, 2 for the second…
        var number: Int
        fileprivate var output: NIOAsyncChannelOutboundWriter<ByteBuffer>

        func say(_ line: String) async throws { try await output.write(ByteBuffer(string: line + "\r\n")) }
    }

    /// All that was received, and how many came.
    final class Log: Sendable {
        private let state = Mutex<(text: String, connections: Int)>(("", 0))

        var text: String { state.withLock { $0.text } }
        var connections: Int { state.withLock { $0.connections } }

        fileprivate func append(_ text: String) { state.withLock { $0.text += text } }
        fileprivate func connect() -> Int {
            state.withLock { state in
                state.connections += 1
                return state.connections
            }
        }
    }

    var port: Int
    var log: Log

    func sender(_ change: (inout SMTPClientSettings) -> Void = { _ in }, credentials: SMTPRelay.Credentials? = nil) throws -> SMTPSender {
        try RunningServer(port: port).sender(credentials: credentials, change)
    }

    /// Serves while `body` runs. `script` gets each line (without its end) and may answer; `CONNECT` is the moment of
    /// connecting. It returns false to close at once.
    static func run<Result: Sendable>(
        script: @escaping @Sendable (Peer, String) async throws -> Bool, _ body: @escaping @Sendable (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let log = Log()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }
        let port = listener.channel.localAddress?.port ?? 0
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections {
                            let number = log.connect()
                            group.addTask { try? await serve(connection, number: number, log: log, script) }
                        }
                    }
                }
            }
            let result = try await body(ScriptedServer(port: port, log: log))
            group.cancelAll()
            return result
        }
    }

    private static func serve(
        _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, number: Int, log: Log,
        _ script: @Sendable (Peer, String) async throws -> Bool
    ) async throws {
        try await connection.executeThenClose { input, output in
            let peer = Peer(number: number, output: output)
            guard try await script(peer, "CONNECT") else { return }
            var rest = ""
            for try await bytes in input {
                log.append(String(buffer: bytes))
                rest += String(buffer: bytes)
                while let end = rest.range(of: "\r\n") {
                    let line = String(rest[..<end.lowerBound])
                    rest = String(rest[end.upperBound...])
                    guard try await script(peer, line) else { return }
                }
            }
        }
    }

    /// Answers as an ordinary server does; `CONNECT` is the moment of connecting. Nil for a line of the mail itself.
    static func ordinaryAnswer(to line: String) -> String? {
        switch line.split(separator: " ").first ?? "" {
        case "CONNECT": "220 mail.test"
        case "EHLO": "250 mail.test"
        case "MAIL", "RCPT", "RSET": "250 ok"
        case "DATA": "354 go"
        case ".": "250 2.0.0 queued"
        case "QUIT": "221 bye"
        default: nil
        }
    }
}
