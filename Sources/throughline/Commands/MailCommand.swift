import ArgumentParser
import Conversations
import Desk
import Foundation
import MailFormat
import ReplyExtraction

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Look at mails with the code that production runs.",
        subcommands: [MailInspect.self, MailReply.self, MailTrustCommand.self, MailReplay.self])
}

struct MailInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Explain mails: one JSON line for each file, or for standard input.")

    @Argument(help: "Files with one raw mail each.") var files: [String] = []

    func run() throws {
        if files.isEmpty {
            Self.print(InspectMail.line([UInt8](FileHandle.standardInput.readDataToEndOfFile()), file: nil))
        }
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else { throw ValidationError("“\(file)” cannot be read") }
            Self.print(InspectMail.line([UInt8](data), file: file))
        }
    }

    private static func print(_ line: [UInt8]) { FileHandle.standardOutput.write(Data(line + [0x0A])) }
}

struct MailReply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Print the new text alone of a mail on standard input.")

    @Flag(help: "The input is one plain body, not a whole mail.") var text = false

    func run() throws {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        if text {
            print(ReplyExtractor.extract(text: String(decoding: input, as: UTF8.self)).reply)
        } else {
            print(ReadMail.read([UInt8](input), envelope: MailEnvelope(sender: nil, recipients: [])).reply)
        }
    }
}

struct MailReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Process stored mails again: those named, or all that failed.")

    @Argument(help: "Numbers of mails.") var ids: [Int64] = []
    @Flag(help: "All mails that failed.") var failed = false

    func validate() throws {
        guard failed != !ids.isEmpty else { throw ValidationError("Name the numbers of mails, or write --failed") }
    }

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await house.database.migrate()
        let replayed = try await ReplayMail(desk: house.desk).run(failed ? nil : ids.map { ID($0) })
        print(JSON.object([("replayed", .array(replayed.map { .integer($0.value) }))]).text)
        try await house.close()
    }
}
