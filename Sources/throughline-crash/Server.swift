import Foundation
import throughline_wire

/// The server under test: its folder, its ports, and its process, which is started and killed many times.
final class Server {
    struct Failure: Error, CustomStringConvertible { var description: String }

    let program: String
    let folder: String
    let httpPort: Int
    let smtpPort: Int
    private let sinkPort: Int
    /// Settings beside the usual ones.
    private let further: [String]
    private var process: Process?

    init(program: String, folder: String, sinkPort: Int, further: [String] = []) throws {
        self.further = further
        self.program = program
        self.folder = folder
        self.sinkPort = sinkPort
        // Both are held at the same time, so that they differ.
        let (http, smtp) = (try Socket.listen(), try Socket.listen())
        (httpPort, smtpPort) = (http.port, smtp.port)
    }

    var logFile: String { folder + "/server.log" }

    private var settings: [String] {
        [
            "--data-directory", folder + "/data", "--http-listen", "127.0.0.1:\(httpPort)", "--http-public-url",
            "http://127.0.0.1:\(httpPort)",
            "--smtp-listen", "127.0.0.1:\(smtpPort)", "--mail-relay-url", "smtp://127.0.0.1:\(sinkPort)?tls=none",
            "--mail-reply-domain", "reply.crash.test", "--mail-from", "desk@crash.test",
        ] + further
    }

    /// Runs a command of the program to its end and reads the JSON object that it prints.
    func command(_ arguments: [String]) throws -> [String: Any] {
        let run = Process()
        let output = Pipe()
        run.executableURL = URL(fileURLWithPath: program)
        run.arguments = arguments + settings
        run.currentDirectoryURL = URL(fileURLWithPath: folder)
        run.standardOutput = output
        try run.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        run.waitUntilExit()
        guard run.terminationStatus == 0, let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Failure(
                description: "`throughline \(arguments.joined(separator: " "))` ended with \(run.terminationStatus) and printed: "
                    + String(decoding: data, as: UTF8.self))
        }
        return object
    }

    func start() throws {
        if !FileManager.default.fileExists(atPath: logFile) { _ = FileManager.default.createFile(atPath: logFile, contents: nil) }
        guard let log = FileHandle(forWritingAtPath: logFile) else { throw Failure(description: "\(logFile) cannot be written") }
        log.seekToEndOfFile()
        let run = Process()
        run.executableURL = URL(fileURLWithPath: program)
        run.arguments = ["serve"] + settings
        run.currentDirectoryURL = URL(fileURLWithPath: folder)
        run.standardOutput = log
        run.standardError = log
        run.standardInput = FileHandle.nullDevice
        try run.run()
        process = run
    }

    /// Waits until `/readyz` says 200.
    func waitUntilReady(seconds: Int = 30) throws {
        let end = Date().addingTimeInterval(Double(seconds))
        while Date() < end {
            if let answer = try? HTTPConnection.once("GET", "/readyz", port: httpPort), answer.status == 200 { return }
            if process?.isRunning == false {
                throw Failure(description: "the server ended by itself (\(process?.terminationStatus ?? 0)); see \(logFile)")
            }
            usleep(10_000)
        }
        throw Failure(description: "the server was not ready within \(seconds) s; see \(logFile)")
    }

    /// `kill -9`, and waits until the process is gone.
    func kill() throws {
        guard let process, process.isRunning else { throw Failure(description: "the server ended by itself; see \(logFile)") }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func stop() {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

extension Server {
    /// Makes an agent and an inbox.
    func furnish(seed: UInt64) throws -> AgentAPI {
        let agent = try command([
            "agent", "create", "--email", "agent@crash.test", "--name", "Crash Agent", "--password", "not-a-secret-\(seed)", "--role",
            "administrator",
        ])
        guard let account = agent["account_id"] as? Int, let token = agent["api_access_token"] as? String else {
            throw Failure(description: "agent create printed \(agent)")
        }
        _ = try command(["inbox", "create", "--kind", "email", "--name", "Crash", "--address", CrashRun.inbox])
        return AgentAPI(port: httpPort, account: account, token: token)
    }
}
