import Conversations
import Foundation
import Store
import Testing

@testable import Desk

/// A copy of the database alone gives no token away (behaviour §4).
@Suite struct SealedMailTests {
    private let secrets = Secrets(key: Array(repeating: 7, count: 32))

    @Test func whatIsSealedOpensAsItWas() throws {
        let raws: [[UInt8]] = [
            [], [0], Array("Subject: Hi\r\n\r\nHello\r\n".utf8), SealedMail.mark, [UInt8](repeating: 0xFF, count: 100_000),
        ]
        for raw in raws {
            for envelope in [["", "a@x.test"], ["s@x.test", "a@x.test", "b@y.test"], [""]] {
                let mail = SealedMail(envelope: envelope, raw: raw)
                let sealed = try mail.sealed(by: secrets)
                #expect(try SealedMail(opening: sealed, by: secrets, envelope: ["other"]) == mail)
                #expect(try mail.sealed(by: secrets) != sealed, "Every seal is another.")
            }
        }
    }

    @Test func anotherSecretOrAChangedByteOpensNothing() throws {
        let sealed = try SealedMail(envelope: [""], raw: [1, 2, 3]).sealed(by: secrets)
        #expect(throws: SealedMail.CannotOpen.self) {
            try SealedMail(opening: sealed, by: Secrets(key: Array(repeating: 8, count: 32)), envelope: [])
        }
        for index in SealedMail.mark.count..<sealed.count {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealedMail.CannotOpen.self) { try SealedMail(opening: changed, by: secrets, envelope: []) }
        }
        #expect(throws: SealedMail.CannotOpen.self) { try SealedMail(opening: SealedMail.mark, by: secrets, envelope: []) }
    }

    /// Reads every column of every table, as whoever has the file can.
    @Test func noTokenStandsInTheDatabase() async throws {
        try await MailHouse.with { house in
            try await house.send()
            try await house.outbox()
            let reply = try await house.replyAddress()
            let mail = try await house.receive(
                """
                From: ann@customer.test
                To: \(reply)
                Message-ID: <a@customer.test>
                Subject: Re: x

                I answer to \(reply).

                """, from: "ann@customer.test", to: [reply])
            #expect(mail.outcome == .threaded)
            let token = Array(reply.dropFirst("reply+".count).prefix(32).utf8)
            let found = try await house.desk.database.read { tx in
                try tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'").flatMap { row -> [String] in
                    guard case .text(let table)? = row.values.first else { return [] }
                    return try tx.rows("SELECT * FROM \(table)").flatMap(\.values).filter { Self.bytes($0).contains(token) }.map { _ in
                        table
                    }
                }
            }
            #expect(found == [])
            // And yet the original is there, whole.
            let raw = try await ListMails(desk: house.desk).raw(mail.id.value, by: house.agent)
            #expect(String(decoding: raw, as: UTF8.self).contains(reply))
        }
    }

    @Test func mailKeptBeforeThereWasASealIsReadAndSealedLater() async throws {
        try await MailHouse.with { house in
            let token = String(repeating: "a", count: 32)
            let raw = Array("Subject: old\r\n\r\nto reply+\(token)@reply.acme.test\r\n".utf8)
            let now = house.clock.now
            let id = try await house.desk.database.write { tx in
                let id = try tx.acceptMail(
                    StoredMail(
                        accountID: house.agent.accountID, receivedAt: now, ingress: "smtp", remoteAddress: nil, helo: nil,
                        envelopeFrom: "ann@customer.test", recipients: ["reply+\(token)@reply.acme.test"], size: 10), raw: raw)
                try tx.run("UPDATE inbound_raw SET sealed = 0")
                return id
            }
            for round in 0..<2 {
                let (mail, original, stored) = try await house.desk.database.read { tx in
                    let mail = try #require(try tx.mail(id))
                    return (mail, try house.desk.original(of: mail, tx), try tx.rawMail(id))
                }
                #expect(original?.raw == raw)
                #expect(original?.mail.recipients == ["reply+\(token)@reply.acme.test"])
                #expect(mail.recipients == [round == 0 ? "reply+\(token)@reply.acme.test" : "reply+…@reply.acme.test"])
                #expect((stored == raw) == (round == 0))
                try await Housekeeping(desk: house.desk).runOnce()
            }
            #expect(try await house.desk.database.read { try $0.unsealedMails(limit: 5).isEmpty })
        }
    }

    private static func bytes(_ value: Value) -> [UInt8] {
        switch value {
        case .text(let text): Array(text.utf8)
        case .blob(let bytes): bytes
        default: []
        }
    }
}
