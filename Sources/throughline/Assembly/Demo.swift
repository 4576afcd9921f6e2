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

    /// Removes an earlier demo's data. Only a folder that looks like one is touched.
    static func forget(_ directory: String) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: directory) else { return }
        guard files.fileExists(atPath: "\(directory)/throughline.sqlite") else {
            throw SettingsError(
                key: "data.directory", written: directory, problem: "holds no demo, so --fresh does not remove it",
                advice: "Name the folder of an earlier demo, or remove this one by hand.")
        }
        for name in ["throughline.sqlite", "throughline.sqlite-wal", "throughline.sqlite-shm", "secret"] {
            let path = "\(directory)/\(name)"
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
        }
    }
}
