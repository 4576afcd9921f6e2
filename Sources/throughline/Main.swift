import ArgumentParser
import Desk
import Foundation
import Settings

@main
enum Main {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The reader of mails: nothing else of the program is set up for it.
        if arguments == [Program.readMail] { return MailReadingLoop.run() }
        do {
            let (settings, rest) = try load(arguments)
            try await Program.$settings.withValue(settings) {
                let command = Usage.command(Throughline.self, rest)
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    var command = command
                    try command.run()
                }
            }
        } catch let error as SettingsError {
            Usage.refuse(error.description)
        } catch {
            Usage.end(Throughline.self, with: error)
        }
    }

    /// The demo knows no settings but those on its command line, and keeps its data beside the others.
    private static func load(_ arguments: [String]) throws -> (Settings, [String]) {
        let environment = ProcessInfo.processInfo.environment
        let directory = FileManager.default.currentDirectoryPath
        if try Settings.command(in: arguments) == "demo" {
            return try Settings.load(
                arguments: arguments, environment: [:], workingDirectory: directory,
                defaults: ["data.directory": "./demo-data", "mail.dns": "off"], fileName: nil)
        }
        return try Settings.load(arguments: arguments, environment: environment, workingDirectory: directory)
    }
}

/// What all commands know of the program that they are.
enum Program {
    static let version = "0.1.0"
    /// The hidden command that reads mails in a child process.
    static let readMail = "read-mail"

    @TaskLocal static var settings: Settings?

    static func requireSettings() throws -> Settings {
        guard let settings else {
            throw SettingsError(key: "data.directory", written: "", problem: "was not read", advice: "Start the program again.")
        }
        return settings
    }

    /// This executable, for starting it again as a child.
    static var path: String { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0] }
}

struct Throughline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughline", abstract: "Website chat and email as one conversation.", version: Program.version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, AgentCommand.self, InboxCommand.self, MailCommand.self, ContinuityCommand.self,
            IngestCommand.self, DoctorCommand.self, ExportCommand.self,
            MigrateCommand.self, SettingsCommand.self,
        ])
}
