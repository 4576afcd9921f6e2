import ArgumentParser
import Desk
import Foundation

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all of one conversation: its messages and notes, with their files.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case mbox, json }

    @Argument(help: "The conversation's number, as the dashboard shows it.") var id: Int64
    @Option(help: "mbox: a mail for each message, for mail programs; json: as the API shows it, files as links.") var format: Format

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await house.database.migrate()
        try await house.end {
            let export = ExportConversation(desk: house.desk)
            switch format {
            case .mbox: try await export.mbox(id, in: nil) { try Self.write($0) }
            case .json:
                let document = try await export.run(id, in: nil)
                try Self.write(Array(document.text.utf8) + [0x0A])
                if case .bool(false)? = document["complete"] { Self.warn() }
            }
        }
    }

    /// - Throws: where the disk is full or nobody reads: half a file must not look like a whole one.
    private static func write(_ bytes: [UInt8]) throws { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) }

    private static func warn() {
        let words = "throughline: Only the first \(ExportConversation.most) messages are in it. An mbox has all: --format mbox.\n"
        FileHandle.standardError.write(Data(words.utf8))
    }
}
