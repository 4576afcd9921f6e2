/// Reads safe HTML by the strict grammar that it promises, independently of the code that writes it: text without `<`, `>` and quotes; tags of
/// known names with known attributes in double quotes; balanced. Whatever is read by this grammar is read the same by every browser.
struct OutputGrammar {
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    struct Tag: Equatable {
        var name: String
        var attributes: [(name: String, value: String)]
        static func == (a: Tag, b: Tag) -> Bool { a.name == b.name && a.attributes.elementsEqual(b.attributes, by: ==) }
    }

    private let bytes: [UInt8]
    private var at = 0

    private static let void: Set<String> = ["br", "hr", "img", "col", "wbr"]
    private static let elements = Set(
        """
        a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure
        font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub sup table tbody
        td tfoot th thead tr tt u ul var wbr
        """.split(whereSeparator: \.isWhitespace).map(String.init))
    private static let attributes = Set(
        """
        abbr align alt background bgcolor border cellpadding cellspacing color colspan dir face height href lang nowrap rel reversed rowspan scope
        size span src start style target title valign width
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// All start tags of the output; throws with the place where it leaves the grammar.
    static func tags(of html: String) throws -> [Tag] {
        var reader = OutputGrammar(bytes: Array(html.utf8))
        var open: [String] = []
        var found: [Tag] = []
        while reader.at < reader.bytes.count {
            switch reader.bytes[reader.at] {
            case UInt8(ascii: "<"):
                if reader.peek(1) == UInt8(ascii: "/") {
                    reader.at += 2
                    let name = reader.word()
                    try reader.expect(">")
                    guard open.popLast() == name else { throw reader.violation("</\(name)> closes something else") }
                } else {
                    let tag = try reader.tag()
                    found.append(tag)
                    if !void.contains(tag.name) { open.append(tag.name) }
                }
            case UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0: throw reader.violation("a bare mark in the text")
            case UInt8(ascii: "&"): try reader.reference()
            default: reader.at += 1
            }
        }
        guard open.isEmpty else { throw reader.violation("left open: \(open)") }
        return found
    }

    private mutating func tag() throws -> Tag {
        try expect("<")
        let name = word()
        guard Self.elements.contains(name) else { throw violation("<\(name)> is on no list") }
        var found: [(name: String, value: String)] = []
        while peek(0) == 0x20 {
            at += 1
            let attribute = word()
            guard Self.attributes.contains(attribute) else { throw violation("\(attribute) is on no list") }
            guard !found.contains(where: { $0.name == attribute }) else { throw violation("\(attribute) twice") }
            try expect("=\"")
            var value: [UInt8] = []
            while let byte = peek(0), byte != UInt8(ascii: "\"") {
                guard byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">"), byte != 0 else {
                    throw violation("a bare mark in \(attribute)")
                }
                if byte == UInt8(ascii: "&") {
                    value.append(try reference())
                } else {
                    value.append(byte)
                    at += 1
                }
            }
            try expect("\"")
            let text = String(decoding: value, as: UTF8.self)
            try check(attribute, text)
            found.append((attribute, text))
        }
        try expect(">")
        return Tag(name: name, attributes: found)
    }

    private func check(_ attribute: String, _ value: String) throws {
        func begins(_ starts: [String]) -> Bool { starts.contains { value.lowercased().hasPrefix($0) } }
        switch attribute {
        case "href":
            guard begins(["http:", "https:", "mailto:", "tel:"]) else { throw violation("a link to \(value)") }
        case "src", "background":
            guard begins(["http:", "https:", "data:image/", "/files/", "cid:"]), !begins(["data:image/svg"]) else {
                throw violation("a picture from \(value)")
            }
        case "style":
            let withoutPictures = value.split(separator: "url(\"", omittingEmptySubsequences: false).enumerated().map { index, part in
                index == 0 ? part[...] : part.drop { $0 != "\"" }.dropFirst(2)
            }.joined()
            guard !withoutPictures.lowercased().contains("url("), !value.contains("\\"), !value.contains("/*"), !value.contains("@"),
                !value.lowercased().contains("expression("), !value.lowercased().contains("position:"), !withoutPictures.contains("{")
            else { throw violation("a style of \(value)") }
        default: break
        }
    }

    private func peek(_ offset: Int) -> UInt8? { at + offset < bytes.count ? bytes[at + offset] : nil }

    private mutating func word() -> String {
        let begin = at
        while let byte = peek(0), byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 { at += 1 }
        return String(decoding: bytes[begin..<at], as: UTF8.self)
    }

    private mutating func expect(_ text: String) throws {
        for byte in text.utf8 {
            guard peek(0) == byte else { throw violation("\(text) expected") }
            at += 1
        }
    }

    /// One of the five references that the writer knows.
    @discardableResult
    private mutating func reference() throws -> UInt8 {
        for (text, byte) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")] as [(String, Unicode.Scalar)]
        where bytes[at...].starts(with: text.utf8) {
            at += text.utf8.count
            return UInt8(ascii: byte)
        }
        throw violation("a bare &")
    }

    private func violation(_ words: String) -> Violation {
        let around = bytes[max(0, at - 60)..<min(bytes.count, at + 60)]
        return Violation(description: "\(words), at \(at): …\(String(decoding: around, as: UTF8.self))…")
    }
}
