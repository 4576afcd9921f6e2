/// One piece of HTML as a browser's tokeniser sees it (WHATWG HTML §13.2.5), without building a tree.
public enum HTMLToken: Sendable {
    /// Bytes of text between tags; character references are not yet decoded.
    case text(Range<Int>)
    /// A start tag: lower-case name, and where its attributes stand (`HTMLAttributes` reads them).
    case start(name: String, attributes: Range<Int>, selfClosing: Bool)
    case end(name: String)
    /// The content of `script`, `style` and other elements whose content is not markup.
    case rawText(element: String, Range<Int>)
    /// Comments, doctypes, processing instructions.
    case comment
}

/// Splits HTML into tokens. Never fails, and every byte is looked at a bounded number of times: time is linear in the input.
public struct HTMLTokenizer: Sendable {
    public let bytes: [UInt8]
    private var at = 0
    /// Set behind a start tag whose content is raw text.
    private var rawElement: String?

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ html: String) {
        self.init(Array(html.utf8))
    }

    /// The next token, or nil at the end.
    public mutating func next() -> HTMLToken? {
        if let element = rawElement {
            rawElement = nil
            let begin = at
            at = endOfRawText(element)
            if at > begin { return .rawText(element: element, begin..<at) }
        }
        guard at < bytes.count else { return nil }
        if bytes[at] == UInt8(ascii: "<"), let token = markup() { return token }
        let begin = at
        at = bytes.withUnsafeBufferPointer { bytes in
            var index = bytes.next(UInt8(ascii: "<"), from: begin + 1)
            while index < bytes.count, !beginsMarkup(index) { index = bytes.next(UInt8(ascii: "<"), from: index + 1) }
            return index
        }
        return .text(begin..<at)
    }

    private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    private func beginsMarkup(_ index: Int) -> Bool {
        let next = byte(index + 1)
        return next.isLetter || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
            || (next == UInt8(ascii: "/") && index + 2 < bytes.count)
    }

    /// Reads what begins at `<`; nil where it is only a character of the text.
    private mutating func markup() -> HTMLToken? {
        guard beginsMarkup(at) else { return nil }
        let next = byte(at + 1)
        if next == UInt8(ascii: "!") {
            skipDeclaration()
            return .comment
        }
        if next == UInt8(ascii: "?") {
            skip(past: UInt8(ascii: ">"))
            return .comment
        }
        let closing = next == UInt8(ascii: "/")
        var index = at + (closing ? 2 : 1)
        guard byte(index).isLetter else {
            skip(past: UInt8(ascii: ">"))
            return .comment
        }
        let nameBegin = index
        while index < bytes.count, !bytes[index].isSpace, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "/") {
            index += 1
        }
        let name = lowercase(nameBegin..<min(index, nameBegin + 64))
        let attributes = index
        index = HTMLAttributes.endOfTag(bytes, from: index)
        let selfClosing = index > attributes && byte(index - 1) == UInt8(ascii: "/")
        at = min(index + 1, bytes.count)
        if closing { return .end(name: name) }
        if Self.isRawText(name) { rawElement = name }
        return .start(name: name, attributes: attributes..<max(attributes, index), selfClosing: selfClosing)
    }

    private func lowercase(_ range: Range<Int>) -> String {
        String(lowercase: bytes[range])
    }

    private mutating func skip(past end: UInt8) {
        while at < bytes.count, bytes[at] != end { at += 1 }
        at = min(at + 1, bytes.count)
    }

    /// `<!-- … -->`, also `<!-->` and `<!-- … --!>`; any other `<! … >`.
    private mutating func skipDeclaration() {
        guard byte(at + 2) == UInt8(ascii: "-"), byte(at + 3) == UInt8(ascii: "-") else { return skip(past: UInt8(ascii: ">")) }
        if byte(at + 4) == UInt8(ascii: ">") {
            at += 5
            return
        }
        let begin = at + 4
        var index = begin
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: ">"), bytes[index - 1] == UInt8(ascii: "-"), bytes[index - 2] == UInt8(ascii: "-") { break }
            if bytes[index] == UInt8(ascii: ">"), index >= begin + 3, bytes[index - 1] == UInt8(ascii: "!"),
                bytes[index - 2] == UInt8(ascii: "-"), bytes[index - 3] == UInt8(ascii: "-")
            {
                break
            }
            index += 1
        }
        at = min(index + 1, bytes.count)
    }

    /// Where `</element` stands next, or the end.
    private func endOfRawText(_ element: String) -> Int {
        let name = Array(element.utf8)
        var index = at
        while index < bytes.count {
            index = bytes.withUnsafeBufferPointer { $0.next(UInt8(ascii: "<"), from: index) }
            if index < bytes.count, byte(index + 1) == UInt8(ascii: "/"), index + 2 + name.count <= bytes.count {
                var same = 0
                while same < name.count, bytes[index + 2 + same].lowercased == name[same] { same += 1 }
                if same == name.count, endsName(index + 2 + same) { return index }
            }
            index += 1
        }
        return bytes.count
    }

    private func endsName(_ index: Int) -> Bool {
        index >= bytes.count || bytes[index].isSpace || bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: ">")
    }

    private static func isRawText(_ name: String) -> Bool {
        // By length first: this is asked for every tag.
        switch name.utf8.count {
        case 3: name == "xmp"
        case 5: name == "style" || name == "title"
        case 6: name == "script" || name == "iframe"
        case 7: name == "noembed"
        case 8: name == "textarea" || name == "noframes"
        default: false
        }
    }
}

extension String {
    /// ASCII letters small.
    init(lowercase bytes: ArraySlice<UInt8>) {
        self.init(unsafeUninitializedCapacity: bytes.count) { out in
            bytes.withUnsafeBufferPointer { source in
                for index in source.indices { out[index] = source[index].lowercased }
            }
            return bytes.count
        }
    }
}

extension UInt8 {
    @inlinable public var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    @inlinable public var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// The white space of HTML: space, tab, line feed, form feed, carriage return.
    @inlinable public var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D && self != 0x0B) }
    @inlinable public var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
