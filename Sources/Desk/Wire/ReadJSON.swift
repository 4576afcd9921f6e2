/// What a text is that is no JSON.
public enum JSONProblem: Error {
    case notJSON
    /// Nested deeper than anything that we take.
    case tooDeep
}

extension JSON {
    /// Reads a JSON text of any shape (RFC 8259), linear in its size. Bytes that are no UTF-8 are replaced; of members with the same name
    /// the last counts, in the place of the first.
    ///
    /// - Parameter deepest: how many lists and objects may stand in each other.
    public init(parsing bytes: some Sequence<UInt8>, deepest: Int = 64) throws(JSONProblem) {
        var reader = JSONReader(bytes: Array(bytes), deepest: deepest)
        self = try reader.document()
    }

    /// The members of an object that the store keeps as text; none where it is something else.
    public static func members(of text: String) -> [(String, JSON)] {
        guard case .object(let members)? = try? JSON(parsing: text.utf8) else { return [] }
        return members
    }

    /// The value of a member; nil where this is no object or has no such member.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }

    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    let deepest: Int
    var at = 0

    init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    mutating func document() throws(JSONProblem) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw .notJSON }
        return value
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
        guard depth <= deepest else { throw .tooDeep }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONProblem) -> JSON {
        guard bytes[at...].starts(with: word.utf8) else { throw .notJSON }
        at += word.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
        at += 1
        var values: [JSON] = []
        skipSpace()
        if take("]") { return .array(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { throw .notJSON }
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
        at += 1
        var members: [(String, JSON)] = []
        var places: [String: Int] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw .notJSON }
            let name = try string()
            skipSpace()
            guard take(":") else { throw .notJSON }
            let member = (name, try value(depth: depth + 1))
            if let place = places[name] {
                members[place] = member
            } else {
                places[name] = members.count
                members.append(member)
            }
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw .notJSON }
        }
    }

    private mutating func number() throws(JSONProblem) -> JSON {
        let start = at
        _ = take("-")
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else { throw .notJSON }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard digits() > 0 else { throw .notJSON }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { throw .notJSON }
        }
        // Longer ones are no number that anybody means.
        guard at - start <= 400 else { throw .notJSON }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else { throw .notJSON }
        return .number(number)
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        return at - start
    }

    private mutating func string() throws(JSONProblem) -> String {
        at += 1
        var start = at
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                defer { at += 1 }
                if text.isEmpty { return String(decoding: bytes[start..<at], as: UTF8.self) }
                return String(decoding: text + bytes[start..<at], as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[start..<at]
                at += 1
                text += Array(String(Character(try escaped())).utf8)
                start = at
            case 0..<0x20: throw .notJSON
            default: at += 1
            }
        }
        throw .notJSON
    }

    private mutating func escaped() throws(JSONProblem) -> Unicode.Scalar {
        guard let byte = next else { throw .notJSON }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try unit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            // A pair of surrogates is one character; a lone one is none (RFC 8259 §8.2).
            guard (0xD800..<0xDC00).contains(first), bytes[at...].starts(with: "\\u".utf8) else { return "\u{FFFD}" }
            let before = at
            at += 2
            let second = try unit()
            guard (0xDC00..<0xE000).contains(second) else {
                at = before
                return "\u{FFFD}"
            }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
        default: throw .notJSON
        }
    }

    private mutating func unit() throws(JSONProblem) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { throw .notJSON }
            number = number << 4 + UInt32(digit)
            at += 1
        }
        return number
    }
}
