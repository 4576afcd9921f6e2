/// Outlook's compressed RTF (MS-OXRTFCP): references into a window of 4,096 bytes that begins with what every RTF begins with.
enum CompressedRTF {
    /// What is expanded at most.
    private static let limit = 4_000_000

    private static let beginning = Array(
        ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
            + "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx").utf8)

    /// nil where it is neither compressed nor plain RTF. What breaks off gives what came before.
    static func expand(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 16 else { return nil }
        let size = min(bytes.littleEndian(4, 4), limit)
        switch bytes.littleEndian(8, 4) {
        case 0x414C_454D: return Array(bytes[16...].prefix(size))  // "MELA": as it stands.
        case 0x7546_5A4C: return lzfu(bytes, size)
        default: return nil
        }
    }

    private static func lzfu(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
        var window = beginning + [UInt8](repeating: 0x20, count: 4_096 - beginning.count)
        var write = beginning.count
        var out: [UInt8] = []
        var index = 16
        func put(_ byte: UInt8) {
            out.append(byte)
            window[write] = byte
            write = (write + 1) & 4_095
        }
        while index < bytes.count, out.count < size {
            let control = bytes[index]
            index += 1
            for bit in 0..<8 where out.count < size {
                guard control >> UInt8(bit) & 1 == 1 else {
                    guard index < bytes.count else { return out }
                    put(bytes[index])
                    index += 1
                    continue
                }
                guard index + 1 < bytes.count else { return out }
                let reference = Int(bytes[index]) << 8 | Int(bytes[index + 1])
                index += 2
                let offset = reference >> 4
                // A reference to where is written ends the text.
                if offset == write { return out }
                for step in 0..<((reference & 15) + 2) { put(window[(offset + step) & 4_095]) }
            }
        }
        return out
    }
}
