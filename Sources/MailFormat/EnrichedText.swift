/// `text/enriched` (RFC 1896) without its commands.
enum EnrichedText {
    static func text(of source: String) -> String {
        var out: [UInt8] = []
        let bytes = Array(source.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") {
                if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "<") {
                    out.append(UInt8(ascii: "<"))
                    index += 2
                    continue
                }
                let begin = index
                while index < bytes.count, bytes[index] != UInt8(ascii: ">"), index - begin < 64 { index += 1 }
                if index < bytes.count, bytes[index] == UInt8(ascii: ">") {
                    // What stands in <param> is for the command before it.
                    if bytes[begin..<index].elementsEqual("<param".utf8) {
                        while index < bytes.count, !bytes[index...].starts(with: "</param>".utf8) { index += 1 }
                        index = min(index + 7, bytes.count)
                    }
                    index += 1
                } else {
                    out.append(contentsOf: bytes[begin..<index])
                }
                continue
            }
            // One line end is a space, n are n - 1.
            if bytes[index] == 0x0A {
                var count = 0
                while index < bytes.count, bytes[index] == 0x0A {
                    count += 1
                    index += 1
                }
                out.append(contentsOf: count == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: count - 1))
                continue
            }
            out.append(bytes[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}
