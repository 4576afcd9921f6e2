/// Names of attached files as they may be shown and stored.
enum FileName {
    /// Bytes of the longest name that a file may have.
    private static let longest = 255

    /// Without folders, control characters and the marks that reverse the direction of text; at most 255 bytes. nil where nothing remains.
    static func clean(_ name: String) -> String? {
        var kept = String.UnicodeScalarView()
        // Behind the last folder; of a name of megabytes only its end is looked at.
        let end = name.unicodeScalars.suffix(4_096)
        let named = end.lastIndex { $0 != "/" && $0 != "\\" }.map { end[...$0] } ?? end[end.endIndex...]
        let base = named.lastIndex { $0 == "/" || $0 == "\\" }.map { named[named.index(after: $0)...] } ?? named
        for scalar in base {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: kept.append(scalar)
            }
        }
        let clean = shortened(String(kept).foldingWhiteSpace())
        return clean.isEmpty || clean == "." || clean == ".." ? nil : clean
    }

    /// The ending says what the file is: it stays.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > longest else { return name }
        let scalars = name.unicodeScalars
        let tail = scalars.suffix(20)
        let ending = tail.lastIndex(of: ".").map { String(tail[$0...]) } ?? ""
        var stem = String.UnicodeScalarView()
        var length = ending.utf8.count
        for scalar in scalars {
            length += UTF8.width(scalar)
            if length > longest { break }
            stem.append(scalar)
        }
        return String(stem) + ending
    }
}
