import NIOCore

/// What a proxy says before the conversation: for whom it speaks (the PROXY protocol, versions 1 and 2).
enum ProxyHeader: Equatable {
    /// Not all of it has come.
    case incomplete
    /// The address of the peer behind the proxy; nil where the proxy speaks for itself (`UNKNOWN`, `LOCAL`) or for a unix socket.
    case source(String?)
    case malformed

    /// A line of version 1 with its CR LF.
    private static let maxLineBytes = 107
    /// What may follow the fixed 16 bytes of version 2. Addresses take 216 at most; the rest is room for its extensions.
    private static let maxBinaryBytes = 2_048
    private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

    /// Takes the header from the beginning of `input`, and nothing behind it.
    static func read(from input: inout ByteBuffer) -> ProxyHeader {
        let bytes = input.readableBytesView
        if begins(bytes, with: signature) {
            return bytes.count < signature.count ? .incomplete : readBinary(from: &input)
        }
        if begins(bytes, with: Array("PROXY ".utf8)) { return readLine(from: &input) }
        return .malformed
    }

    /// True too where less has come than `word`, and it agrees so far.
    private static func begins(_ bytes: ByteBufferView, with word: [UInt8]) -> Bool {
        bytes.prefix(word.count).elementsEqual(word.prefix(bytes.count))
    }

    // MARK: Version 1: `PROXY TCP4 192.0.2.1 198.51.100.1 51234 25`

    private static func readLine(from input: inout ByteBuffer) -> ProxyHeader {
        let bytes = input.readableBytesView.prefix(maxLineBytes)
        guard let end = bytes.firstIndex(of: 0x0A) else { return bytes.count < maxLineBytes ? .incomplete : .malformed }
        let length = end - bytes.startIndex + 1
        guard length >= 2, bytes[end - 1] == 0x0D, let line = input.readString(length: length) else { return .malformed }
        let words = line.dropLast(1).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if words.count >= 2, words[1] == "UNKNOWN" { return .source(nil) }
        guard words.count == 6, words[4...].allSatisfy({ UInt16($0) != nil }), let from = address(words[2]), let to = address(words[3]),
            from.isIPv6 == (words[1] == "TCP6"), to.isIPv6 == from.isIPv6, ["TCP4", "TCP6"].contains(words[1])
        else { return .malformed }
        return .source(from.text)
    }

    private static func address(_ text: String) -> (text: String, isIPv6: Bool)? {
        guard let address = try? SocketAddress(ipAddress: text, port: 0), let plain = address.ipAddress else { return nil }
        return (plain, address.protocol == .inet6)
    }

    // MARK: Version 2

    private static func readBinary(from input: inout ByteBuffer) -> ProxyHeader {
        let start = input.readerIndex + signature.count
        guard let (command, family, length) = input.getMultipleIntegers(at: start, as: (UInt8, UInt8, UInt16).self) else {
            return .incomplete
        }
        guard command == 0x20 || command == 0x21, length <= maxBinaryBytes else { return .malformed }
        guard input.readableBytes >= signature.count + 4 + Int(length) else { return .incomplete }
        input.moveReaderIndex(forwardBy: signature.count + 4)
        guard let rest = input.readSlice(length: Int(length)) else { return .malformed }
        if command == 0x20 { return .source(nil) }
        switch family {
        case 0x11: return source(rest, addressBytes: 4, of: 12)
        case 0x21: return source(rest, addressBytes: 16, of: 36)
        case 0x00, 0x31: return .source(nil)
        default: return .malformed
        }
    }

    /// Source and destination address, then their ports.
    private static func source(_ bytes: ByteBuffer, addressBytes: Int, of length: Int) -> ProxyHeader {
        guard bytes.readableBytes >= length, let packed = bytes.getSlice(at: bytes.readerIndex, length: addressBytes),
            let address = try? SocketAddress(packedIPAddress: packed, port: 0), let text = address.ipAddress
        else { return .malformed }
        return .source(text)
    }
}

extension String {
    /// An IPv4 peer on an IPv6 socket is itself, not its mapped form.
    var withoutIPv6Mapping: String { hasPrefix("::ffff:") && contains(".") ? String(dropFirst(7)) : self }
}
