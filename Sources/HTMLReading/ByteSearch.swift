extension UnsafeBufferPointer<UInt8> {
    /// Where a byte stands next; the end where it does not. Eight bytes are looked at together.
    @inline(__always)
    func next(_ byte: UInt8, from begin: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let wanted = ones &* UInt64(byte)
        let raw = UnsafeRawBufferPointer(self)
        var index = begin
        while index + 8 <= count {
            // A byte that is the wanted one becomes 0, and its highest bit is set by borrowing.
            let differences = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wanted
            if (differences &- ones) & ~differences & (ones &* 0x80) != 0 { break }
            index += 8
        }
        while index < count, self[index] != byte { index += 1 }
        return index
    }

    /// Where the next LF or CR stands; the end where none does.
    @inlinable
    public func nextLineEnd(from begin: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(self)
        var index = begin
        while index + 8 <= count {
            let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let (feeds, returns) = (eight ^ (ones &* 0x0A), eight ^ (ones &* 0x0D))
            if ((feeds &- ones) & ~feeds | (returns &- ones) & ~returns) & (ones &* 0x80) != 0 { break }
            index += 8
        }
        while index < count, self[index] != 0x0A, self[index] != 0x0D { index += 1 }
        return index
    }
}
