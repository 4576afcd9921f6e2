import Conversations
import Desk
import NIOCore
import NIOPosix
import Store
import Testing

@Suite struct SlowReaderTests {
    /// A browser that takes nothing any more must not make the server keep everything for it.
    @Test(.timeLimit(.minutes(2))) func aStreamThatNobodyReadsIsCutOff() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            let deaf = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false).channelOption(.socketOption(.so_rcvbuf), value: 4_096)
                .connect(host: "127.0.0.1", port: server.port).get()
            try await deaf.writeAndFlush(ByteBuffer(string: "GET /events?pubsub_token=\(visitor.streamToken) HTTP/1.1\r\nHost: x\r\n\r\n"))
            var wasOpen = false
            var sent = 0
            // The kernel's buffers take some megabytes before anything piles up in the server.
            while sent < 400 {
                var draft = OutgoingDraft()
                draft.content = String(repeating: "x", count: 100_000)
                _ = try await SendAgentMessage(desk: server.desk).run(draft, in: number, by: agent)
                sent += 1
                let isOpen = try await server.desk.database.read {
                    try $0.presence(of: ID<Contact>(visitor.contactID), inbox: server.inbox.id).contains { $0.streams > 0 }
                }
                if wasOpen && !isOpen { break }
                wasOpen = wasOpen || isOpen
            }
            #expect(wasOpen && sent < 400)
            try? await deaf.close()
        }
    }
}
