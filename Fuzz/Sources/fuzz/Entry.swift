import Foundation

/// One reader that is fuzzed: takes any bytes and ends the process (`check`) where a promise of that reader is broken.
typealias FuzzTarget = @Sendable (UnsafeBufferPointer<UInt8>) -> Void

private let targets: [String: FuzzTarget] = [
    "mail": fuzzMail, "addresses": fuzzAddresses, "dates": fuzzDates, "html": fuzzHTML, "reply": fuzzReply,
]

/// Named by the environment and not by an argument: libFuzzer starts itself anew with arguments of its own.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = targets[name] else {
        FileHandle.standardError.write(Data("Set FUZZ_TARGET to one of: \(targets.keys.sorted().joined(separator: ", "))\n".utf8))
        exit(64)
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
    return 0
}

/// A broken promise ends the process; libFuzzer keeps the input.
func check(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { fatalError(promise()) }
}

/// Text that may be stored: no NUL, line ends as `\n` (lone surrogates cannot be in a Swift string).
func checkText(_ text: String, _ name: String) {
    check(!text.utf8.contains(0), "NUL in \(name)")
    check(!text.utf8.contains(0x0D), "CR in \(name)")
}
