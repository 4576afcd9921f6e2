/// Writes header fields, folded (RFC 5322 §2.2.3) and with encoded words where they are needed (RFC 2047).
struct HeaderWriter {
    private(set) var bytes: [UInt8] = []

    /// Longest line that is wanted, without CRLF (RFC 5322 §2.1.1).
    private static let lineLength = 78

    /// A field of our own making: short, ASCII, without line ends.
    mutating func add(_ name: String, _ value: String) {
        bytes += "\(name): \(value)\r\n".utf8
    }

    /// A field of free text.
    mutating func addText(_ name: String, _ value: String) {
        let text = value.foldingWhiteSpace()
        addWords(name, Self.needsEncoding(text) ? Self.encodedWords(text) : text.split(separator: " ").map(String.init), separator: "")
    }

    mutating func add(_ name: String, _ addresses: [MailAddress]) throws(MailWriterError) {
        var written: [String] = []
        for address in addresses {
            guard let mailbox = MailAddress.normalise(address.address),
                mailbox == address.address || mailbox.lowercased() == address.address.lowercased(),
                mailbox.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { throw .address(address.address) }
            let display = (address.name ?? "").foldingWhiteSpace()
            if display.isEmpty {
                written.append(mailbox)
            } else {
                written.append(Self.phrase(display) + " <\(mailbox)>")
            }
        }
        addWords(
            name,
            written.enumerated().map { $0.offset + 1 < written.count ? $0.element + "," : $0.element }.flatMap {
                $0.split(separator: " ").map(String.init)
            }, separator: "")
    }

    mutating func addIDs(_ name: String, _ ids: [String]) throws(MailWriterError) {
        var words: [String] = []
        for id in ids {
            guard Self.isID(id) else { throw .messageID(id) }
            words.append("<\(id)>")
        }
        addWords(name, words, separator: "")
    }

    /// `Content-Disposition` with a name in any language (RFC 2183, RFC 2231).
    mutating func addDisposition(_ disposition: String, filename: String) {
        let isPlain =
            filename.utf8.count <= 60
            && filename.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain {
            bytes += "Content-Disposition: \(disposition);\r\n filename=\"\(filename)\"\r\n".utf8
            return
        }
        let digits = Array("0123456789ABCDEF".utf8)
        var sections: [[UInt8]] = [Array("utf-8''".utf8)]
        for byte in filename.utf8 {
            let isToken =
                byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            let piece = isToken ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if let last = sections.last, last.count + piece.count > 58 { sections.append([]) }
            sections[sections.count - 1] += piece
        }
        bytes += "Content-Disposition: \(disposition)".utf8
        for (index, section) in sections.enumerated() {
            let key = sections.count == 1 ? "filename*" : "filename*\(index)*"
            bytes += ";\r\n \(key)=".utf8
            bytes += section
        }
        bytes += "\r\n".utf8
    }

    /// Words with a space between them; a new line where the next would not fit.
    private mutating func addWords(_ name: String, _ words: [String], separator: String) {
        bytes += "\(name):".utf8
        var length = name.utf8.count + 1
        for word in words {
            if length + 1 + word.utf8.count > Self.lineLength, length > name.utf8.count + 1 {
                bytes += "\r\n".utf8
                length = 0
            }
            bytes.append(0x20)
            bytes += word.utf8
            length += 1 + word.utf8.count
        }
        bytes += "\r\n".utf8
    }

    // MARK: - Rules

    private static func needsEncoding(_ text: String) -> Bool {
        // A word over 900 bytes cannot be folded below 998.
        text.utf8.contains { $0 >= 0x7F || $0 < 0x20 }
            || text.utf8.split(separator: 0x20).contains { $0.starts(with: "=?".utf8) || $0.count > 900 }
    }

    /// `=?utf-8?B?…?=` words of at most 75 bytes that cut no character.
    static func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in text.unicodeScalars {
            let piece = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            if chunk.count + piece.count > 42 {
                words.append(encodedWord(chunk))
                chunk = []
            }
            chunk += piece
        }
        if !chunk.isEmpty { words.append(encodedWord(chunk)) }
        return words
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?utf-8?B?" + String(decoding: TransferEncoding.base64Digits(bytes), as: UTF8.self) + "?="
    }

    /// A display name: as it stands, quoted, or encoded.
    private static func phrase(_ name: String) -> String {
        if needsEncoding(name) || name.utf8.count > 200 { return encodedWords(name).joined(separator: " ") }
        let isAtoms = name.utf8.allSatisfy {
            $0 == 0x20 || $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "_")
        }
        if isAtoms { return name }
        var out: [UInt8] = [UInt8(ascii: "\"")]
        for byte in name.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
        return String(decoding: out, as: UTF8.self)
    }

    static func isID(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 900
            && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }

    static func isContentType(_ type: String) -> Bool {
        let parts = type.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && type.utf8.count <= 127 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isToken) }
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
    }

    /// Letters, digits, `-` and `_`; not what the mail's own fields or MIME write.
    static func mayBeAdded(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 70,
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") && isToken($0) })
        else { return false }
        let lower = name.lowercased()
        // RFC 3282: of the Content- fields the only one that says something of the whole mail and nothing of its form.
        return (!lower.hasPrefix("content-") || lower == "content-language") && !own.contains(lower)
    }

    private static let own: Set<String> = [
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id", "in-reply-to", "references", "mime-version",
    ]
}
