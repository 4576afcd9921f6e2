import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// The mail desk: what waits for somebody, the ways out, and how long the original is kept.
@Suite struct MailDeskTests {
    private func end(_ outcome: MailOutcome, _ tenant: Tenant, _ house: AgentTestHouse) async throws {
        try await house.desk.database.write { tx in
            guard var mail = try tx.mail(tenant.mail) else { return }
            mail.outcome = outcome
            mail.reason = "because"
            mail.processedAt = house.clock.now
            try tx.updateMail(mail)
        }
    }

    @Test func whatNobodyHasDealtWithIsCountedUntilSomebodyDoes() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/mails"
            try await end(.failed, acme, house)
            #expect(try await house.call(.get, "\(path)/counts", token: acme.token).json["failed"]?.number == 1)
            let rows = try await house.call(.get, "\(path)?outcome=desk&settled=false", token: acme.token).json["payload"]
            #expect(rows?.count == 1 && rows?[0]?["original_kept"]?.isTrue == true)
            #expect(rows?[0]?["ways_out"]?.text == #"["replay","discard"]"#)
            #expect(try await house.call(.post, "\(path)/\(acme.mail)/discard", token: acme.token).json["settled"]?.isTrue == true)
            #expect(try await house.call(.get, "\(path)/counts", token: acme.token).json["failed"]?.number == 0)
            #expect(try await house.call(.get, "\(path)?outcome=desk&settled=false", token: acme.token).json["payload"]?.count == 0)
            #expect(try await house.call(.get, "\(path)?outcome=failed,held", token: acme.token).json["payload"]?.count == 1)
            #expect(try await house.call(.get, "\(path)?outcome=lost", token: acme.token).status == 422)
            let events = try await house.desk.database.read { try $0.events(after: 0, limit: 500) }
            #expect(events.contains { $0.name == "mail.updated" && $0.payload.contains(#""failed":0"#) && $0.visitorPayload == nil })
        }
    }

    @Test func whatWasRefusedIsListedAndNeverWaitsForADecision() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/mails"
            try await end(.refused, acme, house)
            #expect(try await house.call(.get, "\(path)?outcome=refused&settled=false", token: acme.token).json["payload"]?.count == 1)
            #expect(try await house.call(.get, "\(path)?outcome=desk&settled=false", token: acme.token).json["payload"]?.count == 0)
            try await end(.held, acme, house)
            #expect(try await house.call(.get, "\(path)?outcome=desk&settled=false", token: acme.token).json["payload"]?.count == 1)
        }
    }

    @Test func onlyWhatMakesSenseIsDone() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/mails/\(acme.mail)"
            #expect(try await house.call(.post, "\(path)/replay", token: acme.token).status == 422, "it is being read")
            try await end(.recorded, acme, house)
            #expect(try await house.call(.post, "\(path)/discard", token: acme.token).status == 422)
            #expect(try await house.call(.post, "\(path)/release", token: acme.token).status == 422)
            try await end(.quarantined, acme, house)
            let released = try await house.call(.post, "\(path)/release", token: acme.token)
            #expect(released.status == 200 && released.json["outcome"]?.isNull == true)
            #expect(try await house.desk.database.read { try $0.due(.inboundMail, acme.mail.value) } != nil)
        }
    }

    @Test func theOriginalIsDeletedAfterItsTimeAndThenCannotBeReadAgain() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/mails/\(acme.mail)"
            try await end(.failed, acme, house)
            house.clock.advance(by: .seconds(86_399))
            try await Housekeeping(desk: house.desk).runOnce()
            #expect(try await house.call(.get, "\(path)/raw", token: acme.token).status == 200)
            house.clock.advance(by: .seconds(2))
            try await Housekeeping(desk: house.desk).runOnce()
            #expect(try await house.call(.get, "\(path)/raw", token: acme.token).status == 404)
            #expect(try await house.call(.get, path, token: acme.token).json["ways_out"]?.text == #"["discard"]"#)
            #expect(try await house.call(.post, "\(path)/replay", token: acme.token).status == 422)
        }
    }
}
