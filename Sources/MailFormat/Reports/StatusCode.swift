/// Finds the status in a server's words: an enhanced code as `5.1.1` (RFC 3463), else a reply code as `550` (RFC 5321 §4.2).
struct StatusCode {
    /// As `5.1.1`; `5.0.0` where only a reply code said so.
    var text: String

    static func find(in line: String) -> StatusCode? {
        let bytes = Array(line.utf8.prefix(1_000))
        var reply: UInt8?
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else {
                index += 1
                continue
            }
            // One number of digits and dots, whole: `192.0.2.4` is no status.
            let begin = index
            while index < bytes.count, isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ".") { index += 1 }
            var number = bytes[begin..<index]
            while number.last == UInt8(ascii: ".") { number.removeLast() }
            guard index == bytes.count || !isWord(bytes[index]), [0x32, 0x34, 0x35].contains(number.first ?? 0) else { continue }
            let groups = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            if groups.count == 3, groups[0].count == 1, groups[1...].allSatisfy({ (1...3).contains($0.count) }) {
                return StatusCode(text: String(decoding: number, as: UTF8.self))
            }
            let isLast = index >= bytes.count || " -:;,)]\t".utf8.contains(bytes[index])
            if groups.count == 1, number.count == 3, reply == nil, isLast, number.first != 0x32, number.dropFirst().first ?? 0 <= 0x35 {
                reply = number.first
            }
        }
        return reply.map { StatusCode(text: $0 == 0x34 ? "4.0.0" : "5.0.0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
