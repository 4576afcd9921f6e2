import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import MailTransport

private let source = "/usr/sbin/smtp-source"
private let swaks = "/usr/bin/swaks"
private let envelope = OutboundEnvelope(sender: "a@x.test", recipients: ["b@y.test"])

/// Against programs that others wrote: Postfix's smtp-source and smtp-sink, and swaks (Debian packages `postfix`, `swaks`).
@Suite(.serialized) struct PeerTests {
    // MARK: The receiver

    @Test func smtpSourceOverTenConnections() async throws {
        let desk = RecordingDesk()
        let result = try await withServer(desk: desk) { server in
            try await runProgram(
                source, ["-s", "10", "-m", "500", "-l", "4096", "-f", "a@x.test", "-t", "b@y.test", "127.0.0.1:\(server.port)"])
        }
        #expect(result.status == 0, "\(result.output)")
        #expect(desk.mails.count == 500)
        #expect(
            desk.mails.allSatisfy {
                $0.envelope.sender == "a@x.test" && $0.envelope.recipients == ["b@y.test"] && $0.text.utf8.count > 4_096
            })
    }

    @Test func smtpSourceWithManyRecipientsOnOneConnection() async throws {
        let desk = RecordingDesk()
        let result = try await withServer(desk: desk) { server in
            try await runProgram(
                source, ["-d", "-s", "1", "-m", "20", "-r", "100", "-f", "a@x.test", "-t", "b@y.test", "127.0.0.1:\(server.port)"])
        }
        #expect(result.status == 0, "\(result.output)")
        #expect(desk.mails.map(\.envelope.recipients.count) == Array(repeating: 100, count: 20))
    }

    @Test(arguments: [[], ["--pipeline"]])
    func swaksSendsAMail(options: [String]) async throws {
        let desk = RecordingDesk()
        let body = "Subject: Hi\\n\\n.dot\\n..dots\\nend\\n"
        let result = try await withServer(desk: desk) { server in
            try await runSwaks(server, options + ["--data", body])
        }
        #expect(result.status == 0, "\(result.output)")
        #expect(desk.mails.count == 1)
        #expect(desk.mails.first?.text.contains("\r\n\r\n.dot\r\n..dots\r\nend\r\n") == true)
    }

    @Test func swaksByTLS() async throws {
        let certificates = try await Certificates("IP:127.0.0.1")
        let tls = try ServerTLS(certificatePath: certificates.certificate, keyPath: certificates.key)
        let desk = RecordingDesk()
        let result = try await withServer(desk: desk, tls: tls) { try await runSwaks($0, ["--tls"]) }
        #expect(result.status == 0, "\(result.output)")
        #expect(desk.mails.first?.envelope.tls?.hasPrefix("TLSv1.") == true)
    }

    @Test func swaksIsToldWhyNot() async throws {
        let desk = RecordingDesk(onRecipient: { _, _ in .noSuchMailbox })
        let result = try await withServer(desk: desk) { try await runSwaks($0, []) }
        // 24: no recipient was accepted.
        #expect(result.status == 24, "\(result.output)")
        #expect(result.output.contains("550 5.1.1 There is no such mailbox here."))
    }

    @Test func swaksSendsTooMuch() async throws {
        let desk = RecordingDesk()
        let result = try await withServer(desk: desk) {
            $0.maxMessageBytes = 10_000
        } _: { server in
            try await runSwaks(server, ["--body", String(repeating: "too much ", count: 2_000)])
        }
        // 26: refused behind the final dot.
        #expect(result.status == 26, "\(result.output)")
        #expect(result.output.contains("552 5.3.4"))
        #expect(desk.mails.isEmpty)
    }

    private func runSwaks(_ server: RunningServer, _ options: [String]) async throws -> (status: Int32, output: String) {
        try await runProgram(
            swaks,
            ["--server", "127.0.0.1", "--port", "\(server.port)", "--helo", "c.test", "--from", "a@x.test", "--to", "b@y.test"] + options)
    }

    // MARK: The sender

    @Test(arguments: [[], ["-p"], ["-e"], ["-8"]])
    func smtpSinkTakesMails(options: [String]) async throws {
        try await Sink.run(options) { sink in
            let sender = try sink.sender()
            let accepted = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var accepted = 0
                        for number in 0..<25 {
                            let mail = ByteBuffer(string: "Subject: \(number)\r\n\r\n.dot ü\r\n")
                            if case .accepted = await sender.send(mail, envelope: envelope) { accepted += 1 }
                        }
                        return accepted
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(accepted == 100)
            #expect(try sink.mails.components(separatedBy: "\n.dot ü\n").count == 101)
        }
    }

    @Test func smtpSinkHangsUpBehindTheDot() async throws {
        try await Sink.run(["-q", "."]) { sink in
            let outcome = try await sink.sender().send(ByteBuffer(string: "Hi\r\n"), envelope: envelope)
            guard case .uncertain = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    @Test(arguments: [("-r", "MAIL", SendStage.sender), ("-r", "RCPT", .recipient), ("-r", "DATA", .data), ("-r", ".", .finalDot)])
    func smtpSinkSaysLater(option: String, command: String, stage: SendStage) async throws {
        try await Sink.run([option, command]) { sink in
            let outcome = try await sink.sender().send(ByteBuffer(string: "Hi\r\n"), envelope: envelope)
            guard case .temporary(stage, .reply(let reply)) = outcome, reply.code == 450 else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    @Test(arguments: [("MAIL", SendStage.sender), ("RCPT", .recipient), ("DATA", .data), (".", .finalDot)])
    func smtpSinkSaysNo(command: String, stage: SendStage) async throws {
        try await Sink.run(["-f", command]) { sink in
            let outcome = try await sink.sender().send(ByteBuffer(string: "Hi\r\n"), envelope: envelope)
            guard case .permanent(stage, .reply(let reply)) = outcome, reply.code == 500 else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    @Test(arguments: ["MAIL", "RCPT", "DATA", "."])
    func smtpSinkClosesWith421(command: String) async throws {
        try await Sink.run(["-Q", command]) { sink in
            let outcome = try await sink.sender().send(ByteBuffer(string: "Hi\r\n"), envelope: envelope)
            guard case .temporary(_, .reply(let reply)) = outcome, reply.code == 421 else {
                Issue.record("\(outcome)")
                return
            }
        }
    }
}

/// Postfix's smtp-sink on a free port, with what it received in a file.
private struct Sink: Sendable {
    let port: Int
    let file: URL

    var mails: String {
        get throws { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
    }

    func sender() throws -> SMTPSender { try RunningServer(port: port).sender() }

    static func run(_ options: [String], _ body: (Sink) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        // smtp-sink gives up root's rights and still has to write here.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sink = Sink(port: try await freePort(), file: folder.appending(path: "mails"))

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/smtp-sink")
        process.arguments = (getuid() == 0 ? ["-u", "nobody"] : []) + options + ["-D", sink.file.path, "127.0.0.1:\(sink.port)", "100"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        while try await !sink.isListening {
            guard process.isRunning else { throw ProgramFailed(output: "smtp-sink ended with \(process.terminationStatus)") }
            await Task.yield()
        }
        try await body(sink)
    }

    private var isListening: Bool {
        get async throws {
            do {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port)
                    .get()
                try await channel.close()
                return true
            } catch is NIOConnectionError {
                return false
            } catch is IOError {
                return false
            }
        }
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }
}
