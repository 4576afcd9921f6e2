import Foundation

/// Certificates made by openssl for a test, in a folder of its own that goes with it.
struct Certificates: ~Copyable {
    let folder: URL
    var certificate: String { folder.appending(path: "cert.pem").path }
    var key: String { folder.appending(path: "key.pem").path }

    /// Signed by itself.
    /// - Parameter name: a subject alternative name, such as `IP:127.0.0.1` or `DNS:mail.test`.
    init(_ name: String) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result = try await runProgram(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test",
                "-addext", "subjectAltName=\(name)", "-keyout", folder.appending(path: "key.pem").path, "-out",
                folder.appending(path: "cert.pem").path,
            ])
        guard result.status == 0 else { throw ProgramFailed(output: result.output) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

struct ProgramFailed: Error {
    var output: String
}

/// Runs a program to its end, without holding a thread; its output and errors in one.
func runProgram(_ path: String, _ arguments: [String], input: String? = nil) async throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    // Files rather than pipes: nobody has to read while it runs.
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outputFile = folder.appending(path: "output")
    let inputFile = folder.appending(path: "input")
    try Data().write(to: outputFile)
    try Data((input ?? "").utf8).write(to: inputFile)
    let output = try FileHandle(forWritingTo: outputFile)
    process.standardOutput = output
    process.standardError = output
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in continuation.resume() }
        do {
            try process.run()
        } catch {
            process.terminationHandler = nil
            continuation.resume(throwing: error)
        }
    }
    try output.close()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: outputFile), as: UTF8.self))
}
