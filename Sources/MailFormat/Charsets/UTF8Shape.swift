import CMailParts

/// Whether bytes are UTF-8 (RFC 3629), and how much of them is beyond ASCII.
struct UTF8Shape {
    private(set) var sequences = 0
    private(set) var broken = 0
    var isValid: Bool { broken == 0 }

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            if let from = bytes.baseAddress { sequences = mail_utf8_sequences(from, bytes.count, &broken) }
        }
    }
}
