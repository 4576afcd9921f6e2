import Foundation
import NIOCore
import ServiceLifecycle
import Testing

@testable import MailTransport

private let text = ByteBuffer(string: "Subject: Hi\r\n\r\nHello\r\n")
private let envelope = OutboundEnvelope(sender: "a@x.test", recipients: ["b@y.test"])

/// The receiver over real sockets.
@Suite struct ServerSocketTests {
    @Test func whatTheApplicationSaysIsSaid() async throws {
        struct Broken: Error {}
        let desk = RecordingDesk(
            onRecipient: { recipient, _ in
                switch recipient {
                case "no@y.test": .noSuchMailbox
                case "later@y.test": .tryAgain(SMTPReply(450, "4.2.1", "x"))
                case "broken@y.test": throw Broken()
                default: .accept
                }
            },
            onStore: { _, envelope in
                switch envelope.recipients.first {
                case "full@y.test": .diskFull
                case "crash@y.test": throw Broken()
                default: .stored
                }
            })
        let outcomes = try await withServer(desk: desk) { server in
            let sender = try server.sender()
            var outcomes: [SendOutcome] = []
            for name in ["no", "later", "broken", "full", "crash", "good"] {
                outcomes.append(await sender.send(text, envelope: OutboundEnvelope(sender: nil, recipients: ["\(name)@y.test"])))
            }
            return outcomes
        }
        #expect(outcomes[0] == .permanent(.recipient, .reply(SMTPReply(550, "5.1.1", "There is no such mailbox here."))))
        #expect(outcomes[1] == .temporary(.recipient, .reply(SMTPReply(450, "4.2.1", "x"))))
        #expect(outcomes[2] == .temporary(.recipient, .reply(.localError)))
        #expect(outcomes[3].isTemporary(at: .finalDot, code: 452))
        #expect(outcomes[4] == .temporary(.finalDot, .reply(.localError)))
        guard case .accepted = outcomes[5] else {
            Issue.record("\(outcomes[5])")
            return
        }
        #expect(desk.mails.map(\.envelope.recipients) == [["good@y.test"]])
    }

    @Test func encryptedByStartTLS() async throws {
        let certificates = try await Certificates("IP:127.0.0.1")
        let tls = try ServerTLS(certificatePath: certificates.certificate, keyPath: certificates.key)
        let root = certificates.certificate
        let desk = RecordingDesk()
        let outcome = try await withServer(desk: desk, tls: tls) { server in
            try await server.sender(encryption: .required) { $0.additionalTrustRoots = root }.send(text, envelope: envelope)
        }
        guard case .accepted = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(desk.mails.first?.envelope.tls == "TLSv1.3")
        #expect(desk.mails.first?.text.contains("with ESMTPS id") == true)
    }

    @Test func aCertificateThatNobodyTrusts() async throws {
        let certificates = try await Certificates("IP:127.0.0.1")
        let tls = try ServerTLS(certificatePath: certificates.certificate, keyPath: certificates.key)
        let desk = RecordingDesk()
        let outcomes = try await withServer(desk: desk, tls: tls) { server in
            [
                try await server.sender(encryption: .required).send(text, envelope: envelope),
                try await server.sender(encryption: .opportunistic).send(text, envelope: envelope),
            ]
        }
        #expect(outcomes[0] == .relayFault(.startTLS, .words("its certificate is not trusted (signed by nobody known here, or expired)")))
        guard case .accepted = outcomes[1] else {
            Issue.record("\(outcomes[1])")
            return
        }
        #expect(desk.mails.count == 1)
    }

    @Test func aCertificateForAnotherName() async throws {
        let certificates = try await Certificates("DNS:other.test")
        let tls = try ServerTLS(certificatePath: certificates.certificate, keyPath: certificates.key)
        let root = certificates.certificate
        let outcome = try await withServer(desk: RecordingDesk(), tls: tls) { server in
            try await server.sender(encryption: .required) { $0.additionalTrustRoots = root }.send(text, envelope: envelope)
        }
        #expect(outcome == .relayFault(.startTLS, .words("its certificate is for another host name")))
    }

    @Test func theCertificateIsReadAgain() async throws {
        let old = try await Certificates("DNS:other.test")
        let new = try await Certificates("IP:127.0.0.1")
        let other = try await Certificates("IP:127.0.0.1")
        let tls = try ServerTLS(certificatePath: old.certificate, keyPath: old.key)
        let root = new.certificate
        let before = try ByteBuffer.contents(of: new.certificate)
        let key = try ByteBuffer.contents(of: new.key)
        try before.write(to: old.certificate)
        try key.write(to: old.key)
        #expect(try tls.reloadIfChanged())
        #expect(try tls.reloadIfChanged() == false)
        // A key that belongs to another certificate, then nothing at all: said once each, and what was good stays.
        try ByteBuffer.contents(of: other.key).write(to: old.key)
        #expect(throws: MailTransportError.self) { try tls.reloadIfChanged() }
        #expect(try tls.reloadIfChanged() == false)
        try FileManager.default.removeItem(atPath: old.certificate)
        #expect(throws: MailTransportError.self) { try tls.reloadIfChanged() }
        let outcome = try await withServer(desk: RecordingDesk(), tls: tls) { server in
            try await server.sender(encryption: .required) { $0.additionalTrustRoots = root }.send(text, envelope: envelope)
        }
        guard case .accepted = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    /// Commands put behind STARTTLS in the same packet are never run, neither in the clear nor afterwards.
    @Test func nothingIsInjectedBeforeTheHandshake() async throws {
        let certificates = try await Certificates("IP:127.0.0.1")
        let tls = try ServerTLS(certificatePath: certificates.certificate, keyPath: certificates.key)
        let lines = try await withServer(desk: RecordingDesk(), tls: tls) { server in
            try await RawClient.run(port: server.port) { client in
                _ = try await client.line()
                try await client.say("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@x.test>")
                var lines = [try await client.line()]
                try await client.startTLS()
                try await client.say("NOOP\r\nRCPT TO:<b@y.test>")
                for _ in 0..<2 { lines.append(try await client.line()) }
                return lines
            }
        }
        #expect(lines.map { $0.prefix(9) } == ["220 2.0.0", "250 2.0.0", "503 5.5.1"])
    }

    @Test func missingCertificate() {
        #expect(throws: MailTransportError.self) { try ServerTLS(certificatePath: "/nowhere.pem", keyPath: "/nowhere.pem") }
    }

    @Test func tooManyConnections() async throws {
        let desk = RecordingDesk()
        let lines = try await withServer(desk: desk) {
            $0.maxConnections = 2
            $0.maxConnectionsPerAddress = 1
        } _: { server in
            try await RawClient.run(port: server.port) { first in
                let greeting = try await first.line()
                let second = try await RawClient.run(port: server.port) { try await $0.line() }
                return [greeting, second]
            }
        }
        #expect(lines[0].hasPrefix("220 "))
        #expect(lines[1].hasPrefix("421 4.7.0 "))
    }

    @Test func aPlaceIsFreeAgainAfterwards() async throws {
        let greetings = try await withServer(desk: RecordingDesk()) {
            $0.maxConnections = 1
        } _: { server in
            var greetings: [String] = []
            for _ in 0..<3 {
                greetings.append(
                    try await RawClient.run(port: server.port) { client in
                        let greeting = try await client.line()
                        try await client.say("QUIT")
                        _ = try await client.line()
                        // The server closes; then its place is free.
                        _ = try? await client.line()
                        return greeting
                    })
            }
            return greetings
        }
        #expect(greetings.allSatisfy { $0.hasPrefix("220 ") })
    }

    /// The server is told to stop while a mail is being stored: the mail is answered, then the connection ends.
    @Test func shutdownAnswersTheMailThatIsThere() async throws {
        let gate = Gate()
        let desk = RecordingDesk(onStore: { _, _ in
            await gate.pass()
            return .stored
        })
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = SMTPServer(
            settings: SMTPServerSettings(hostname: "mail.test"), addresses: [ListenAddress(host: "127.0.0.1", port: 0)], desk: desk,
            logger: quietLogger
        ) { addresses in
            for address in addresses { continuation.yield(address.port) }
            continuation.finish()
        }
        let services = ServiceGroup(services: [server], logger: quietLogger)
        async let running: Void = services.run()
        var port = 0
        for await open in ports { port = open }
        let sender = try RunningServer(port: port).sender()
        async let sending = sender.send(text, envelope: envelope)
        await gate.arrived()
        await services.triggerGracefulShutdown()
        await gate.open()
        let outcome = await sending
        try await running
        guard case .accepted = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(desk.mails.count == 1)
    }

    /// A peer that goes away while its mail is being stored: it is stored once, and the server lives on.
    @Test func aPeerThatGoesAwayWhileStoring() async throws {
        let gate = Gate()
        let desk = RecordingDesk(onStore: { _, _ in
            await gate.pass()
            return .stored
        })
        let greeting = try await withServer(desk: desk) { server in
            try await RawClient.run(port: server.port) { client in
                try await client.say("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA")
                while try await !client.line().hasPrefix("354") {}
                try await client.say("Hi\r\n.")
                await gate.arrived()
            }
            await gate.open()
            return try await RawClient.run(port: server.port) { try await $0.line() }
        }
        #expect(greeting.hasPrefix("220 "))
        #expect(desk.mails.count == 1)
    }

    @Test func aPortThatIsTaken() async throws {
        let error = try await withServer(desk: RecordingDesk()) { server in
            let second = SMTPServer(
                settings: SMTPServerSettings(hostname: "x"), addresses: [ListenAddress(host: "127.0.0.1", port: server.port)],
                desk: RecordingDesk(), logger: quietLogger)
            return await #expect(throws: MailTransportError.self) { try await second.run() }
        }
        #expect("\(String(describing: error))".contains("in use"))
    }
}

extension SendOutcome {
    fileprivate func isTemporary(at stage: SendStage, code: Int) -> Bool {
        guard case .temporary(stage, .reply(let reply)) = self else { return false }
        return reply.code == code
    }
}
