/// The lines that the receiver puts before a mail (RFC 5321 §4.4): `Return-Path`, then `Received`.
/// - Parameter base: `SMTP`, `ESMTP` or `LMTP`.
func traceHeaders(for envelope: InboundEnvelope, hostname: String, with base: String) -> String {
    var text = "Return-Path: <\(envelope.sender ?? "")>\r\n"
    text += "Received: from \(headerWord(envelope.helo)) (\(addressLiteral(envelope.remoteAddress)))\r\n"
    text += "\tby \(headerWord(hostname)) with \(protocolName(envelope, base)) id \(headerWord(envelope.id))"
    // Several recipients must not learn of each other (RFC 5321 §7.2).
    if envelope.recipients.count == 1, let recipient = envelope.recipients.first { text += "\r\n\tfor <\(recipient)>" }
    return text + ";\r\n\t\(rfc5322Date(envelope.receivedAt))\r\n"
}

/// The names registered for `with` (RFC 3848, RFC 6531 §4.3).
private func protocolName(_ envelope: InboundEnvelope, _ base: String) -> String {
    let name = envelope.smtpUTF8 ? (base == "LMTP" ? "UTF8LMTP" : "UTF8SMTP") : base
    // There is no name for HELO with TLS.
    return envelope.tls == nil ? name : (name == "SMTP" ? "ESMTP" : name) + "S"
}

private func addressLiteral(_ address: String) -> String {
    address.contains(":") ? "[IPv6:\(headerWord(address))]" : "[\(headerWord(address))]"
}

/// What a peer said, made harmless for a header: anything that is not a plain visible character becomes `?`.
private func headerWord(_ word: String) -> String {
    var plain = ""
    for byte in word.utf8.prefix(255) {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "\\"), UInt8(ascii: "\""), 0...0x20, 0x7F...:
            plain.append("?")
        default:
            plain.unicodeScalars.append(Unicode.Scalar(byte))
        }
    }
    return plain.isEmpty ? "unknown" : plain
}
