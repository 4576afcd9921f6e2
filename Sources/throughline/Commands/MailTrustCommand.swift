import ArgumentParser
import Desk
import Foundation
import MailTrust
import Settings

struct MailTrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Explain who vouches for a mail's sender (SPF, DKIM, DMARC, ARC): one JSON line for each file, or for standard input.")

    @Option(help: "The address of the client that handed the mail over.") var client: String?
    @Option(help: "What that client called itself.") var helo = ""
    @Option(help: "The envelope's sender; empty for a bounce.") var sender = ""
    @Option(help: "A forwarder that is believed: its name, then the addresses it sends from.") var forwarder: [String] = []
    @Argument(help: "Files with one raw mail each.") var files: [String] = []

    func run() async throws {
        guard let resolver = try DNSByUnbound.resolver(Program.requireSettings().mail.dns) else {
            throw ValidationError("mail.dns is off: nobody can be asked. Write --mail-dns system")
        }
        let address = try client.map { text in
            guard let address = IPAddress(text) else { throw ValidationError("“\(text)” is no IP address") }
            return address
        }
        let forwarders = try forwarder.map { line in
            guard let forwarder = TrustedForwarder(line: line) else {
                throw ValidationError("“\(line)” is no forwarder. Write its name, then the addresses it sends from")
            }
            return forwarder
        }
        let inspect = InspectTrust(
            dns: resolver, receiver: try Program.requireSettings().smtp.hostname, forwarders: forwarders, receivedAt: Date())
        let envelope = TrustEnvelope(client: address, helo: helo, sender: sender)
        if files.isEmpty {
            print(await inspect.line([UInt8](FileHandle.standardInput.readDataToEndOfFile()), envelope: envelope, file: nil))
        }
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else { throw ValidationError("“\(file)” cannot be read") }
            print(await inspect.line([UInt8](data), envelope: envelope, file: file))
        }
        resolver.close()
    }
}
