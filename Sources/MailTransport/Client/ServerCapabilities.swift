/// What a server offered in its answer to EHLO (RFC 5321 §4.1.1.1).
struct ServerCapabilities: Sendable, Equatable {
    var startTLS = false
    var pipelining = false
    var eightBitMIME = false
    var smtpUTF8 = false
    var offersSize = false
    /// The largest mail; nil where there is none said.
    var maxBytes: Int?
    var mechanisms: Set<String> = []

    init() {}

    init(_ reply: SMTPReply) {
        for line in reply.lines.dropFirst() {
            // `AUTH=PLAIN` is how servers wrote it before RFC 2554.
            let words = line.uppercased().split { $0 == " " || $0 == "=" }.map(String.init)
            switch words.first {
            case "STARTTLS": startTLS = true
            case "PIPELINING": pipelining = true
            case "8BITMIME": eightBitMIME = true
            case "SMTPUTF8": smtpUTF8 = true
            case "SIZE":
                offersSize = true
                // 0 means that no largest size is told (RFC 1870 §3).
                maxBytes = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            case "AUTH": mechanisms.formUnion(words.dropFirst())
            default: break
            }
        }
    }
}
