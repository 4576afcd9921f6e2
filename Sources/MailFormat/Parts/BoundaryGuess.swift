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

extension BodyCollector {
    /// Reads a multipart within the mail by the boundary that its lines have: long ones are cut or folded on their way. False where none is found.
    mutating func addByGuess(_ part: Int) -> Bool {
        guard part > 0, nesting < limits.containers, let first = list.headers(of: part).first else { return false }
        let inner = PartList(Array(list.bytes[first.name.lowerBound..<list.parts[part].body.upperBound]), from: 0, limits: limits)
        guard inner.boundaryWasGuessed, inner.parts.first?.children.isEmpty == false else { return false }
        var collector = BodyCollector(inner, limits: limits, nesting: nesting + 1)
        collector.collect()
        absorb(collector)
        note("a multipart without the boundary that it names")
        return true
    }
}
