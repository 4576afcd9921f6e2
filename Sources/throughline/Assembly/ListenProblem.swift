import Foundation
import NIOCore
import Settings

/// Tells which address cannot be listened on, before anything else is opened there.
enum ListenProblem {
    /// A sentence for an address that is taken or not allowed; the error itself where it is something else.
    static func explain(_ error: any Error, key: String, address: String) -> any Error {
        guard let failure = error as? IOError else { return error }
        let (problem, advice) =
            switch failure.errnoCode {
            case EADDRINUSE: ("is in use by another program", "Stop that program, or write another port.")
            case EACCES: ("may not be used by this user", "Write a port above 1023, or give the program the right to use this one.")
            case EADDRNOTAVAIL: ("is no address of this machine", "Write one that is, or 0.0.0.0 for all.")
            default: ("cannot be used (\(failure))", "Write another address.")
            }
        return SettingsError(key: key, written: address, problem: problem, advice: advice)
    }
}
