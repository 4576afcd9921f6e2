/// What another server says that it found (RFC 8601 §2.2). Believed only where an inbox names that server.
public struct AuthenticationResults: Sendable, Hashable, Codable {
    public struct Item: Sendable, Hashable, Codable {
        /// `spf`, `dkim`, `dmarc` …
        public var method: String
        /// `pass`, `fail` …
        public var result: String
        /// `header.from` and the like, with their values.
        public var properties: [String: String]
    }

    /// Who says so, small letters.
    public var server: String
    public var items: [Item]

    /// Reads a field's value, at most 16 kB of it. All in small letters.
    /// - Returns: nil where no server is named.
    public init?(_ text: String) {
        let parts = Self.parts(text.utf8.prefix(16_384))
        // A version number may stand behind the server's name.
        guard let server = parts.first?.first, !server.contains("=") else { return nil }
        self.server = server
        items = parts.dropFirst().prefix(50).compactMap { words in
            guard let (method, result) = words.first.flatMap(Self.pair) else { return nil }
            let properties = words.dropFirst().prefix(50).compactMap(Self.pair)
            return Item(
                method: method.split(separator: "/").first.map { String($0) } ?? method, result: result,
                properties: Dictionary(properties, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// What the server says of DMARC for an author's domain: true for a pass. A result for another domain is none for this one.
    func passesDMARC(for domain: String) -> Bool {
        items.contains { $0.method == "dmarc" && $0.result == "pass" && asciiDomain($0.properties["header.from"] ?? "") == domain }
    }

    private static func pair(_ word: String) -> (String, String)? {
        guard let equals = word.firstIndex(of: "=") else { return nil }
        return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }

    /// The words between semicolons: comments and quotation marks gone, no blanks around `=`.
    private static func parts(_ bytes: some Sequence<UInt8>) -> [[String]] {
        var parts: [[String]] = [[]]
        var word: [UInt8] = []
        var depth = 0
        var quoted = false
        var escaped = false
        var waiting = false
        func finish() {
            if !word.isEmpty { parts[parts.count - 1].append(String(decoding: word, as: UTF8.self).lowercased()) }
            word = []
            waiting = false
        }
        for byte in bytes {
            if escaped {
                escaped = false
                if depth == 0 { word.append(byte) }
            } else if byte == UInt8(ascii: "\\"), quoted || depth > 0 {
                escaped = true
            } else if quoted {
                if byte == UInt8(ascii: "\"") { quoted = false } else { word.append(byte) }
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if depth > 0 {
                if byte == UInt8(ascii: ")") { depth -= 1 }
            } else if byte == UInt8(ascii: ";") {
                finish()
                parts.append([])
            } else if isFolding(byte) {
                // Whether the word is over shows with the next byte: `=` goes on.
                waiting = !word.isEmpty && word.last != UInt8(ascii: "=")
            } else {
                if waiting && byte != UInt8(ascii: "=") { finish() }
                waiting = false
                if byte == UInt8(ascii: "\"") { quoted = true } else { word.append(byte) }
            }
        }
        finish()
        return parts
    }
}
