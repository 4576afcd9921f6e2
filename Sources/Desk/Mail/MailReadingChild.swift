import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Why a mail could not be read.
public enum MailReadingError: Error, CustomStringConvertible {
    /// The reader died or took too long, twice: it is this mail.
    case unreadable(String)
    /// The reader cannot be started at all: it is this machine.
    case noReader(String)

    public var description: String {
        switch self {
        case .unreadable(let words), .noReader(let words): words
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
    }

    private let command: [String]
    /// Seconds that one mail may take.
    private let patience: Double
    private let queue = DispatchQueue(label: "throughline.mail-reading")
    /// Touched only on `queue`; the lock tells the compiler so.
    private let running = Mutex<RunningBox?>(nil)

    /// `Process` and `FileHandle` are not Sendable; they stay on `queue`.
    private final class RunningBox: @unchecked Sendable {  // guarded by `running`'s lock and used on `queue` alone
        let value: Running
        init(_ value: Running) { self.value = value }
    }

    /// - Parameters:
    ///   - command: the program and its arguments that run `MailReadingLoop`.
    ///   - patience: seconds that one mail may take.
    public init(command: [String], patience: Double = 5) {
        self.command = command
        self.patience = patience
    }

    /// Reads one mail. A reader that dies or is slow gets a second chance with a fresh process.
    public func read(_ raw: [UInt8], envelope: MailEnvelope) async throws -> ReadMail {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.readTwice(raw, envelope) }) }
        }
    }

    public func stop() {
        queue.async { self.end() }
    }

    private func readTwice(_ raw: [UInt8], _ envelope: MailEnvelope) throws -> ReadMail {
        do {
            return try exchange(raw, envelope)
        } catch is MailReadingProtocol.Broken {
            end()
        }
        do {
            return try exchange(raw, envelope)
        } catch let broken as MailReadingProtocol.Broken {
            end()
            let how =
                switch broken {
                case .timedOut: "took longer than \(patience) seconds"
                case .closed, .nonsense: "broke off"
                }
            throw MailReadingError.unreadable("Reading this mail \(how), twice. It is kept as it came.")
        }
    }

    private func exchange(_ raw: [UInt8], _ envelope: MailEnvelope) throws -> ReadMail {
        let child = try started()
        let (input, output) = (child.input.fileDescriptor, child.output.fileDescriptor)
        let deadline = MailReadingProtocol.monotonicSeconds() + patience
        try MailReadingProtocol.write([UInt8](JSONEncoder().encode(envelope)), to: input)
        try MailReadingProtocol.write(raw, to: input)
        let answer = try MailReadingProtocol.read(from: output, deadline: deadline)
        guard var read = try? JSONDecoder().decode(ReadMail.self, from: Data(answer)) else { throw MailReadingProtocol.Broken.nonsense }
        for index in read.mail.attachments.indices {
            read.mail.attachments[index].bytes = Data(try MailReadingProtocol.read(from: output, deadline: deadline))
        }
        return read
    }

    private func started() throws -> Running {
        if let box = running.withLock({ $0 }), box.value.process.isRunning { return box.value }
        guard let program = command.first else { throw MailReadingError.noReader("No program is named that reads mail.") }
        signal(SIGPIPE, SIG_IGN)
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw MailReadingError.noReader("The program that reads mail could not be started: \(error.localizedDescription)")
        }
        let child = Running(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
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
