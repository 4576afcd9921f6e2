import Conversations
import Testing

@testable import HTTPAPI

@Suite struct RateLimitsTests {
    @Test func aBucketEmptiesAndFillsAgain() {
        let clock = HandClock()
        let limits = RateLimits(now: { clock.now })
        let limit = RateLimits.Limit(name: "test", burst: 3, perSecond: 0.5)
        #expect((0..<4).map { _ in limits.allows(limit, for: "a") } == [true, true, true, false])
        #expect(limits.allows(limit, for: "b"))
        clock.advance(.seconds(1))
        #expect(!limits.allows(limit, for: "a"))
        clock.advance(.seconds(1))
        #expect(limits.allows(limit, for: "a"))
        clock.advance(.seconds(3600))
        #expect((0..<4).map { _ in limits.allows(limit, for: "a") } == [true, true, true, false])
    }

    @Test func aVisitorWhoHammersIsToldToWait() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            var last = 0
            for index in 0...10 { last = try await visitor.call("PATCH", "contact", #"{"email":"a\#(index)@example.test"}"#).status }
            #expect(last == 429)
            server.clock.advance(.seconds(60))
            #expect(try await visitor.call("PATCH", "contact", #"{"email":"b@example.test"}"#).status == 200)
        }
    }
}
