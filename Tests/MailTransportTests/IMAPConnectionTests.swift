import NIOCore
import Testing

@testable import MailTransport

/// A mailbox's server over a real socket, in the clear on this machine.
@Suite struct IMAPConnectionTests {
    private func mailbox(_ server: ScriptedServer) -> IMAPMailbox {
        IMAPMailbox(host: "127.0.0.1", port: server.port, security: .none, user: "ann", credentials: .password("secret"))
    }

    private func settings(command: TimeAmount = .seconds(30), idle: TimeAmount = .seconds(30)) -> IMAPClientSettings {
        var settings = IMAPClientSettings(maxMailBytes: 10_000)
        settings.timeouts.command = command
        settings.timeouts.idle = idle
        return settings
    }

    /// What an ordinary server answers.
    @Sendable private static func answer(_ peer: ScriptedServer.Peer, _ line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        if line == "CONNECT" { return try await peer.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] x") }
        guard words.count > 1 else { return try await peer.say("T4 OK x") }
        switch words[1] {
        case "EXAMINE": try await peer.say("* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n\(words[0]) OK x")
        case "IDLE": try await peer.say("+ idling")
        case "UID": try await peer.say("* 1 FETCH (UID 1 RFC822.SIZE 2 BODY[] {2}\r\nHi)\r\n\(words[0]) OK x")
        default: try await peer.say("\(words[0]) OK [CAPABILITY IDLE] x")
        }
    }

    @Test func `lists, fetches, waits and leaves`() async throws {
        try await ScriptedServer.run { peer, line in
            try await Self.answer(peer, line)
            return true
        } _: { server in
            let connection = try await IMAPConnection.open(mailbox(server), settings: settings(idle: .milliseconds(50)))
            #expect(connection.folder == IMAPFolder(uidValidity: 1, uidNext: 2, mails: 1))
            #expect(await connection.canIdle)
            #expect(try await connection.list(from: 1) == [IMAPListedMail(uid: 1, size: 2, receivedAt: nil)])
            // The time for IDLE is over, which is a reason to look.
            try await connection.watch()
            #expect(try await connection.fetch(1) == .mail(ByteBuffer(string: "Hi")))
            connection.leave()
        }
    }

    /// Silent from one line on: at each, a failure after the time for an answer, and never a hang.
    @Test(arguments: ["CONNECT", "AUTHENTICATE", "EXAMINE", "UID", "IDLE", "DONE"])
    func `a server that goes silent is noticed`(_ word: String) async throws {
        try await ScriptedServer.run { peer, line in
            if !line.contains(word) { try await Self.answer(peer, line) }
            return true
        } _: { server in
            let failure = await #expect(throws: IMAPFailure.self) {
                let connection = try await IMAPConnection.open(
                    mailbox(server), settings: settings(command: .milliseconds(200), idle: .milliseconds(50)))
                _ = try await connection.list(from: 1)
                try await connection.watch()
            }
            #expect(failure == IMAPFailure(.lost, "it did not answer in time"))
        }
    }

    @Test func `nobody listens`() async throws {
        let port = try await ScriptedServer.run { _, _ in
            true
        } _: {
            $0.port
        }
        let closed = IMAPMailbox(host: "127.0.0.1", port: port, security: .tls, user: "a", credentials: .password("b"))
        let failure = await #expect(throws: IMAPFailure.self) { try await IMAPConnection.open(closed, settings: settings()) }
        #expect(failure == IMAPFailure(.noConnection, "nothing listens there"))
    }

    /// What speaks in the clear where encryption was expected gets no password.
    @Test func `a server without encryption gets nothing`() async throws {
        try await ScriptedServer.run { peer, line in
            try await Self.answer(peer, line)
            return true
        } _: { server in
            for security in [IMAPMailbox.Security.tls, .startTLS] {
                var mailbox = mailbox(server)
                mailbox.security = security
                let failure = await #expect(throws: IMAPFailure.self) { try await IMAPConnection.open(mailbox, settings: settings()) }
                #expect(failure?.kind == .noEncryption)
            }
            #expect(!server.log.text.contains("AUTHENTICATE"))
        }
    }

    @Test func `a task that is cancelled ends its connection`() async throws {
        try await ScriptedServer.run { peer, line in
            try await Self.answer(peer, line)
            return true
        } _: { server in
            let connection = try await IMAPConnection.open(mailbox(server), settings: settings())
            let failure = await withTaskGroup(of: IMAPFailure?.self) { group in
                group.addTask {
                    do throws(IMAPFailure) { try await connection.watch() } catch { return error }
                    return nil
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(failure?.kind == .lost)
        }
    }
}
