import HTMLReading

/// HTML as readable text.
public enum HTMLText {
    /// What a person would read: blocks on lines of their own, quotes marked with `> `, scripts, style sheets and hidden elements left out.
    /// Linear in the input; never fails.
    public static func text(of html: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(html.utf8.count / 2)
        var blank = true
        let page = HTMLLayout.page(of: html)
        for line in page.lines {
            if line.isBlank {
                if blank { continue }
                blank = true
            } else {
                blank = false
            }
            let depth = min(line.depth, 50)
            for _ in 0..<depth { out += "> ".utf8 }
            if line.isBlank, depth > 0 { out.removeLast() }
            out += page.bytes[line.range]
            out.append(0x0A)
        }
        while let last = out.last, last <= 0x20 { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }
}
