import NIOCore
import Synchronization

/// One connection to a web server, as seen from a task.
struct WebConnection: Sendable {
    let address: WebAddress
    let channel: any Channel
    let handler: NIOLoopBound<WebClientHandler>

    /// Sends all but the last byte; false where the connection ended or an answer came meanwhile.
    func begin(_ request: WebRequest, keeps: Bool, within time: TimeAmount) async -> Bool {
        (try? await channel.eventLoop.flatSubmit { handler.value.begin(request, keeps: keeps, within: time, on: channel.eventLoop) }.get())
            ?? false
    }

    /// Sends the last byte; false where the connection ended or an answer came before it could.
    func finish(within time: TimeAmount) async -> Bool {
        (try? await channel.eventLoop.submit { handler.value.finish(within: time) }.get()) ?? false
    }

    /// What became of the request that was begun last.
    func answer() async -> Result<WebAnswer, ConnectionProblem> {
        do {
            return .success(try await channel.eventLoop.flatSubmit { handler.value.answered(on: channel.eventLoop) }.get())
        } catch {
            return .failure(ConnectionProblem(losing: error))
        }
    }

    /// Whether it can take another request.
    var isReady: Bool {
        get async { (try? await channel.eventLoop.submit { handler.value.isReady }.get()) ?? false }
    }

    /// Closes by itself after the time, unless a request is begun.
    func beIdle(for time: TimeAmount) { channel.eventLoop.execute { handler.value.beIdle(for: time) } }

    func close(_ words: String) { channel.eventLoop.execute { handler.value.end(ConnectionProblem(words)) } }
}

/// Connections without work, which the next request to the same address takes up again. Some may have closed by themselves meanwhile.
final class IdleWebConnections: Sendable {
    private let most: Int
    private let time: TimeAmount
    private let kept = Mutex<[WebConnection]>([])

    /// - Parameters:
    ///   - most: 0: none is kept.
    ///   - time: how long one waits for work.
    init(most: Int, time: TimeAmount) {
        (self.most, self.time) = (most, time)
    }

    var keeps: Bool { most > 0 }

    /// Those that have not closed by themselves.
    var count: Int { kept.withLock { kept in kept.count { $0.channel.isActive } } }

    /// The one that was used last: the others may close by themselves.
    func take(_ address: WebAddress) -> WebConnection? {
        kept.withLock { kept in
            kept.removeAll { !$0.channel.isActive }
            return kept.lastIndex { $0.address == address }.map { kept.remove(at: $0) }
        }
    }

    func keep(_ connection: WebConnection) {
        connection.beIdle(for: time)
        let over = kept.withLock { kept in
            kept.append(connection)
            return kept.count > most ? kept.removeFirst() : nil
        }
        over?.close("others are kept")
    }

    func closeAll() {
        for connection in kept.withLock({ $0 }) { connection.close("nobody needs it any more") }
    }
}
