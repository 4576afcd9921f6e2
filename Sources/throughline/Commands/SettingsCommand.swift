import ArgumentParser
import Foundation
import Settings

struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Every setting with its meaning, its default and its present value.")

    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let settings = try Program.requireSettings()
        if json {
            print(String(decoding: try SettingsReport.json(settings.rows), as: UTF8.self))
        } else {
            print(SettingsReport.text(settings.rows))
        }
    }
}

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database up to this program's schema.")

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await house.database.migrate()
        print("{\"schema\":\(Int64(House.schema))}")
        try await house.close()
    }
}
