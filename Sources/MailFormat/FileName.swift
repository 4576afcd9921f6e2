/// Names of attached files as they may be shown and stored.
enum FileName {
    /// Without folders, control characters and the marks that reverse the direction of text; at most 255 bytes. nil where nothing remains.
    static func clean(_ name: String) -> String? {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: kept.append(scalar)
            }
        }
        var last = String(kept)
        if let slash = last.lastIndex(where: { $0 == "/" || $0 == "\\" }) {
            let behind = last[last.index(after: slash)...]
            if !behind.isEmpty { last = String(behind) }
        }
        last = last.foldingWhiteSpace()
        while last.utf8.count > 255 {
            // The ending says what the file is: it stays.
            guard let dot = last.lastIndex(of: "."), last[dot...].utf8.count <= 20 else {
                last.removeLast()
                continue
            }
            var stem = last[..<dot]
            let ending = last[dot...]
            while stem.utf8.count + ending.utf8.count > 255 { stem.removeLast() }
            last = String(stem) + ending
        }
        return last.isEmpty || last == "." || last == ".." ? nil : last
    }
}
