import Conversations
import Desk
import Foundation
import NIOCore
import Store
import Testing

/// Live events over real sockets: who gets what, and resuming without gaps or doubles.
@Suite(.serialized) struct EventStreamTests {
    private func answer(_ words: String, in number: Int64, isPrivate: Bool = false, by agent: Agent, _ server: TestServer) async throws
        -> Message
    {
        var draft = OutgoingDraft()
        draft.content = words
        draft.isPrivate = isPrivate
        return try await SendAgentMessage(desk: server.desk).run(draft, in: number, by: agent).message
    }

    private func streamToken(of agent: Agent, _ server: TestServer) async throws -> String {
        let credentials = try await server.desk.database.read { try $0.credentials(of: agent.id) }
        return try #require(credentials.map { server.desk.tokens(of: $0).stream })
    }

    @Test func aStreamTellsItsCursorAndThenWhatComes() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            try await server.events(visitor.streamToken) { events in
                let ready = try await events.next()
                #expect(ready.name == "stream.ready")
                let message = try await answer("Good morning", in: number, by: agent, server)
                let event = try await events.next("message.created")
                #expect(event.data.contains(#""id":\#(message.id),"#))
                #expect(event.data.contains("Good morning"))
                #expect(event.data.contains("delivery") == false)
                #expect(try #require(event.id) > (try #require(ready.id)))
            }
        }
    }

    @Test func aNoteReachesColleaguesAndNeverTheVisitor() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            let token = try await streamToken(of: agent, server)
            try await server.events(token) { colleague in
                _ = try await colleague.next("stream.ready")
                try await server.events(visitor.streamToken) { seen in
                    _ = try await seen.next("stream.ready")
                    _ = try await answer("A difficult one", in: number, isPrivate: true, by: agent, server)
                    _ = try await answer("We are on it", in: number, by: agent, server)
                    let first = try await seen.next("message.created")
                    #expect(first.data.contains("We are on it"))
                }
                let note = try await colleague.next("message.created")
                #expect(note.data.contains("A difficult one"))
            }
        }
    }

    @Test func anotherVisitorGetsNothing() async throws {
        try await TestServer.run { server in
            let (one, other) = (try await server.visitor(), try await server.visitor())
            let agent = try await server.agent()
            let (number, theirs) = (try await one.begin("One"), try await other.begin("Two"))
            try await server.events(other.streamToken) { events in
                _ = try await events.next("stream.ready")
                _ = try await answer("For one", in: number, by: agent, server)
                _ = try await answer("For other", in: theirs, by: agent, server)
                #expect(try await events.next("message.created").data.contains("For other"))
            }
        }
    }

    @Test(arguments: ["", "nobody", "00000000000000000000000000000000"])
    func aTokenThatIsNobodysIsRefused(_ token: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.request("GET", "/events?pubsub_token=\(token)")
            #expect(answer.status == 401)
            #expect(answer["error"].stringValue?.isEmpty == false)
        }
    }

    @Test func comingBackGivesAllThatWasMissedOnceInOrder() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            let cursor = try await server.events(visitor.streamToken) { try await $0.next().id }
            var sent: [Int64] = []
            for index in 0..<250 { sent.append(try await answer("Number \(index)", in: number, by: agent, server).id.value) }
            let expected = sent
            try await server.events(visitor.streamToken, after: cursor) { events in
                var got: [Int64] = []
                while got.count < expected.count { got.append(try messageID(await events.next("message.created"))) }
                #expect(got == expected)
            }
        }
    }

    private func messageID(_ event: ReceivedEvent) throws -> Int64 {
        let json = try JSON(parsing: event.data.utf8)
        return try #require(json["id"]?.int)
    }

    /// Streams come and go while messages are written: each resume must join what was read to what comes live.
    @Test func resumingWhileOthersWriteLosesAndRepeatsNothing() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            let begin = try #require(try await server.events(visitor.streamToken) { try await $0.next().id })
            let (writers, each) = (4, 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for index in 0..<each { _ = try await answer("\(writer)/\(index)", in: number, by: agent, server) }
                    }
                }
                group.addTask {
                    var cursor = begin
                    var got: [Int64] = []
                    // A few events a connection, so that it resumes again and again in the middle of the writing.
                    while got.count < writers * each {
                        let (from, missing) = (cursor, writers * each - got.count)
                        let page = try await server.events(visitor.streamToken, after: from) { events in
                            var page: [ReceivedEvent] = []
                            while page.count < min(7, missing) { page.append(try await events.next("message.created")) }
                            return page
                        }
                        for event in page { got.append(try messageID(event)) }
                        cursor = try #require(page.last?.id)
                    }
                    #expect(got == got.sorted())
                    #expect(Set(got).count == writers * each)
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aCursorThatIsNoLongerKeptMeansLoadingAnew() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            _ = try await visitor.begin("Hello")
            try await server.desk.database.write { tx in
                _ = try tx.forgetEvents(before: server.desk.now() + .seconds(1), atMost: 1_000)
            }
            let newest = try await server.desk.database.read { try $0.eventBounds().newest }
            for cursor in [0, newest + 100] {
                let event = try await server.events(visitor.streamToken, after: cursor) { try await $0.next() }
                #expect(event.name == "stream.reset")
                #expect(try #require(event.id) >= newest)
            }
            let words = try await server.request("GET", "/events?pubsub_token=00000000000000000000000000000000&last_event_id=x")
            #expect(words.status == 401)
        }
    }

    @Test func anOpenStreamIsAnOpenPageAndAClosedOneIsSeenAtOnce() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            _ = try await visitor.begin("Hello")
            let agent = try await server.agent()
            let token = try await streamToken(of: agent, server)
            try await server.events(token) { events in
                _ = try await events.next("stream.ready")
                try await server.events(visitor.streamToken) { page in
                    _ = try await page.next("stream.ready")
                    #expect(try await events.next("presence.update").data.contains(#""\#(visitor.contactID)":"busy""#))
                    #expect(try await visitor.call("POST", "presence", #"{"open":true,"visible":true}"#).status == 200)
                    #expect(try await events.next("presence.update").data.contains(#""\#(visitor.contactID)":"online""#))
                }
                #expect(try await events.next("presence.update").data.contains(#""\#(visitor.contactID)":"offline""#))
            }
        }
    }

    /// A waiting mail's timer follows the page: longer while it is open, shorter once it has closed.
    @Test func closingThePageBringsTheMailForward() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            _ = try await visitor.call("PATCH", "contact", #"{"email":"ann@example.test"}"#)
            let agent = try await server.agent()
            let token = try await streamToken(of: agent, server)
            try await server.events(token) { events in
                _ = try await events.next("stream.ready")
                let open = try await server.events(visitor.streamToken) { page in
                    _ = try await page.next("stream.ready")
                    _ = try await events.next("presence.update")
                    let message = try await answer("Good morning", in: number, by: agent, server)
                    return try await server.desk.database.read { try #require(try $0.message(message.id)) }
                }
                #expect(open.delivery?.until == server.clock.now + .seconds(180))
                _ = try await events.next("presence.update")
                let closed = try await server.desk.database.read { try $0.message(open.id)?.delivery?.until }
                #expect(closed == server.clock.now + .seconds(45))
            }
        }
    }

    @Test func aRemovedAgentsStreamEndsAndColleaguesGoOn() async throws {
        try await TestServer.run { server in
            let administrator = try await server.agent()
            let mila = try await CreateAgent(desk: server.desk, passwords: PasswordQueue()).run(
                name: "Mila", email: "mila@shop.test", password: nil, role: .agent, account: administrator.accountID
            ).agent
            let (here, gone) = (try await streamToken(of: administrator, server), try await streamToken(of: mila, server))
            try await server.events(here) { colleague in
                let began = try #require(try await colleague.next("stream.ready").id)
                try await server.events(gone) { events in
                    _ = try await events.next("stream.ready")
                    try await ChangeAgents(desk: server.desk).remove(mila.id.value, by: administrator)
                    #expect(!(try await events.reader.rest().contains("agent.removed")))
                }
                #expect(try await colleague.next("agent.removed").data == #"{"id":\#(mila.id)}"#)
                let number = try await server.visitor().begin("Hello")
                _ = try await answer("Still here", in: number, by: administrator, server)
                #expect(try await colleague.next("message.created").id ?? 0 > began)
            }
            await #expect(throws: Connection.Failure.self) { try await server.events(gone) { _ in } }
        }
    }

    @Test func anOrderlyShutdownEndsStreams() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            try await server.events(visitor.streamToken) { events in
                _ = try await events.next("stream.ready")
                await server.stop()
                _ = try await events.reader.rest()
            }
        }
    }

    /// A request before it on the same connection is answered by the routes; the stream takes the connection over after it.
    @Test func aConnectionThatServedRequestsCanBecomeAStream() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            try await Connection.open(port: server.port) { reader, writer, _ in
                try await writer.write(ByteBuffer(string: "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
                _ = try await reader.text(until: #"{"status":"alive"}"#)
                try await writer.write(ByteBuffer(string: "GET /events?pubsub_token=\(visitor.streamToken) HTTP/1.1\r\nHost: x\r\n\r\n"))
                #expect(try await reader.text(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
                var events = EventReader(reader: reader)
                #expect(try await events.next().name == "stream.ready")
            }
        }
    }
}
