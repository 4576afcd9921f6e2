import Foundation

/// The process's limit of open files.
enum FileDescriptors {
    /// Raises the soft limit to the hard one and answers what now holds.
    static func raiseLimit() -> Int {
        var limit = rlimit()
        // Glibc's enumeration is wrapped differently in its versions; the number is the same everywhere on Linux.
        #if os(Linux)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = setrlimit(resource, &limit)
            _ = getrlimit(resource, &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many connections are taken at once: the database, files and mail need some of the rest.
    static func connections(limit: Int) -> Int { max(64, min(limit - min(512, limit / 4), 200_000)) }
}
