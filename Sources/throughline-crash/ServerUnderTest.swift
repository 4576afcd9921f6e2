import ArgumentParser
import Foundation

/// What a run counted, and how it says so.
protocol Outcome {
    var report: String { get }
    var isClean: Bool { get }
    /// The last line, for scripts.
    var sum: String { get }
}

/// The server that a run kills, in a folder of its own, before a relay that counts. The folder stays where something was lost.
struct ServerUnderTest: ParsableArguments {
    @Option(help: "The throughline executable.") var server: String
    @Option(help: "Seed of the random moments; the same seed asks for the same moments.") var seed: UInt64?
    @Flag(help: "Keep the server's folder and log.") var keep = false

    func validate() throws {
        guard FileManager.default.isExecutableFile(atPath: server) else { throw ValidationError("--server: “\(server)” is no program") }
    }

    /// - Parameters:
    ///   - words: what is said of the run beside its seed.
    ///   - further: arguments of the server.
    func run(_ words: String, further: [String] = [], _ play: (Server, Ledger, UInt64) throws -> any Outcome) throws {
        let seed = seed ?? UInt64.random(in: 1...999_999)
        print("seed=\(seed) \(words)")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("throughline-crash-\(seed)-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let ledger = Ledger(seed: seed)
        let server = try Server(
            program: URL(fileURLWithPath: server).standardizedFileURL.path, folder: folder, sinkPort: try MailSink.start(ledger).port,
            further: further)
        defer { server.stop() }
        let outcome: any Outcome
        do {
            outcome = try play(server, ledger, seed)
        } catch {
            print("The run could not be finished: \(error)\nThe server's folder: \(folder)")
            throw ExitCode(1)
        }
        print(outcome.report)
        if outcome.isClean && !keep {
            server.stop()
            try? FileManager.default.removeItem(atPath: folder)
        } else {
            print("The server's folder: \(folder)")
        }
        print(outcome.sum)
        guard outcome.isClean else { throw ExitCode(1) }
    }
}
