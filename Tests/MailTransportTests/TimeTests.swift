import NIOCore
import NIOEmbedded
import Testing

@testable import MailTransport

/// Deadlines and pauses, on an event loop whose clock the test moves.
@Suite struct TimeTests {
    // MARK: The receiver

    private struct Server {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel

        init(memory: InboundMemory = InboundMemory(limit: 100_000_000), guesses: GuessCounts = GuessCounts()) throws {
            let session = SMTPServerSession(settings: SMTPServerSettings(hostname: "mail.test"))
            let handler = SMTPServerHandler(
                session: session, tls: nil, register: ConnectionRegister(limit: 10, limitPerAddress: 10), guesses: guesses, memory: memory,
                logger: quietLogger)
            channel = EmbeddedChannel(handler: handler, loop: loop)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func say(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

        /// The codes of all replies since the last call.
        func codes() throws -> [String] {
            var text = ""
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
            return text.split(separator: "\r\n").filter { $0.dropFirst(3).first != "-" }.map { String($0.prefix(3)) }
        }

        func answer(_ answer: InboundAnswer) throws {
            _ = try channel.readInbound(as: InboundQuestion.self)
            try channel.writeOutbound(answer)
        }

        func begin() throws {
            try say("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\n")
            try answer(.recipient(.accept))
            try say("DATA\r\n")
            _ = try codes()
        }
    }

    @Test func aSilentPeerIsToldGoodbye() throws {
        let server = try Server()
        #expect(try server.codes() == ["220"])
        server.loop.advanceTime(by: .minutes(5) - .nanoseconds(1))
        #expect(try server.codes() == [])
        #expect(server.channel.isActive)
        server.loop.advanceTime(by: .nanoseconds(1))
        #expect(try server.codes() == ["421"])
        #expect(!server.channel.isActive)
    }

    @Test func eachCommandBeginsTheTimeAnew() throws {
        let server = try Server()
        for _ in 0..<10 {
            server.loop.advanceTime(by: .minutes(4))
            try server.say("NOOP\r\n")
        }
        #expect(try server.codes() == ["220"] + Array(repeating: "250", count: 10))
        #expect(server.channel.isActive)
    }

    @Test func theApplicationHasAllTheTimeItNeeds() throws {
        let server = try Server()
        try server.begin()
        try server.say("Hi\r\n.\r\n")
        server.loop.advanceTime(by: .hours(10))
        #expect(server.channel.isActive)
        try server.answer(.store([.stored]))
        #expect(try server.codes() == ["250"])
        // And then the peer's time runs again.
        server.loop.advanceTime(by: .minutes(5))
        #expect(try server.codes() == ["421"])
    }

    @Test func aMailThatStopsIsGivenUp() throws {
        let server = try Server()
        try server.begin()
        try server.say("Hi\r\n")
        server.loop.advanceTime(by: .minutes(3))
        #expect(try server.codes() == ["421"])
        #expect(!server.channel.isActive)
    }

    @Test func whoTricklesIsGivenUp() throws {
        let server = try Server()
        try server.begin()
        for _ in 0..<4 {
            try server.say("a")
            server.loop.advanceTime(by: .minutes(1))
        }
        #expect(try server.codes() == ["421"])
    }

    @Test func whoIsSlowButSteadyIsNot() throws {
        let server = try Server()
        try server.begin()
        // 1,000 bytes a second for an hour.
        for _ in 0..<60 {
            try server.say(String(repeating: "a", count: 60_000))
            server.loop.advanceTime(by: .minutes(1))
        }
        #expect(try server.codes() == [])
        #expect(server.channel.isActive)
    }

    @Test func guessingGetsSlow() throws {
        let server = try Server()
        try server.say("EHLO c\r\nMAIL FROM:<>\r\n")
        _ = try server.codes()
        for pause in [0, 0, 500, 1_000, 2_000, 4_000, 8_000, 8_000] as [Int64] {
            try server.say("RCPT TO:<guess@y.test>\r\n")
            try server.answer(.recipient(.noSuchMailbox))
            if pause > 0 {
                server.loop.advanceTime(by: .milliseconds(pause) - .nanoseconds(1))
                #expect(try server.codes() == [])
                server.loop.advanceTime(by: .nanoseconds(1))
            }
            #expect(try server.codes() == ["550"])
        }
    }

    /// Who connects anew does not begin anew, and who stays away for a while does.
    @Test func guessingStaysSlowOnTheNextConnection() throws {
        let guesses = GuessCounts()
        func guess(slow: Bool) throws {
            let server = try Server(guesses: guesses)
            try server.say("EHLO c\r\nMAIL FROM:<>\r\n")
            _ = try server.codes()
            try server.say("RCPT TO:<guess@y.test>\r\n")
            try server.answer(.recipient(.noSuchMailbox))
            #expect(try server.codes() == (slow ? [] : ["550"]))
        }
        for slow in [false, false, true, true] { try guess(slow: slow) }
        #expect(guesses.count("local", at: .uptimeNanoseconds(0)) == 5)
        #expect(guesses.count("local", at: .uptimeNanoseconds(0) + .minutes(10)) == 1)
    }

    /// A byte a minute is no command, and holds no connection.
    @Test func aCommandHasItsTimeHoweverItComes() throws {
        let server = try Server()
        for _ in 0..<5 {
            try server.say("N")
            server.loop.advanceTime(by: .minutes(1))
        }
        #expect(try server.codes() == ["220", "421"])
        #expect(!server.channel.isActive)
    }

    // MARK: Memory

    @Test func moreMailThanFitsIsToldToComeAgain() throws {
        let memory = InboundMemory(limit: 1_000)
        let first = try Server(memory: memory)
        let second = try Server(memory: memory)
        try first.begin()
        try second.begin()
        try first.say(String(repeating: "a", count: 800))
        try second.say(String(repeating: "a", count: 300))
        #expect(try second.codes() == ["421"])
        #expect(!second.channel.isActive)
        // Its room is free again, and the first goes on.
        try first.say("\r\n.\r\n")
        let third = try Server(memory: memory)
        try third.begin()
        try third.say("a")
        #expect(try third.codes() == [])
        try third.say(String(repeating: "a", count: 100))
        #expect(try third.codes() == ["421"])
        // Once the application has the mail on disk, its room is free as well.
        try first.answer(.store([.stored]))
        #expect(try first.codes() == ["250"])
        let fourth = try Server(memory: memory)
        try fourth.begin()
        try fourth.say(String(repeating: "a", count: 900))
        #expect(try fourth.codes() == [])
    }

    // MARK: The sender

    private struct Client {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel
        let handler: SMTPClientHandler

        init() throws {
            handler = SMTPClientHandler(
                relay: SMTPRelay(host: "mail.test", port: 25, encryption: .none), settings: SMTPClientSettings(hostname: "c.test"),
                tls: nil,
                serverName: nil)
            channel = EmbeddedChannel(handler: handler, loop: loop)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func hear(_ lines: String...) throws {
            for line in lines { try channel.writeInbound(ByteBuffer(string: line + "\r\n")) }
        }

        /// What a future holds, where it holds something.
        func outcome(_ future: EventLoopFuture<SendOutcome?>) throws -> SendOutcome? { try future.wait() }

        func begin() -> EventLoopFuture<SendOutcome?> {
            let mail = SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: ["b@y.test"]), bytes: 4)
            return handler.begin(mail, text: ByteBuffer(string: "Hi\r\n"), on: loop)
        }
    }

    @Test func aServerThatNeverGreets() throws {
        let client = try Client()
        let opened = client.handler.opened(on: client.loop)
        client.loop.advanceTime(by: .minutes(5))
        #expect(try client.outcome(opened) == .temporary(.greeting, .words("it did not answer in time")))
        #expect(!client.channel.isActive)
    }

    @Test(arguments: [
        (SendStage.sender, [String](), TimeAmount.minutes(5)), (.recipient, ["250 ok"], .minutes(5)),
        (.data, ["250 ok", "250 ok"], .minutes(2)),
    ])
    func aServerThatFallsSilent(stage: SendStage, answers: [String], limit: TimeAmount) throws {
        let client = try Client()
        try client.hear("220 x", "250 x")
        #expect(try client.outcome(client.handler.opened(on: client.loop)) == nil)
        let begun = client.begin()
        for answer in answers { try client.hear(answer) }
        client.loop.advanceTime(by: limit - .nanoseconds(1))
        #expect(client.channel.isActive)
        client.loop.advanceTime(by: .nanoseconds(1))
        #expect(try client.outcome(begun) == .temporary(stage, .words("it did not answer in time")))
    }

    @Test func silenceBehindTheDotIsUncertainAfterTenMinutes() throws {
        let client = try Client()
        try client.hear("220 x", "250 x")
        #expect(try client.outcome(client.handler.opened(on: client.loop)) == nil)
        let begun = client.begin()
        try client.hear("250 ok", "250 ok", "354 go")
        #expect(try client.outcome(begun) == nil)
        // Recording may take its time: it is our turn.
        client.loop.advanceTime(by: .hours(1))
        #expect(client.channel.isActive)
        let ended = client.handler.sendFinalDot(on: client.loop)
        client.loop.advanceTime(by: .minutes(10))
        #expect(try client.outcome(ended) == .uncertain("it did not answer in time"))
    }

    @Test func anIdleConnectionTakesItsLeave() throws {
        let client = try Client()
        try client.hear("220 x", "250 x")
        #expect(try client.outcome(client.handler.opened(on: client.loop)) == nil)
        while try client.channel.readOutbound(as: ByteBuffer.self) != nil {}
        client.handler.beIdle()
        client.loop.advanceTime(by: .seconds(20))
        #expect(try client.channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) } == "QUIT\r\n")
        try client.hear("221 bye")
        #expect(!client.channel.isActive)
    }
}
