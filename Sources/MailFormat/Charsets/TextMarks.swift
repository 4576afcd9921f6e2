import CMailParts

/// What bytes hold beside printable ASCII, tabs and line feeds.
struct TextMarks {
    private let found: UInt32

    init(_ bytes: ArraySlice<UInt8>) {
        found = bytes.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { mail_text_marks($0, bytes.count) } ?? 0 }
    }

    var hasNUL: Bool { has(MAIL_HAS_NUL) }
    var hasEightBit: Bool { has(MAIL_HAS_EIGHT_BIT) }
    var hasEscape: Bool { has(MAIL_HAS_ESCAPE) }
    var hasControl: Bool { has(MAIL_HAS_CONTROL) }

    private func has(_ mark: some BinaryInteger) -> Bool { found & UInt32(truncatingIfNeeded: mark) != 0 }
}
