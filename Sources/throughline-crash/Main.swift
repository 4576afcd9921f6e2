import ArgumentParser

/// Kills a server again and again while mail comes in or goes out, and counts what was lost or doubled.
///
/// Nothing here knows the inside of the server: SMTP in, SMTP out, HTTP, and `kill -9`.
@main
struct Crash: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughline-crash", abstract: "Kill a server at random while mail comes in or goes out, and count what is lost.",
        subcommands: [Receiving.self, Sending.self], defaultSubcommand: Receiving.self)
}

/// Sends mail to a server that is killed again and again, and counts what was lost or doubled.
///
/// The promise under test: a mail that was answered 250 stands in its conversation exactly once, and an agent's message that the API took
/// is mailed once, or visibly `uncertain`, whatever is killed when. Nothing here knows the inside of the server: SMTP in, SMTP out, HTTP,
/// and `kill -9`.
struct Receiving: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receiving", abstract: "Mail comes in, and some goes out, while the server is killed (what is run by default).")

    @OptionGroup var test: ServerUnderTest
    @Option(help: "Mails to send.") var mails = 500
    @Option(help: "How often the server is killed.") var kills = 20
    @Option(help: "Connections that send at the same time.") var connections = 10
    @Option(help: "Agent messages to send by mail meanwhile; a fifth of the mails unless given.") var replies: Int?
    @Option(help: "Seconds that the server may take, after the last start, to finish its work.") var settle = 180

    func validate() throws {
        guard mails >= 20, kills >= 0, connections >= 1, connections <= 200 else {
            throw ValidationError("Write at least --mails 20, --kills 0 and --connections from 1 to 200")
        }
    }

    func run() throws {
        try test.run("mails=\(mails) kills=\(kills) connections=\(connections)") { server, ledger, seed in
            try CrashRun(
                server: server, ledger: ledger, seed: seed, mails: mails, kills: kills, connections: connections,
                replies: replies ?? max(mails / 5, 10), settle: settle
            ).run()
        }
    }
}
