/// From whom and for whom a mail is that came without an envelope: what its own fields say. Which of the addresses are ours is asked
/// afterwards, so that one too many does no harm.
struct HeaderEnvelope {
    static let recipientFields: Set<String> = ["delivered-to", "x-original-to", "x-forwarded-to", "envelope-to", "to", "cc"]
    static let most = 100
    /// Bytes of the header that are looked at.
    static let longestHeader = 256 << 10

    private(set) var recipients: [String] = []
    /// As a mail server wrote it into `Return-Path`, nil for `<>`; else who the mail says it is from. A mail without a word of it is not one
    /// from nobody, which would make it a bounce.
    var sender: String? { hasReturnPath ? returnPath : from }

    private var hasReturnPath = false
    private var returnPath: String?
    private var from: String?

    init(of raw: [UInt8]) {
        var field = ""
        for line in raw.prefix(Self.longestHeader).split(separator: 0x0A, omittingEmptySubsequences: false) {
            var rest = line.last == 0x0D ? line.dropLast() : line
            guard let first = rest.first else { return }
            if first != 0x20, first != 0x09 {
                let name = rest.prefix { $0 != UInt8(ascii: ":") }
                field = String(decoding: name, as: UTF8.self).lowercased()
                rest = rest[name.endIndex...].dropFirst()
                if field == "return-path" { hasReturnPath = true }
            }
            for word in rest.split(whereSeparator: { " \t,;:<>\"()".utf8.contains($0) })
            where word.contains(UInt8(ascii: "@")) && word.count <= 320 {
                take(String(decoding: word, as: UTF8.self), field)
            }
        }
    }

    private mutating func take(_ address: String, _ field: String) {
        switch field {
        case "return-path": returnPath = returnPath ?? address
        // The last: a name before it may look like an address.
        case "from": from = address
        default:
            guard Self.recipientFields.contains(field), recipients.count < Self.most, !recipients.contains(address) else { return }
            recipients.append(address)
        }
    }
}
