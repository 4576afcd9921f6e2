import ArgumentParser
import Conversations
import Desk
import Foundation
import Settings
import Store

/// Proves that mail goes out and comes back: has the running server send a probe for each inbox, and shows its way.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Prove that mail goes out and comes back: settings, DNS, ports, relay and the round trip (exit 0 only if it does).")

    @Flag(help: "One JSON object in the place of lines for people.") var json = false
    @Option(help: "Only this inbox.") var inbox: Int64?

    func run() async throws {
        let settings = try Program.requireSettings()
        let house = try House(settings: settings)
        try await house.database.migrate()
        var isFine = false
        try await house.end { isFine = try await check(house) }
        if !isFine { throw ExitCode.failure }
    }

    private func check(_ house: House) async throws -> Bool {
        let settings = house.settings
        if let lock = try? DataDirectoryLock(directory: settings.data.directory) {
            lock.release()
            return refuse("No server runs with the data in \(settings.data.directory). Start it with “throughline serve”, then ask again.")
        }
        let inboxes = try await house.database.read { try $0.allInboxes(limit: 100) }.filter { inbox == nil || $0.id.value == inbox }
        guard !inboxes.isEmpty else {
            return refuse(
                inbox.map { "There is no inbox \($0)." }
                    ?? "There is no inbox yet. Make one in the dashboard, or with “throughline inbox create”.")
        }
        var answers: [JSON] = []
        var isFine = true
        for inbox in inboxes {
            let id = try await StartContinuityCheck(desk: house.desk).run(inbox, origin: .doctor)
            if !json { print("Inbox \(inbox.id), “\(inbox.name)”") }
            let answer = try await follow(inbox, id, house)
            answers.append(answer)
            isFine = Self.isFine(answer) && isFine
            if !json { Self.conclude(answer) }
        }
        if json { print(JSON.object([("ok", .bool(isFine)), ("problem", .null), ("inboxes", .array(answers))]).text) }
        return isFine
    }

    /// Shows each step as it comes, until the check is over.
    private func follow(_ inbox: Inbox, _ id: ID<ContinuityCheck>, _ house: House) async throws -> JSON {
        let end = ContinuousClock.now + house.settings.mail.checkPatience + .seconds(60)
        var shown = 0
        while true {
            let answer = try await ShowContinuityCheck(desk: house.desk).run(inbox)
            if case .array(let hops)? = answer["hops"] {
                if !json { for hop in hops.dropFirst(shown) { Self.show(hop) } }
                shown = max(shown, hops.count)
            }
            if answer["state"]?.stringValue != "running" || ContinuousClock.now > end { return answer }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Mail that stays on this machine proves nothing.
    private static func isFine(_ answer: JSON) -> Bool {
        answer["state"]?.stringValue == "passed" && !faults(answer).contains { $0["code"]?.stringValue == "mail_stays_here" }
    }

    private static func faults(_ answer: JSON) -> [JSON] {
        guard case .array(let faults)? = answer["faults"] else { return [] }
        return faults
    }

    private static func show(_ hop: JSON) {
        let mark =
            switch hop["state"]?.stringValue {
            case "done": "ok  "
            case "failed": "FAIL"
            default: "?   "
            }
        var time = ""
        if case .integer(let at)? = hop["at"] {
            let seconds = at / 1000 % 86_400
            time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }
        print("  \(mark) \(time) \(hop["words"]?.stringValue ?? "")")
    }

    private static func conclude(_ answer: JSON) {
        for fault in faults(answer) {
            print("\n  \(fault["level"]?.stringValue == "warning" ? "Note: " : "Wrong:") \(fault["words"]?.stringValue ?? "")")
            print("  Do:    \(fault["advice"]?.stringValue ?? "")")
            if let setting = fault["setting"]?.stringValue { print("         Setting: \(setting)") }
            if let record = fault["record"], let name = record["name"]?.stringValue {
                print("         \(record["type"]?.stringValue ?? "")  \(name)  \(record["value"]?.stringValue ?? "")")
            }
        }
        let words =
            switch answer["state"]?.stringValue {
            case "passed": isFine(answer) ? "Mail goes out and comes back." : "No mail leaves this machine."
            case "running": "The server has not finished the check. See its log."
            default: "Mail does not come back."
            }
        print("\n  \(words)\n")
    }

    private func refuse(_ words: String) -> Bool {
        if json {
            print(JSON.object([("ok", .bool(false)), ("problem", .string(words)), ("inboxes", .array([]))]).text)
        } else {
            FileHandle.standardError.write(Data("throughline: \(words)\n".utf8))
        }
        return false
    }
}
