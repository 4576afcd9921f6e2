import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Room for the write-ahead log, made before it is needed.
///
/// SQLite begins with an empty log after each start, and until it has its full length every commit makes it longer: that the file system
/// keeps in a journal of its own, which is synced as well. To write over what is there takes a third less. So zeros are written behind
/// the log, as far as it grows before it is moved into the database and written again from its beginning.
///
/// Nothing takes zeros for a part of the log: each of its frames bears the salt of its head, and neither a head nor a page is numbered 0
/// (https://www.sqlite.org/fileformat2.html#walformat).
struct LogRoom {
    /// So much is written and synced at a time: a commit that comes meanwhile waits no longer than for this.
    static let piece = 1 << 20
    /// A disk with less than so many times the log's length left is not filled with zeros.
    static let leastFree = 32

    let path: String
    /// The log's length in bytes when it has grown.
    let length: Int

    /// Appends zeros, one piece at most. Whoever calls it holds the right to write to the database: then nobody else makes the log longer.
    /// - Returns: whether there is more to do. A disk that is too full, or fails, ends it and is left as it was.
    func append() -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        // SQLite's locks are on its other files, so that closing this drops none (fcntl(2)).
        defer { close(descriptor) }
        var (file, disk) = (stat(), statvfs())
        guard fstat(descriptor, &file) == 0, fstatvfs(descriptor, &disk) == 0 else { return false }
        let begin = Int(file.st_size)
        let count = min(Self.piece, length - begin)
        guard count > 0, Int(clamping: disk.f_bavail) * Int(clamping: disk.f_frsize) / Self.leastFree >= length else { return false }
        let written = [UInt8](repeating: 0, count: count).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, count, off_t(begin)) }
        guard written == count, fdatasync(descriptor) == 0 else {
            ftruncate(descriptor, off_t(begin))
            return false
        }
        return begin + count < length
    }
}
