import ArgumentParser
import Conversations
import Desk

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Doors: websites and email addresses.", subcommands: [InboxCreate.self])
}

struct InboxCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Add a website or an email address.")

    @Option(help: "web or email.") var kind: String
    @Option(help: "The name that customers see.") var name: String
    @Option(help: "web: the website's address.") var websiteUrl: String?
    @Option(help: "web: a sub-domain used for reply addresses and nothing else.") var replyDomain: String?
    @Option(help: "email: the address that customers write to.") var address: String?

    func validate() throws {
        switch kind {
        case "web" where websiteUrl == nil:
            throw ValidationError("--website-url is missing. Write the website's address, for example https://shop.example")
        case "email" where address == nil:
            throw ValidationError("--address is missing. Write the inbox's address, for example support@shop.example")
        case "web", "email": return
        default: throw ValidationError("--kind: “\(kind)” is not known. Write web or email")
        }
    }

    func run() async throws {
        let house = try House(settings: try Program.requireSettings())
        try await house.database.migrate()
        try await house.end {
            let inbox = try await CreateInbox(desk: house.desk).run(
                CreateInbox.Draft(
                    kind: kind == "web" ? .website : .email, name: name, websiteURL: websiteUrl, address: address, replyDomain: replyDomain)
            )
            print(Self.json(inbox, house.desk).text)
        }
    }

    static func json(_ inbox: Inbox, _ desk: Desk) -> JSON {
        switch inbox.kind {
        case .email: .object([("id", .integer(inbox.id.value)), ("address", JSON(inbox.address))])
        case .website:
            .object([
                ("id", .integer(inbox.id.value)), ("website_token", JSON(inbox.websiteToken)),
                ("web_widget_script", JSON(inbox.widgetScript(publicURL: desk.options.publicURL))),
                ("reply_domain", JSON(inbox.replyDomain)), ("hmac_token", .string(inbox.hmacToken)),
            ])
        }
    }
}
