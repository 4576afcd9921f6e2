import Conversations
import Foundation
import MailTrust
import Store

/// The rows that an inbox's mail needs in DNS, and what stands there now.
public struct ListDNSRows: Sendable {
    private let desk: Desk
    private let look: LookAtMail

    public init(desk: Desk) {
        self.desk = desk
        look = LookAtMail(dns: desk.dns, port: desk.options.check.port)
    }

    public func run(_ number: Int64, by agent: Agent) async throws -> JSON {
        let desk = self.desk
        let (setup, arrival, passed) = try await desk.database.read { tx in
            let inbox = try tx.inbox(number, of: agent)
            let arrival = try tx.lastCheck(of: inbox.id)?.arrival
            return (
                try desk.mailSetup(of: inbox, tx), arrival.flatMap { try? JSONDecoder().decode(ProbeArrival.self, from: Data($0.utf8)) },
                try tx.lastPassed(of: inbox.id) != nil
            )
        }
        let probe = arrival.flatMap { $0.bounce == nil ? $0 : nil }
        let seen = if let probe { await look.judge(probe, setup) } else { await look.run(setup, client: nil, withPorts: false) }
        let rows = DNSRows.all(
            setup, seen.dns, client: probe?.client, relay: desk.options.check.relayHost, signatures: seen.signatures, cameBack: passed)
        let fault = JudgeSettings.fault(setup)
        return .object([
            ("payload", .array(rows.map(\.json))), ("asked", .bool(seen.dns != nil)),
            ("problem", fault.map(\.json) ?? .null),
        ])
    }
}
