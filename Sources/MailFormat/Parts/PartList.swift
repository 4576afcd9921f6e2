/// Where the headers and parts of a mail lie in its bytes (RFC 5322 §2.2, RFC 2046 §5.1). Nothing is copied or decoded.
struct PartList {
    /// One header field; the value is raw: folded, encoded, with the white space around it.
    struct Header {
        var name: Range<Int>
        var value: Range<Int>
    }

    struct Part {
        /// Index of the part that holds this one; nil for the first, which is the mail itself.
        var parent: Int?
        /// The parts within a multipart, in their order.
        var children: [Int] = []
        var isMultipart = false
        /// Into `headers`. Those of the first part are the mail's own.
        var headers: Range<Int>
        /// `Content-Type`; `text/plain` where it names none.
        var type: HeaderParameters
        /// The body before its transfer encoding is undone; for a multipart what stands before its first boundary.
        var body: Range<Int>
        /// Whether a boundary line ends it. The last part of a mail that was cut off is not ended.
        var isEnded = false
    }

    let bytes: [UInt8]
    private(set) var parts: [Part] = []
    private(set) var headers: [Header] = []
    /// The mail's own boundary is not the one that it names.
    private(set) var boundaryWasGuessed = false
    /// Depth, parts or headers went beyond the limits: the rest was left out.
    private(set) var wasCut = false

    init(_ bytes: [UInt8], from begin: Int, limits: MailReader.Limits) {
        self.bytes = bytes
        var scanner = PartScanner(bytes, limits)
        scanner.scan(from: begin)
        if let first = scanner.parts.first, first.children.isEmpty, first.type.value.hasPrefix("multipart/"),
            let boundary = BoundaryGuess.find(in: bytes, from: first.body.lowerBound)
        {
            boundaryWasGuessed = true
            scanner = PartScanner(bytes, limits, boundary: boundary)
            scanner.scan(from: begin)
        }
        (parts, headers, wasCut) = (scanner.parts, scanner.headers, scanner.wasCut)
    }

    func headers(of part: Int) -> ArraySlice<Header> {
        parts.indices.contains(part) ? headers[parts[part].headers] : []
    }

    /// The raw value of a part's first header of that name; at most `limit` bytes of it.
    func value(_ name: StaticString, of part: Int, limit: Int = 65_536) -> [UInt8]? {
        headers(of: part).first { isNamed($0, name) }.map { value(of: $0, limit: limit) }
    }

    func value(of header: Header, limit: Int) -> [UInt8] {
        Array(bytes[header.value.prefix(limit)])
    }

    func name(of header: Header) -> String {
        String(decoding: bytes[header.name.prefix(200)], as: UTF8.self)
    }

    func isNamed(_ header: Header, _ name: StaticString) -> Bool {
        guard header.name.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in
            for (offset, index) in header.name.enumerated() where !bytes[index].isSameLetter(wanted[offset]) { return false }
            return true
        }
    }
}

extension UInt8 {
    /// Equal, in any letter case of ASCII.
    func isSameLetter(_ other: UInt8) -> Bool {
        self == other || self ^ other == 0x20 && self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")
    }
}
