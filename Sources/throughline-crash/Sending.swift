import ArgumentParser
import Foundation

/// Agents write, the server mails, and is killed again and again, by a relay that is moody: it says “later” to some mails and hangs up behind
/// the final dot of others. The relay counts by Message-ID.
///
/// The promise under test: every message that the API took is mailed; none by two different mails; and a mail goes a second time only where
/// the server said that nobody knew whether the first had arrived.
struct Sending: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sending", abstract: "Mail goes out while the server is killed; the relay counts by Message-ID.")

    @Option(help: "The throughline executable.") var server: String
    @Option(help: "Mails that the relay is to get.") var batches = 2_000
    @Option(help: "How often the server is killed.") var kills = 50
    @Option(help: "Seed of the random moments; the same seed asks for the same moments.") var seed: UInt64?
    @Option(help: "Seconds that the server may take, after the last start, to finish its work.") var settle = 300
    @Flag(help: "Keep the server's folder and log.") var keep = false

    func validate() throws {
        guard batches >= 20, kills >= 0 else { throw ValidationError("Write at least --batches 20 and --kills 0") }
        guard FileManager.default.isExecutableFile(atPath: server) else { throw ValidationError("--server: “\(server)” is no program") }
    }

    func run() throws {
        let seed = seed ?? UInt64.random(in: 1...999_999)
        print("seed=\(seed) batches=\(batches) kills=\(kills)")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throughline-sending-\(seed)-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let ledger = Ledger(seed: seed)
        let server = try Server(
            program: URL(fileURLWithPath: server).standardizedFileURL.path, folder: folder, sinkPort: try MailSink.start(ledger).port,
            further: ["--mail-uncertain-wait", "5s"])
        defer { server.stop() }
        let tally: SendingTally
        do {
            tally = try SendingRun(server: server, ledger: ledger, seed: seed, batches: batches, kills: kills, settle: settle).run()
        } catch {
            print("The run could not be finished: \(error)\nThe server's folder: \(folder)")
            throw ExitCode(1)
        }
        print(tally.report)
        if tally.isClean && !keep {
            server.stop()
            try? FileManager.default.removeItem(atPath: folder)
        } else {
            print("The server's folder: \(folder)")
        }
        print("lost=\(tally.lost.count) duplicated=\(tally.duplicated.count)")
        guard tally.isClean else { throw ExitCode(1) }
    }
}
