/// ASCII, which all of these protocols are written in.
func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
/// Blank or a part of a line end: folding white space (RFC 5322 §2.2.3).
func isFolding(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0D || byte == 0x0A }
func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

extension Collection where Element == UInt8, SubSequence: BidirectionalCollection {
    /// Without folding white space at both ends.
    func trimmed() -> SubSequence {
        var rest = drop(while: isFolding)
        while let last = rest.last, isFolding(last) { rest = rest.dropLast() }
        return rest
    }
}
