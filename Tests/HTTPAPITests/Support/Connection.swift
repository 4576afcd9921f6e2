import Foundation
import NIOCore
import NIOPosix

/// A TCP connection with a deadline, read as it comes.
struct Connection {
    enum Failure: Error { case tooLate, closed, notHTTP(String) }

    /// No answer of a healthy server takes this long, in seconds.
    static let patience = TimeAmount.seconds(20)

    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Opens a connection for the body and closes it afterwards.
    static func open<T: Sendable>(
        port: Int, _ body: (inout Reader, NIOAsyncChannelOutboundWriter<ByteBuffer>, any Channel) async throws -> T
    ) async throws -> T {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) {
            channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
        let deadline = channel.channel.eventLoop.scheduleTask(in: patience) { channel.channel.close(promise: nil) }
        defer { deadline.cancel() }
        return try await channel.executeThenClose { inbound, outbound in
            var reader = Reader(inbound: inbound.makeAsyncIterator())
            return try await body(&reader, outbound, channel.channel)
        }
    }

    /// What has come and was not read yet.
    struct Reader {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        private var pending: [UInt8] = []

        init(inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) { self.inbound = inbound }

        /// Everything until the other side closes.
        mutating func rest() async throws -> String {
            while let next = try await inbound.next() { pending += next.readableBytesView }
            defer { pending = [] }
            return String(decoding: pending, as: UTF8.self)
        }

        /// Up to and without the words.
        mutating func text(until words: String) async throws -> String {
            let mark = Array(words.utf8)
            while true {
                if let at = pending.indices.first(where: { pending[$0...].starts(with: mark) }) {
                    defer { pending.removeFirst(at + mark.count) }
                    return String(decoding: pending[..<at], as: UTF8.self)
                }
                guard let next = try await inbound.next() else { throw Failure.closed }
                pending += next.readableBytesView
            }
        }
    }
}
