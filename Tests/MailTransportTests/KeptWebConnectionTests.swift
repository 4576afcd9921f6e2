import NIOCore
import Synchronization
import Testing

@testable import MailTransport

/// Requests that share connections: none is lost by that, and none is made twice.
@Suite(.timeLimit(.minutes(1))) struct KeptWebConnectionTests {
    /// A web server of the test's own that keeps its connections. A request ends with “!”.
    final class Provider: Sendable {
        enum Reaction: Sendable {
            case answer
            /// It says so beforehand.
            case answerAndClose
            /// It closes when it has the whole request, without a word.
            case close
            /// It closes when it sees the first bytes.
            case closeAtOnce
            /// The same, and it says that it had waited too long.
            case tooLate
        }

        struct Seen: Sendable {
            /// The whole requests' bodies, in the order in which they came.
            var bodies: [String] = []
            var connections: [any Channel] = []
        }

        let seen = Mutex(Seen())
        private let reaction: @Sendable (_ connection: Int, _ request: Int) -> Reaction

        init(_ reaction: @escaping @Sendable (_ connection: Int, _ request: Int) -> Reaction = { _, _ in .answer }) {
            self.reaction = reaction
        }

        var bodies: [String] { seen.withLock { $0.bodies } }
        var connections: Int { seen.withLock { $0.connections.count } }

        func run(_ body: (Int) async throws -> Void) async throws {
            try await withConnections(
                { channel in
                    let number = self.seen.withLock { seen in
                        seen.connections.append(channel)
                        return seen.connections.count
                    }
                    try channel.pipeline.syncOperations.addHandler(Talker(self, number))
                }, body)
        }

        private final class Talker: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer
            typealias OutboundOut = ByteBuffer

            private let provider: Provider
            private let number: Int
            private var requests = 1
            private var text = ""

            init(_ provider: Provider, _ number: Int) { (self.provider, self.number) = (provider, number) }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                let reaction = provider.reaction(number, requests)
                if case .closeAtOnce = reaction { return context.close(promise: nil) }
                if case .tooLate = reaction {
                    // Once; the client closes.
                    guard text.isEmpty else { return }
                    text = "-"
                    let words = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    return context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: words)), promise: nil)
                }
                text += String(buffer: unwrapInboundIn(data))
                guard text.hasSuffix("!") else { return }
                let body = text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
                provider.seen.withLock { $0.bodies.append(body) }
                (text, requests) = ("", requests + 1)
                if case .close = reaction { return context.close(promise: nil) }
                let closes = if case .answerAndClose = reaction { true } else { false }
                let answer = "HTTP/1.1 200 OK\r\n\(closes ? "Connection: close\r\n" : "")Content-Length: 2\r\n\r\n{}"
                let channel = context.channel
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).whenComplete { _ in
                    if closes { channel.close(promise: nil) }
                }
            }

            func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
        }
    }

    private static func request(_ port: Int, _ body: String) -> WebRequest {
        WebRequest(address: WebAddress(host: "127.0.0.1", port: port, isEncrypted: false), path: "/send", body: Array(body.utf8))
    }

    private static func client() throws -> WebClient { try WebClient(maxConnections: 4, keeps: .minutes(5)) }

    private static func isAnswered(_ outcome: WebOutcome) -> Bool {
        if case .answered(let answer) = outcome { answer.status == 200 && answer.body == Array("{}".utf8) } else { false }
    }

    private static func until(_ isTrue: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(55)
        while !isTrue() {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test func `ten requests one after the other take one connection`() async throws {
        let provider = Provider()
        try await provider.run { port in
            let web = try Self.client()
            for number in 0..<10 { #expect(Self.isAnswered(await web.run(Self.request(port, "mail \(number)!")))) }
            #expect(provider.bodies == (0..<10).map { "mail \($0)!" })
            #expect(provider.connections == 1 && web.keptConnections == 1)
        }
    }

    @Test func `many at once take no more connections than there may be`() async throws {
        let provider = Provider()
        try await provider.run { port in
            let web = try Self.client()
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 { group.addTask { Self.isAnswered(await web.run(Self.request(port, "mail \(number)!"))) } }
                for await isAnswered in group { #expect(isAnswered) }
            }
            #expect(provider.bodies.sorted() == (0..<40).map { "mail \($0)!" }.sorted())
            #expect(provider.connections <= 4 && web.keptConnections <= 4)
        }
    }

    @Test func `one that the server has closed meanwhile costs nothing`() async throws {
        let provider = Provider()
        try await provider.run { port in
            let web = try Self.client()
            #expect(Self.isAnswered(await web.run(Self.request(port, "first!"))))
            try await provider.seen.withLock { $0.connections }.first?.close().get()
            try await Self.until { web.keptConnections == 0 }
            #expect(Self.isAnswered(await web.run(Self.request(port, "second!"))))
            #expect(provider.bodies == ["first!", "second!"] && provider.connections == 2)
        }
    }

    @Test(arguments: [Provider.Reaction.closeAtOnce, .tooLate])
    func `one that ends before the last byte is not the request's fault, and it goes over another`(_ end: Provider.Reaction) async throws {
        let provider = Provider { connection, request in connection == 1 && request == 2 ? end : .answer }
        try await provider.run { port in
            let web = try Self.client()
            #expect(Self.isAnswered(await web.run(Self.request(port, "first!"))))
            // More than the sockets hold: it cannot all have left when the other side closes.
            let large = String(repeating: "x", count: 30_000_000) + "!"
            #expect(Self.isAnswered(await web.run(Self.request(port, large))))
            #expect(provider.bodies.map(\.utf8.count) == [6, 30_000_001] && provider.connections == 2)
        }
    }

    @Test func `no answer behind the last byte is uncertain on a kept connection, too, and nothing is said again`() async throws {
        let provider = Provider { _, request in request == 2 ? .close : .answer }
        try await provider.run { port in
            let web = try Self.client()
            #expect(Self.isAnswered(await web.run(Self.request(port, "first!"))))
            guard case .unanswered = await web.run(Self.request(port, "second!")) else {
                Issue.record("It is not uncertain.")
                return
            }
            #expect(provider.bodies == ["first!", "second!"] && provider.connections == 1)
        }
    }

    @Test func `what the server wants closed is not kept, and another address has its own`() async throws {
        let (closing, other) = (Provider { _, _ in .answerAndClose }, Provider())
        try await closing.run { port in
            try await other.run { otherPort in
                let web = try Self.client()
                for body in ["a!", "b!"] {
                    #expect(Self.isAnswered(await web.run(Self.request(port, body))))
                    #expect(web.keptConnections == 0)
                }
                #expect(Self.isAnswered(await web.run(Self.request(otherPort, "c!"))))
                #expect(Self.isAnswered(await web.run(Self.request(port, "d!"))))
                #expect(closing.bodies == ["a!", "b!", "d!"] && closing.connections == 3 && other.bodies == ["c!"])
            }
        }
    }

    @Test func `no more are kept than there may be, whatever their addresses`() async throws {
        let (one, other) = (Provider(), Provider())
        try await one.run { port in
            try await other.run { otherPort in
                let web = try WebClient(maxConnections: 1, keeps: .minutes(5))
                for place in [port, otherPort] { #expect(Self.isAnswered(await web.run(Self.request(place, "a!")))) }
                try await Self.until { web.keptConnections == 1 }
                // The one that was used last.
                #expect(Self.isAnswered(await web.run(Self.request(otherPort, "b!"))) && other.connections == 1)
            }
        }
    }

    @Test func `without being told so nothing is kept, and a client that goes takes its connections along`() async throws {
        let provider = Provider()
        try await provider.run { port in
            let plain = try WebClient()
            #expect(Self.isAnswered(await plain.run(Self.request(port, "a!"))) && plain.keptConnections == 0)
            var web: WebClient? = try Self.client()
            #expect(Self.isAnswered(await web?.run(Self.request(port, "b!")) ?? .unanswered("")))
            web = nil
            for connection in provider.seen.withLock({ $0.connections }) { try await connection.closeFuture.get() }
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("10.1.2.3", true), ("203.0.113.7", true), ("2001:db8::1", true), ("::1", true),
        ("169.254.169.254", false), ("0.0.0.0", false), ("224.0.0.1", false), ("255.255.255.255", false), ("fe80::1", false),
        ("ff02::1", false), ("::ffff:169.254.169.254", false), ("::ffff:0.0.0.0", false),
    ])
    func `where no provider can be, none is spoken to`(address: String, isAllowed: Bool) throws {
        #expect(AllowedPeer.isAllowed(try SocketAddress(ipAddress: address, port: 443)) == isAllowed)
    }
}
