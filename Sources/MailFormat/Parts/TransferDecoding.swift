import CMailParts
import Foundation

/// Undoes how a body travelled (RFC 2045 §6), as its header says or as it really did.
enum TransferDecoding {
    case none, quotedPrintable, base64, uuencode

    /// - Parameter header: the raw value of `Content-Transfer-Encoding`.
    init(_ header: [UInt8]?) {
        let word = HeaderParameters(header ?? []).value.utf8.filter { !"-_ ".utf8.contains($0) }
        switch String(decoding: word, as: UTF8.self) {
        case "base64", "b64", "b": self = .base64
        case "quotedprintable", "qp", "q": self = .quotedPrintable
        case "xuuencode", "uuencode", "xuue", "uue": self = .uuencode
        default: self = .none
        }
    }

    func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .none: return Array(bytes)
        case .base64: return Self.decode(bytes, mail_decode_base64)
        case .quotedPrintable: return Self.decode(bytes, mail_decode_quoted_printable)
        case .uuencode:
            return UUEncodedFiles.first(in: bytes) ?? Array(bytes)
        }
    }

    /// The same for bytes that nobody looks at: they are not copied once more.
    func data(_ bytes: ArraySlice<UInt8>) -> Data {
        if case .none = self { return Data(bytes) }
        guard case .base64 = self, let room = malloc(bytes.count + 4) else { return Data(decode(bytes)) }
        let count = bytes.withUnsafeBufferPointer { source in
            source.baseAddress.map { mail_decode_base64($0, source.count, room.assumingMemoryBound(to: UInt8.self)) } ?? 0
        }
        return Data(bytesNoCopy: room, count: count, deallocator: .free)
    }

    private static func decode(
        _ bytes: ArraySlice<UInt8>, _ decoder: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>) -> Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count + 4) { out, count in
            bytes.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = out.baseAddress { count = decoder(from, source.count, to) }
            }
        }
    }

    /// A text that is named base64: as it stands where it is none, and with the footer in clear that some list servers put below it.
    static func base64Text(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if isClear(bytes) { return Array(bytes) }
        guard let pad = bytes.firstIndex(of: UInt8(ascii: "=")), let end = bytes[pad...].firstIndex(of: 0x0A),
            isClear(bytes[end...].drop { $0 <= 0x20 })
        else {
            return TransferDecoding.base64.decode(bytes)
        }
        return TransferDecoding.base64.decode(bytes[..<end]) + bytes[end...]
    }

    /// Whether the first lines are words with spaces between them, or have signs that base64 has not all over.
    private static func isClear(_ bytes: ArraySlice<UInt8>) -> Bool {
        var other = 0
        var words = 0
        var count = 0
        var last: UInt8 = 0x0A
        for byte in bytes.prefix(2_000) {
            if byte > 0x20 {
                count += 1
                if byte.base64Value == nil, byte != UInt8(ascii: "=") { other += 1 }
                if last == 0x20 { words += 1 }
            } else if byte == 0x0A, count >= 14 {
                break
            }
            if byte != 0x0D { last = byte }
        }
        return count >= 14 && (words > 1 && words * 20 > count || other * 4 > count)
    }
}
