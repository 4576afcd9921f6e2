/// The boundary of a multipart that names none, or one that never comes: some programs change the one and not the other.
enum BoundaryGuess {
    /// The first line `--…` behind which a part's headers begin; nil where none is. Looks at the first 500 lines.
    static func find(in bytes: [UInt8], from begin: Int) -> ArraySlice<UInt8>? {
        var at = begin
        for _ in 0..<500 where at < bytes.count {
            let end = bytes.lineEnd(at)
            if end - at > 4, end - at < 256, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: "-"),
                bytes[end...].prefix(8).map({ $0 | 0x20 }).elementsEqual("content-".utf8.map { $0 | 0x20 })
            {
                var last = end
                while last > at + 2, bytes[last - 1] <= 0x20 { last -= 1 }
                return last > at + 2 ? bytes[(at + 2)..<last] : nil
            }
            at = end
        }
        return nil
    }
}
