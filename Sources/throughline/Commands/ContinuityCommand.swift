import ArgumentParser
import Conversations
import Desk
import Foundation
import Settings
import Store

struct ContinuityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "continuity", abstract: "When a conversation goes on by mail.", subcommands: [ContinuityPreviewCommand.self])
}

struct ContinuityPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract:
            "Which mails would leave when, for a JSON list of events (a file, or standard input); with the rules that production runs.")

    @Argument(help: "A file with the events; docs/api.md has the list.") var file: String?
    @Option(help: "The number of an inbox whose settings hold; else the installation's.") var inbox: Int64?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let request = try read()
        do {
            let answer = try await answer(request)
            print(json ? answer.text : PreviewText.text(answer))
        } catch let error as DeskError {
            throw ValidationError(error.description)
        }
    }

    private func read() throws -> JSON {
        let data: Data
        if let file {
            guard let contents = FileManager.default.contents(atPath: file) else { throw ValidationError("“\(file)” cannot be read") }
            data = contents
        } else {
            data = FileHandle.standardInput.readDataToEndOfFile()
        }
        guard let json = try? JSON(parsing: [UInt8](data)) else { throw ValidationError("The events are not valid JSON") }
        if case .array = json { return .object([("events", json)]) }
        return json
    }

    private func answer(_ request: JSON) async throws -> JSON {
        let settings = try Program.requireSettings()
        guard let inbox else { return try PreviewContinuity.answer(request, inbox: nil, settings: House.timing(settings)) }
        let house = try House(settings: settings)
        try await house.database.migrate()
        do {
            let answer = try await PreviewContinuity(desk: house.desk).run(inbox, request)
            try await house.close()
            return answer
        } catch {
            try? await house.close()
            throw error
        }
    }
}

/// The answer for people: one line for each mail and each message.
enum PreviewText {
    static func text(_ answer: JSON) -> String {
        var lines: [String] = []
        for mail in list(answer["mails"]) {
            let messages = list(mail["messages"]).map(\.text).joined(separator: ", ")
            lines.append("\(time(mail["at"]))  mail to \(mail["to"]?.stringValue ?? "") with message \(messages)")
        }
        if lines.isEmpty { lines.append("No mail would leave.") }
        for message in list(answer["messages"]) {
            lines.append(
                "message \(message["message"]?.text ?? "") (written \(time(message["at"]))): \(message["line"]?.stringValue ?? "")")
        }
        return lines.joined(separator: "\n")
    }

    private static func list(_ json: JSON?) -> [JSON] {
        guard case .array(let values)? = json else { return [] }
        return values
    }

    /// `2:05`, or with hours `1:02:05`.
    private static func time(_ json: JSON?) -> String {
        let seconds: Int64 =
            switch json {
            case .integer(let number)?: number
            case .number(let number)?: Int64(number.rounded(.up))
            default: 0
            }
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let minutes = seconds / 60
        return minutes >= 60 ? "\(minutes / 60):\(two(minutes % 60)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
