import ArgumentParser
import Conversations
import Desk

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "People of the team.", subcommands: [AgentCreate.self])
}

struct AgentCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Add a person to the team.")

    @Option(help: "The address to sign in with.") var email: String
    @Option(help: "The name that customers see.") var name: String
    @Option(help: "At least 8 characters.") var password: String
    @Option(help: "agent or administrator.") var role: String = "agent"

    func validate() throws {
        guard Agent.Role(rawValue: role) != nil else {
            throw ValidationError("--role: “\(role)” is not known. Write agent or administrator")
        }
    }

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await house.database.migrate()
        try await house.end {
            let created = try await CreateAgent(desk: house.desk, passwords: PasswordQueue()).run(
                name: name, email: email, password: password, role: Agent.Role(rawValue: role) ?? .agent)
            print(
                JSON.object([
                    ("id", .integer(created.agent.id.value)), ("email", .string(created.agent.email)),
                    ("account_id", .integer(created.agent.accountID.value)), ("api_access_token", .string(created.accessToken)),
                ]).text)
        }
    }
}
