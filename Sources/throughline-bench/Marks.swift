import throughline_linux

/// Numbered words in messages, `bench-17-end`, found in a stream of bytes whatever stands around them.
enum Marks {
    private static let begin = Array("bench-".utf8)
    /// Longer than any mark: what must be kept of one piece to find a mark that ends in the next.
    static let longest = 24

    static func word(_ number: Int) -> String { "bench-\(number)-end" }

    /// Calls back for every mark, also for one that stands there several times.
    static func find(in bytes: UnsafeRawBufferPointer, _ found: (Int) -> Void) {
        guard let base = bytes.baseAddress else { return }
        var at = 0
        while at < bytes.count, let hit = find_bytes(base + at, bytes.count - at, begin, begin.count) {
            var index = hit - base + begin.count
            var number = 0
            var digits = 0
            while index < bytes.count, digits < 9, case let byte = bytes[index], (0x30...0x39).contains(byte) {
                number = number * 10 + Int(byte - 0x30)
                digits += 1
                index += 1
            }
            if digits > 0, index + 3 < bytes.count, bytes[index] == 0x2d, bytes[index + 1] == 0x65, bytes[index + 2] == 0x6e {
                found(number)
            }
            at = index
        }
    }
}
