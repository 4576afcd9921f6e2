/// `format=flowed` (RFC 3676): lines that end in a space go on in the next line of the same quote depth.
enum FlowedText {
    static func unwrap(_ text: String, deleteSpace: Bool) -> String {
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        out.reserveCapacity(bytes.count)
        var openDepth = -1
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var depth = 0
            var begin = line.startIndex
            while begin < line.endIndex, line[begin] == UInt8(ascii: ">") {
                depth += 1
                begin += 1
            }
            // §4.4 space-stuffing.
            if begin < line.endIndex, line[begin] == 0x20 { begin += 1 }
            var content = line[begin...]
            let isDelimiter = content.elementsEqual("-- ".utf8)
            if openDepth == depth, !isDelimiter {
                // The line before was left open.
            } else {
                if openDepth >= 0 || !out.isEmpty { out.append(0x0A) }
                if depth > 0 {
                    out.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth))
                    out.append(0x20)
                }
            }
            let flows = content.last == 0x20 && !isDelimiter
            if flows, deleteSpace { content = content.dropLast() }
            out.append(contentsOf: content)
            openDepth = flows ? depth : -1
            if out.isEmpty { out.append(0x0A) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
