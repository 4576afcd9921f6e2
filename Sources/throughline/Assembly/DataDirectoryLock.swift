import Foundation
import Settings

#if canImport(Glibc)
    import Glibc
#endif

/// One server for each data directory: a second one would take the first one's work for left over.
struct DataDirectoryLock {
    private let descriptor: Int32

    init(directory: String) throws {
        descriptor = open("\(directory)/server.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw SettingsError(
                key: "data.directory", written: directory, problem: "is in use by a server that runs already",
                advice: "Stop that one first, or name another folder.")
        }
    }

    func release() { close(descriptor) }
}
