import ArgumentParser

/// Agents write, the server mails, and is killed again and again, by a relay that is moody: it says “later” to some mails and hangs up behind
/// the final dot of others. The relay counts by Message-ID.
///
/// The promise under test: every message that the API took is mailed; none by two different mails; and a mail goes a second time only where
/// the server said that nobody knew whether the first had arrived.
struct Sending: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sending", abstract: "Mail goes out while the server is killed; the relay counts by Message-ID.")

    @OptionGroup var test: ServerUnderTest
    @Option(help: "Mails that the relay is to get.") var batches = 2_000
    @Option(help: "How often the server is killed.") var kills = 50
    @Option(help: "Seconds that the server may take, after the last start, to finish its work.") var settle = 300

    func validate() throws {
        guard batches >= 20, kills >= 0 else { throw ValidationError("Write at least --batches 20 and --kills 0") }
    }

    func run() throws {
        try test.run("batches=\(batches) kills=\(kills)", further: ["--mail-uncertain-wait", "5s"]) { server, ledger, seed in
            try SendingRun(server: server, ledger: ledger, seed: seed, batches: batches, kills: kills, settle: settle).run()
        }
    }
}
