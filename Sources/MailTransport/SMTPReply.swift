import NIOCore

/// One answer of a mail server (RFC 5321 §4.2), with its enhanced status code (RFC 3463) where it has one.
///
/// Used both ways: what our receiver says, and what a relay said to us.
public struct SMTPReply: Sendable, Hashable, CustomStringConvertible {
    /// The three digits, 200…599.
    public var code: Int
    /// `"5.1.1"`, or nil for replies that have none (the greeting, `EHLO`, `354`).
    public var status: String?
    /// One element for each line, without code, status and line end.
    public var lines: [String]

    public init(_ code: Int, _ status: String? = nil, lines: [String]) {
        self.code = code
        self.status = status
        self.lines = lines
    }

    public init(_ code: Int, _ status: String, _ text: String) {
        self.init(code, status, lines: [text])
    }

    public init(_ code: Int, _ text: String) {
        self.init(code, nil, lines: [text])
    }

    /// All lines as one sentence.
    public var text: String { lines.joined(separator: " ") }

    /// As a person would read it: `550 5.1.1 No such user`.
    public var description: String {
        var words = String(code)
        if let status { words += " " + status }
        if !text.isEmpty { words += " " + text }
        return words
    }

    public var isPositive: Bool { code / 100 == 2 }
    public var isTemporary: Bool { code / 100 == 4 }
    public var isPermanent: Bool { code / 100 == 5 }

    /// Writes the reply as it goes over the wire. Control characters in the text become spaces, so that text from elsewhere can
    /// never add a line; a line is cut so that it stays under the 512 octets of RFC 5321 §4.5.3.1.5.
    func write(into buffer: inout ByteBuffer) {
        let prefix = status.map { "\($0) " } ?? ""
        let all = lines.isEmpty ? [""] : lines
        for (index, line) in all.enumerated() {
            buffer.writeString(String(code))
            buffer.writeString(index == all.count - 1 ? " " : "-")
            buffer.writeString(prefix)
            for byte in line.utf8.prefix(480) { buffer.writeInteger(byte < 0x20 || byte == 0x7F ? 0x20 : byte) }
            buffer.writeStaticString("\r\n")
        }
    }
}
