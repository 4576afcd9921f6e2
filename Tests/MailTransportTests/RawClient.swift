import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// A client that says exactly what a test wants.
struct RawClient: ~Copyable {
    private var input: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let output: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var rest = ""

    struct Closed: Error {}

    static func run<Result: Sendable>(port: Int, _ body: @Sendable (inout RawClient) async throws -> Result) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }
        return try await channel.executeThenClose { input, output in
            var client = RawClient(input: input.makeAsyncIterator(), output: output, channel: channel.channel)
            return try await body(&client)
        }
    }

    private init(
        input: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, output: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        channel: any Channel
    ) {
        self.input = input
        self.channel = channel
        self.output = output
    }

    func say(_ line: String) async throws { try await output.write(ByteBuffer(string: line + "\r\n")) }

    /// From here on, all goes encrypted; whose certificate it is does not matter.
    func startTLS() async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        let channel = channel
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil), position: .first)
        }.get()
    }

    /// The next line without its end.
    mutating func line() async throws -> String {
        while true {
            if let end = rest.range(of: "\r\n") {
                defer { rest = String(rest[end.upperBound...]) }
                return String(rest[..<end.lowerBound])
            }
            guard let bytes = try await input.next() else { throw Closed() }
            rest += String(buffer: bytes)
        }
    }
}

/// Holds those who want to pass until it is opened, and tells when one has come.
actor Gate {
    private var isOpen = false
    private var hasArrived = false
    private var passing: [CheckedContinuation<Void, Never>] = []
    private var watching: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        hasArrived = true
        for watcher in watching { watcher.resume() }
        watching = []
        if !isOpen { await withCheckedContinuation { passing.append($0) } }
    }

    func arrived() async {
        if !hasArrived { await withCheckedContinuation { watching.append($0) } }
    }

    func open() {
        isOpen = true
        for one in passing { one.resume() }
        passing = []
    }
}

extension ByteBuffer {
    static func contents(of path: String) throws -> ByteBuffer { ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: path))) }
    func write(to path: String) throws { try Data(readableBytesView).write(to: URL(fileURLWithPath: path)) }
}
