import Conversations
import Foundation
import Logging
import MailTransport
import NIOCore
import Store
import Synchronization
import Testing

@testable import Desk

/// Every way in which a relay can go wrong, at every stage, over a real socket: what the sender says of it, and what the outbox does then.
/// What is expected stands in docs/operating.md, where an operator reads it.
@Suite struct RelayMatrixTests {
    enum Expected: String, CaseIterable {
        case sent, deferred, refused, uncertain, stopped
        /// A relay can say nothing before it is connected.
        case none = "–"
    }

    static let table: [MisbehavingRelay.Stage: [MisbehavingRelay.Fault: Expected]] = {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/operating.md")
        let lines = ((try? String(contentsOf: page, encoding: .utf8)) ?? "").split(separator: "\n")
        func cells(_ line: Substring) -> [String] {
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        guard let head = lines.firstIndex(where: { $0.hasPrefix("| at ") }) else { return [:] }
        let faults = cells(lines[head]).dropFirst().map { MisbehavingRelay.Fault(rawValue: $0) }
        var table: [MisbehavingRelay.Stage: [MisbehavingRelay.Fault: Expected]] = [:]
        for line in lines.dropFirst(head + 2).prefix(while: { $0.hasPrefix("|") }) {
            let row = cells(line)
            guard let stage = row.first.flatMap(MisbehavingRelay.Stage.init(rawValue:)) else { continue }
            for (fault, word) in zip(faults, row.dropFirst()) {
                if let fault { table[stage, default: [:]][fault] = Expected(rawValue: word) }
            }
        }
        return table
    }()

    @Test func theTableHasEveryCell() {
        for stage in MisbehavingRelay.Stage.allCases {
            for fault in MisbehavingRelay.Fault.allCases { #expect(Self.table[stage]?[fault] != nil, "\(stage) × \(fault)") }
        }
    }

    @Test(arguments: MisbehavingRelay.Stage.allCases)
    func everyFaultAt(stage: MisbehavingRelay.Stage) async throws {
        try await MailHouse.with { house in
            for fault in MisbehavingRelay.Fault.allCases {
                let expected = try #require(Self.table[stage]?[fault])
                guard expected != .none else { continue }
                try await check(stage, fault, expected, house)
            }
        }
    }

    private func check(
        _ stage: MisbehavingRelay.Stage, _ fault: MisbehavingRelay.Fault, _ expected: Expected, _ house: MailHouse
    ) async throws {
        let cell = Comment(rawValue: "\(stage.rawValue) × \(fault.rawValue)")
        let message = try await house.send("Cell \(stage) \(fault)")
        // More than the buffers of both sockets hold, so that the fault comes in the middle of the text.
        if stage == .body { try await enlarge(message, house) }
        let said = Said()
        try await MisbehavingRelay.run(stage, fault) { port in
            let sender = try SMTPSender(relay: relay(port, stage), settings: settings(stage, fault), logger: house.desk.logger)
            let way = MailWayOut.Relay(name: "relay", host: "relay.test") { mail, envelope, dot in
                let outcome = await sender.send(mail, envelope: envelope, beforeFinalDot: dot)
                said.note(outcome)
                return outcome
            }
            try await SendOutbox(desk: house.desk, wayOut: .relay(way)).run(house.lease())
            sender.closeIdleConnections()
        }
        #expect(said.word == expected, cell)

        let mail = try #require(try await house.mail(message))
        let state = try #require(try await house.state(message))
        let due = try await house.due(message)
        let now = house.clock.now
        switch expected {
        case .none: break
        case .sent:
            #expect(mail.state == .sent && state.name == .emailed && due == nil, cell)
        case .deferred:
            #expect(mail.state == .deferred && state.name == .deferred && due == now + .seconds(60) && state.until == due, cell)
        case .refused:
            #expect(mail.state == .failed && state.name == .failed && due == nil, cell)
            #expect(state.reason?.hasPrefix("The mail server relay.test said: \(fault.rawValue)") == true, cell)
        case .uncertain:
            #expect(mail.state == .uncertain && state.name == .uncertain && due == now + .seconds(1_800), cell)
        case .stopped:
            #expect(mail.state == .stopped && state.name == .deferred && due == now + .seconds(3_600), cell)
        }
        let stop = try await house.health().stop
        #expect((stop != nil) == (expected == .stopped), cell)
        // The next cell begins with a clear table.
        try await house.desk.database.write { tx in
            try tx.dequeue(.outbox, mail.id.value)
            try tx.resumeRelay(.all, at: now)
        }
    }

    private func relay(_ port: Int, _ stage: MisbehavingRelay.Stage) -> SMTPRelay {
        SMTPRelay(
            host: "127.0.0.1", port: port, encryption: stage == .startTLS ? .required : .none,
            credentials: SMTPRelay.Credentials(user: "u", password: "p"))
    }

    /// Only a stall is waited for, and not for long.
    private func settings(_ stage: MisbehavingRelay.Stage, _ fault: MisbehavingRelay.Fault) -> SMTPClientSettings {
        var settings = SMTPClientSettings(hostname: "desk.test")
        settings.maxMailsPerConnection = 1
        guard fault == .stall else { return settings }
        let soon = TimeAmount.milliseconds(150)
        switch stage {
        case .connect: settings.timeouts.connect = soon
        case .banner: settings.timeouts.greeting = soon
        case .hello, .startTLS, .authentication: settings.timeouts.command = soon
        // The same time holds for signing in, which has to work on a busy machine first.
        case .quit: settings.timeouts.command = .seconds(3)
        case .sender: settings.timeouts.sender = soon
        case .recipient: settings.timeouts.recipient = soon
        case .data: settings.timeouts.data = soon
        case .body: settings.timeouts.block = soon
        case .dot: settings.timeouts.finalDot = soon
        }
        return settings
    }

    private func enlarge(_ message: ID<Message>, _ house: MailHouse) async throws {
        let mail = try #require(try await house.mail(message))
        let raw = Array(String(repeating: String(repeating: "x", count: 998) + "\r\n", count: 7_000).utf8)
        let sealed = try SealedMail(envelope: ["bounce@reply.acme.test"], raw: raw).sealed(by: house.desk.secrets)
        try await house.desk.database.write { try $0.sealOutboxMail(mail.id, sender: "bounce@reply.acme.test", as: sealed) }
    }
}

/// What the sender said.
private final class Said: Sendable {
    private let outcome = Mutex<SendOutcome?>(nil)

    func note(_ outcome: SendOutcome) { self.outcome.withLock { $0 = outcome } }

    var word: RelayMatrixTests.Expected? {
        switch outcome.withLock({ $0 }) {
        case .accepted: .sent
        case .temporary: .deferred
        case .permanent: .refused
        case .uncertain: .uncertain
        case .relayFault: .stopped
        case nil: nil
        }
    }
}
