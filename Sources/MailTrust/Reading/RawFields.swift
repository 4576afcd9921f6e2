/// One header field as it came.
struct RawField: Sendable, Hashable {
    /// Small letters, without white space before the colon; empty for a line that is no field.
    let name: String
    /// Name, colon and value with their line ends inside, without the last one. Every line end is CRLF.
    let bytes: [UInt8]
    /// Where the value begins: behind the colon.
    let valueStart: Int

    var value: ArraySlice<UInt8> { bytes[valueStart...] }

    /// The value as text, unfolded where a line end stands (RFC 5322 §2.2.3).
    var text: String { String(decoding: value.filter { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self) }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let name = bytes[..<(colon ?? 0)]
        var end = name.endIndex
        while end > name.startIndex, isBlank(name[end - 1]) { end -= 1 }
        let trimmed = name[..<end]
        self.name = trimmed.allSatisfy { 0x21...0x7E ~= $0 } ? String(decoding: trimmed.map(lowercase), as: UTF8.self) : ""
        valueStart = colon.map { $0 + 1 } ?? bytes.count
    }
}

/// A raw mail split into its fields and its body, as signatures need it. Both CRLF and a bare LF end a line; in what comes out all are CRLF
/// (RFC 6376 §5.3).
struct RawFields: Sendable {
    static let mostFields = 1000
    static let mostHeaderBytes = 256 << 10

    var fields: [RawField] = []
    /// With all line ends as CRLF; made anew each time.
    var body: ArraySlice<UInt8> { Self.withCRLF(rawBody) }
    private var rawBody: ArraySlice<UInt8> = []
    /// The header is above these bounds: nothing in it is judged.
    var tooLarge = false

    init(_ raw: [UInt8]) {
        var current: [UInt8] = []
        var index = 0
        var headerBytes = 0
        func finish(_ fields: inout [RawField]) {
            if !current.isEmpty { fields.append(RawField(current)) }
            current = []
        }
        while index < raw.count {
            let newline = raw[index...].firstIndex(of: 0x0A) ?? raw.count
            let end = newline > index && newline < raw.count && raw[newline - 1] == 0x0D ? newline - 1 : newline
            let line = raw[index..<end]
            index = min(newline + 1, raw.count)
            guard let first = line.first else { break }
            headerBytes += line.count
            guard headerBytes <= Self.mostHeaderBytes, fields.count < Self.mostFields else {
                tooLarge = true
                return
            }
            if isBlank(first), !current.isEmpty {
                current += [0x0D, 0x0A]
            } else {
                finish(&fields)
            }
            current += line
        }
        finish(&fields)
        rawBody = raw[index...]
    }

    func all(_ name: String) -> [RawField] { fields.filter { $0.name == name } }

    /// The bytes with every bare LF made a CRLF; the same bytes where there is none.
    private static func withCRLF(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bare = 0
        var before: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A && before != 0x0D { bare += 1 }
            before = byte
        }
        guard bare > 0 else { return bytes }
        var all: [UInt8] = []
        all.reserveCapacity(bytes.count + bare)
        before = 0
        for byte in bytes {
            if byte == 0x0A && before != 0x0D { all.append(0x0D) }
            all.append(byte)
            before = byte
        }
        return all[...]
    }
}
