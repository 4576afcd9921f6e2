import ArgumentParser
import Desk
import Settings

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run everything: HTTP, SMTP receiver, workers.")

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await Server(house: house).run { addresses in
            print("Throughline is ready.")
            print("  Dashboard  \(addresses.publicURL)/app")
            for smtp in addresses.smtp { print("  SMTP       \(smtp)") }
            do {
                guard let token = try await FirstAdministrator(desk: house.desk).newLink() else { return }
                print("\nOpen \(addresses.publicURL)/setup/\(token) to make the first administrator (valid 24 h, once).")
            } catch {
                house.logger.error("The link for the first administrator could not be made", metadata: ["error": "\(error)"])
            }
        }
    }
}

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Try it: a shop page, a dashboard and a local mailbox; nothing leaves the machine.")

    @Flag(help: "Begin anew: everything of an earlier demo is removed.") var fresh = false

    func run() async throws {
        var settings = try Program.requireSettings()
        guard settings.mail.staysHere else {
            throw settings.refusal(
                of: "mail.relay-url", problem: "would send mail out of the demo",
                advice: "Leave it out: the demo keeps every mail in its local mailbox.")
        }
        settings.mail.replyDomain = settings.mail.replyDomain ?? Demo.replyDomain
        settings.mail.from = settings.mail.from ?? Demo.address
        if fresh { try Demo.forget(settings.data.directory) }
        try Demo.mark(settings.data.directory)
        let house = try House(settings: settings, isDemo: true)
        try await Server(house: house).run(prepare: { try await Demo.furnish(house.desk) }) { addresses in
            print(
                """
                Throughline's demo is ready. Open these in three tabs:

                  Shop with the widget   \(addresses.publicURL)/demo
                  Agents' dashboard      \(addresses.publicURL)/app      (\(Demo.agentEmail) / \(Demo.password))
                  Local mailbox          \(addresses.publicURL)/demo/mailbox
                  SMTP receiver          \(addresses.smtp.joined(separator: ", "))

                Nothing leaves this machine. Ctrl+C stops it; --fresh begins anew.
                """)
        }
    }
}
