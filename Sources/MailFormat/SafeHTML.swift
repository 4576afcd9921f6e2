import HTMLReading

/// Writes foreign HTML anew from an allow-list of elements, attributes and style properties: what is not on a list is not in the output, so
/// no script, handler, form, frame, style sheet, SVG or MathML can be. Output is balanced, and stable under a second pass.
/// Show it in a sandboxed frame with a content security policy all the same. Linear in the input; never fails.
public struct SafeHTML: Sendable {
    /// Cleaned HTML and what was held back.
    public struct Result: Sendable, Equatable {
        public var html: String
        /// Pictures of other servers that were not let through.
        public var blockedRemoteImages: Int
    }

    private let remoteImages: Bool
    private let contentIDs: [String: String]
    private let ownURLs: Set<String>

    /// - Parameters:
    ///   - remoteImages: whether pictures may be fetched from other servers: it tells their sender that the mail was opened.
    ///   - contentIDs: for each `Content-ID` (without brackets) the URL under which we serve that attachment. Other `cid:` pictures lose their source.
    public init(remoteImages: Bool = false, contentIDs: [String: String] = [:]) {
        self.remoteImages = remoteImages
        self.contentIDs = contentIDs
        self.ownURLs = Set(contentIDs.values)
    }

    public func clean(_ html: String) -> String { cleaned(html).html }

    public func cleaned(_ html: String) -> Result {
        var writer = Writer(rules: self)
        var tokens = HTMLTokenizer(html)
        while let token = tokens.next() { writer.take(token, tokens.bytes) }
        return writer.finish()
    }

    /// Where a link may lead: nil where it may not be followed.
    static func safeLink(_ href: String) -> String? {
        guard let (scheme, url) = scheme(of: href), ["http", "https", "mailto", "tel"].contains(scheme) else { return nil }
        return url
    }

    /// A picture's source; nil where there is none that may be shown.
    fileprivate func source(_ src: String, blocked: inout Int) -> String? {
        if ownURLs.contains(src) { return src }
        guard let (scheme, url) = Self.scheme(of: src) else { return nil }
        switch scheme {
        case "cid": return contentIDs[String(url.dropFirst(4))]
        case "data":
            let lower = url.prefix(40).lowercased()
            let isPicture = ["png", "gif", "jpeg", "jpg", "webp"].contains { lower.hasPrefix("data:image/\($0);base64,") }
            return isPicture && url.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "+/=:;,".utf8.contains($0) }) ? url : nil
        case "http", "https":
            if remoteImages { return url }
            blocked += 1
            return nil
        default: return nil
        }
    }

    /// The scheme in lower case, and the URL without the white space and control characters that browsers drop (WHATWG URL §4.4).
    private static func scheme(of url: String) -> (String, String)? {
        let bytes = url.utf8.filter { $0 > 0x20 && $0 != 0x7F }
        guard bytes.count <= 2_000_000, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon <= 12 else { return nil }
        guard
            bytes[..<colon].allSatisfy({
                $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            })
        else { return nil }
        return (String(decoding: bytes[..<colon].map { $0.lowercased }, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
    }

    // MARK: - Writing

    private struct Writer {
        let rules: SafeHTML
        var out: [UInt8] = []
        var open: [String] = []
        var openCount: [String: Int] = [:]
        /// An element whose whole content goes, and how often it is open.
        var dropping: (name: String, depth: Int)?
        var blocked = 0

        /// Deeper elements lose their tags, not their text.
        static let depthLimit = 200

        init(rules: SafeHTML) {
            self.rules = rules
        }

        mutating func finish() -> Result {
            while let name = open.popLast() { write("</\(name)>") }
            return Result(html: String(decoding: out, as: UTF8.self), blockedRemoteImages: blocked)
        }

        mutating func write(_ text: String) { out += text.utf8 }

        mutating func take(_ token: HTMLToken, _ bytes: [UInt8]) {
            switch token {
            case .comment: break
            case .rawText(let element, let range):
                if dropping == nil, element == "xmp" || element == "textarea" {
                    write(String(decoding: bytes[range], as: UTF8.self).escapedForHTML())
                }
            case .text(let range):
                if dropping == nil { write(HTMLEntities.decode(bytes, range).escapedForHTML()) }
            case .start(let name, let range, let selfClosing): start(name, bytes, range, selfClosing)
            case .end(let name): end(name)
            }
        }

        mutating func start(_ name: String, _ bytes: [UInt8], _ range: Range<Int>, _ selfClosing: Bool) {
            if let current = dropping {
                if name == current.name, !selfClosing { dropping = (name, current.depth + 1) }
                return
            }
            if SafeHTML.droppedWhole.contains(name) {
                if !selfClosing { dropping = (name, 1) }
                return
            }
            guard SafeHTML.elements.contains(name) else { return }
            let isVoid = SafeHTML.void.contains(name)
            if !isVoid, open.count >= Self.depthLimit { return }
            write("<\(name)")
            if !range.isEmpty { attributes(name, HTMLAttributes(bytes, range)) }
            if name == "a" { write(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"") }
            write(">")
            if !isVoid {
                open.append(name)
                openCount[name, default: 0] += 1
            }
        }

        mutating func end(_ name: String) {
            if let current = dropping {
                if name == current.name { dropping = current.depth > 1 ? (name, current.depth - 1) : nil }
                return
            }
            guard openCount[name, default: 0] > 0 else { return }
            while let last = open.popLast() {
                openCount[last, default: 1] -= 1
                write("</\(last)>")
                if last == name { break }
            }
        }

        mutating func attributes(_ element: String, _ attributes: HTMLAttributes) {
            var seen = Set<String>()
            for (name, value) in attributes.pairs where seen.insert(name).inserted {
                let kept: String?
                switch name {
                case "href": kept = element == "a" ? SafeHTML.safeLink(value) : nil
                case "src": kept = element == "img" ? rules.source(value, blocked: &blocked) : nil
                case "style": kept = SafeStyle.clean(value).nonEmpty
                default: kept = SafeHTML.plainAttributes.contains(name) && value.utf8.count <= 1_000 ? value : nil
                }
                if let kept { write(" \(name)=\"\(kept.escapedForHTML())\"") }
            }
        }
    }

    private static let void: Set<String> = ["br", "hr", "img", "col", "wbr"]
    private static let droppedWhole: Set<String> = [
        "svg", "math", "template", "object", "applet", "noscript", "select", "audio", "video", "canvas", "frameset",
    ]
    private static let elements: Set<String> = [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code",
        "col", "colgroup",
        "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "i",
        "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong",
        "sub", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
    ]
    private static let plainAttributes: Set<String> = [
        "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "dir", "face", "height", "lang",
        "nowrap", "reversed",
        "rowspan", "scope", "size", "span", "start", "title", "valign", "width",
    ]
}
