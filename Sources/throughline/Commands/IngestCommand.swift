import ArgumentParser
import Foundation
import Logging
import MailTransport
import NIOCore

/// A pipe for Postfix and Exim: reads a raw mail on standard input and hands it to the running server by SMTP.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Hand a raw mail on standard input to the running server (exit 0 stored, 75 try again, 65 refused).")

    @Option(parsing: .upToNextOption, help: "Whom the mail is for; without it RECIPIENT of the environment, which Exim sets.")
    var recipient: [String] = []
    @Option(help: "The envelope sender, empty for the null return path; without it SENDER of the environment.") var sender: String?

    /// sysexits(3): what Postfix's pipe(8) and Exim understand.
    private static let dataError = ExitCode(65)
    private static let tryAgain = ExitCode(75)

    mutating func validate() throws {
        // Exim refuses to write an address that a stranger chose on a command line, and puts both into the environment of its pipe.
        let environment = ProcessInfo.processInfo.environment
        if recipient.isEmpty {
            recipient = [environment["RECIPIENT"]].compactMap { $0 }.filter { !$0.isEmpty }
            sender = sender ?? environment["SENDER"]
        }
        guard !recipient.isEmpty else { throw ValidationError("--recipient is missing. Write the address that the mail is for") }
    }

    func run() async throws {
        let settings = try Program.requireSettings()
        guard let listen = settings.smtp.listen.first else {
            throw ValidationError("smtp.listen is off, so there is no server to hand the mail to")
        }
        let host = ["0.0.0.0", "::", "*"].contains(listen.host) ? "127.0.0.1" : listen.host
        var client = SMTPClientSettings(hostname: "localhost")
        client.maxConnections = 1
        client.isProxy = settings.smtp.trustedProxies.contains { AddressRange(parsing: $0)?.contains("127.0.0.1") ?? false }
        let relay = SMTPRelay(host: host, port: listen.port, encryption: .none)
        let mail = FileHandle.standardInput.readDataToEndOfFile()
        let way = try SMTPSender(relay: relay, settings: client, logger: Logger(label: "throughline.ingest"))
        let outcome = await way.send(
            ByteBuffer(bytes: mail),
            envelope: OutboundEnvelope(sender: Self.envelopeSender(sender), recipients: recipient))
        way.closeIdleConnections()
        switch outcome {
        case .accepted: return
        case .permanent:
            Self.say(outcome.sentence(server: "\(listen)"))
            throw Self.dataError
        case .temporary, .uncertain, .relayFault:
            Self.say(outcome.sentence(server: "\(listen)"))
            throw Self.tryAgain
        }
    }

    /// The null return path is written in several ways; `MAILER-DAEMON` is that of Postfix's pipe(8).
    private static func envelopeSender(_ written: String?) -> String? {
        guard let written, !["", "<>", "mailer-daemon"].contains(written.lowercased()) else { return nil }
        return written
    }

    private static func say(_ words: String) { FileHandle.standardError.write(Data("throughline: \(words)\n".utf8)) }
}
