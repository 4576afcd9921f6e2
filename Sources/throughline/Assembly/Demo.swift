import Desk
import Foundation
import Settings

/// What the demo is furnished with: one account, one agent, one website inbox.
enum Demo {
    static let agentEmail = "agent@example.test"
    static let password = "throughline"
    static let replyDomain = "reply.example.test"
    static let address = "support@example.test"

    /// Makes what is not there yet.
    static func furnish(_ desk: Desk) async throws {
        let isFurnished = try await desk.database.read { try $0.credentials(forEmail: agentEmail) != nil }
        if isFurnished { return }
        let created = try await CreateAgent(desk: desk, passwords: PasswordQueue()).run(
            name: "Sam", email: agentEmail, password: password, role: .administrator)
        _ = try await CreateInbox(desk: desk).run(
            CreateInbox.Draft(kind: .website, name: "Fernweh", websiteURL: "\(desk.options.publicURL)/demo", replyDomain: replyDomain),
            account: created.account.id)
    }

    /// Lies in a data folder that a demo made.
    private static let marker = "this-is-a-demo"

    /// Says that this folder is a demo's. A folder that somebody's real data lie in is refused.
    static func mark(_ directory: String) throws {
        let files = FileManager.default
        let path = "\(directory)/\(marker)"
        if files.fileExists(atPath: path) { return }
        guard !files.fileExists(atPath: "\(directory)/throughline.sqlite") else { throw noDemo(directory) }
        try? files.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard files.createFile(atPath: path, contents: Data("Made by throughline demo; --fresh removes what lies here.\n".utf8)) else {
            throw SettingsError(
                key: "data.directory", written: directory, problem: "cannot be written to",
                advice: "Name a folder that this user may write to.")
        }
    }

    /// Removes an earlier demo's data. Only a folder that a demo made is touched.
    static func forget(_ directory: String) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: "\(directory)/throughline.sqlite") else { return }
        guard files.fileExists(atPath: "\(directory)/\(marker)") else { throw noDemo(directory) }
        for name in ["throughline.sqlite", "throughline.sqlite-wal", "throughline.sqlite-shm", "secret"] {
            let path = "\(directory)/\(name)"
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
        }
    }

    private static func noDemo(_ directory: String) -> SettingsError {
        SettingsError(
            key: "data.directory", written: directory, problem: "holds real data, not a demo's, so the demo leaves it alone",
            advice: "Name another folder.")
    }
}
