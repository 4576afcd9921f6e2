import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Why a mail could not be read.
public enum MailReadingError: Error, CustomStringConvertible {
    /// The reader died, twice: it is this mail.
    case unreadable(String)
    /// The reader took too long: it is this mail, or the machine was busy.
    case tooSlow(String)
    /// The reader cannot be started at all: it is this machine.
    case noReader(String)

    public var description: String {
        switch self {
        case .unreadable(let words), .tooSlow(let words), .noReader(let words): words
        }
    }
}

/// A child process of the same program that reads mails, so that a mail that kills its reader kills nothing else.
///
/// One mail at a time; started with the first; started anew when it died.
public final class MailReadingChild: Sendable {
    private struct Running {
        let process: Process
        let input: FileHandle
        let output: FileHandle
        var mailsLeft = MailReadingChild.mailsEach
    }

    /// Mails that one process reads: what the C libraries below leak of hostile mails is given back.
    private static let mailsEach = 5_000

    private let command: [String]
    /// Seconds that one mail may take.
    private let patience: Double
    private let queue = DispatchQueue(label: "throughline.mail-reading")
    /// Touched only on `queue`; the lock tells the compiler so.
    private let running = Mutex<RunningBox?>(nil)

    /// `Process` and `FileHandle` are not Sendable; they stay on `queue`.
    private final class RunningBox: @unchecked Sendable {  // guarded by `running`'s lock and used on `queue` alone
        var value: Running
        init(_ value: Running) { self.value = value }
    }

    /// - Parameters:
    ///   - command: the program and its arguments that run `MailReadingLoop`.
    ///   - patience: seconds that one mail may take, both tries together: the next mail waits no longer.
    public init(command: [String], patience: Double = 4) {
        self.command = command
        self.patience = patience
    }

    /// Reads one mail. Where the reader dies, a fresh one tries it once more; where it hangs, it is ended.
    public func read(_ raw: [UInt8], envelope: MailEnvelope) async throws -> ReadMail {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.readTwice(raw, envelope) }) }
        }
    }

    public func stop() {
        queue.async { self.end() }
    }

    private func readTwice(_ raw: [UInt8], _ envelope: MailEnvelope) throws -> ReadMail {
        let deadline = MailReadingProtocol.monotonicSeconds() + patience
        for _ in 0..<2 {
            do {
                return try exchange(raw, envelope, deadline)
            } catch MailReadingProtocol.Broken.timedOut {
                end()
                throw MailReadingError.tooSlow("Reading this mail took longer than \(patience) seconds, twice. It is kept as it came.")
            } catch is MailReadingProtocol.Broken {
                end()
            }
        }
        throw MailReadingError.unreadable("Reading this mail broke off, twice. It is kept as it came.")
    }

    private func exchange(_ raw: [UInt8], _ envelope: MailEnvelope, _ deadline: Double) throws -> ReadMail {
        let child = try started()
        let (input, output) = (child.input.fileDescriptor, child.output.fileDescriptor)
        try MailReadingProtocol.write([UInt8](JSONEncoder().encode(envelope)), to: input, deadline: deadline)
        try MailReadingProtocol.write(raw, to: input, deadline: deadline)
        let answer = try MailReadingProtocol.read(from: output, deadline: deadline)
        guard var read = try? JSONDecoder().decode(ReadMail.self, from: Data(answer)) else { throw MailReadingProtocol.Broken.nonsense }
        for index in read.mail.attachments.indices {
            read.mail.attachments[index].bytes = Data(try MailReadingProtocol.read(from: output, deadline: deadline))
        }
        return read
    }

    private func started() throws -> Running {
        if let box = running.withLock({ $0 }) {
            box.value.mailsLeft -= 1
            if box.value.process.isRunning, box.value.mailsLeft > 0 { return box.value }
            end()
        }
        guard let program = command.first else { throw MailReadingError.noReader("No program is named that reads mail.") }
        signal(SIGPIPE, SIG_IGN)
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(command.dropFirst())
        // An account of a crash would hold up its end, and print of the mail what stands in memory.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw MailReadingError.noReader("The program that reads mail could not be started: \(error.localizedDescription)")
        }
        let child = Running(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
        // A reader that does not read must not hold us up: writing has a deadline too.
        let descriptor = child.input.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        try? input.fileHandleForReading.close()
        try? output.fileHandleForWriting.close()
        running.withLock { $0 = RunningBox(child) }
        return child
    }

    private func end() {
        guard
            let box = running.withLock({ box in
                defer { box = nil }
                return box
            })
        else { return }
        let child = box.value
        if child.process.isRunning { kill(child.process.processIdentifier, SIGKILL) }
        try? child.input.close()
        try? child.output.close()
        child.process.waitUntilExit()
    }
}
