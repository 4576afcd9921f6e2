/// Lays HTML out as lines of text, in one pass over its tokens: blocks begin new lines, white space is folded as browsers fold it,
/// scripts, style sheets and hidden elements are left out. Linear in the input.
public struct HTMLLayout {
    /// Says what an element is; only asked for block elements and `span`, and only where they have attributes.
    public typealias Classifier = (_ element: String, _ attributes: HTMLAttributes) -> HTMLRegions

    private struct State {
        var depth = 0
        var regions: HTMLRegions = []
        var hidden = false
        var preformatted = false
        /// Number of the next item in an ordered list; nil in others.
        var item: Int?
    }

    private struct Open {
        let name: String
        let outside: State
    }

    private let classify: Classifier
    private var state = State()
    private var stack: [Open] = []
    private var openCount: [String: Int] = [:]
    private var tail = false
    private var belowRule = false
    private var inHead = false

    private var lines: [HTMLLine] = []
    private var current: [UInt8] = []
    private var currentState = State()
    private var space = false
    private var blankNeeded = false

    private init(classify: @escaping Classifier) {
        self.classify = classify
    }

    /// The lines of an HTML text. Runs of blank lines are folded to one by the caller where wanted.
    public static func lines(of html: String, classify: @escaping Classifier = { _, _ in [] }) -> [HTMLLine] {
        var layout = HTMLLayout(classify: classify)
        var tokens = HTMLTokenizer(html)
        while let token = tokens.next() { layout.take(token, tokens.bytes) }
        layout.endLine()
        return layout.lines
    }

    private mutating func take(_ token: HTMLToken, _ bytes: [UInt8]) {
        switch token {
        case .text(let range): if !state.hidden, !inHead { text(bytes, range) }
        case .rawText(let element, let range): if element == "xmp" || element == "textarea" { text(bytes, range) }
        case .start(let name, let range, let selfClosing):
            start(name, range.isEmpty ? nil : (bytes, range), selfClosing: selfClosing)
        case .end(let name): end(name)
        case .comment: break
        }
    }

    // MARK: - Elements

    private mutating func start(_ tagName: String, _ source: ([UInt8], Range<Int>)?, selfClosing: Bool) {
        // Outlook writes <o:p>.
        switch tagName {
        case "br":
            if state.hidden { return }
            if current.isEmpty { currentState = state }
            endLine(always: true)
            return
        case "head": inHead = true
        case "body": inHead = false
        case "hr":
            endLine()
            belowRule = true
            if let source, classify("hr", HTMLAttributes(source.0, source.1)).contains(.tail) { tail = true }
            return
        case "img":
            if let source, !state.hidden, let alt = HTMLAttributes(source.0, source.1)["alt"], Self.isPictogram(alt) {
                append(Array(alt.utf8))
            }
            return
        case "td", "th": if !current.isEmpty { space = true }
        default: break
        }
        let block = Self.blocks.contains(tagName)
        if block {
            inHead = false
            endLine()
            if Self.spaced.contains(tagName) { blankNeeded = true }
        }
        guard block && tagName != "p" && tagName != "li" || tagName == "span" || tagName == "td" else {
            if tagName == "p", let source {
                let attributes = HTMLAttributes(source.0, source.1)
                if attributes["class"]?.hasPrefix("Mso") == true { blankNeeded = false }
                if classify("p", attributes).contains(.tail) { tail = true }
            }
            if tagName == "li" { beginItem() }
            return
        }
        if selfClosing && Self.void.contains(tagName) { return }
        stack.append(Open(name: tagName, outside: state))
        openCount[tagName, default: 0] += 1
        if tagName == "blockquote" { state.depth += 1 }
        if tagName == "pre" { state.preformatted = true }
        if tagName == "ol" { state.item = 1 }
        if tagName == "ul" { state.item = nil }
        guard let source else { return }
        let attributes = HTMLAttributes(source.0, source.1)
        if let style = attributes["style"] {
            let compact = style.utf8.filter { !$0.isSpace }.map { $0.lowercased }
            let words = String(decoding: compact, as: UTF8.self)
            if words.hasPart("display:none") || words.hasPart("mso-hide:all") { state.hidden = true }
            if words.hasPart("white-space:pre") { state.preformatted = true }
        }
        let regions = classify(tagName, attributes)
        if regions.contains(.tail) { tail = true }
        if regions.contains(.belowRule) { belowRule = true }
        state.regions.formUnion(regions.subtracting([.tail, .belowRule]))
    }

    private mutating func end(_ name: String) {
        switch name {
        case "head":
            inHead = false
            return
        case "p", "li":
            endLine()
            if name == "p" { blankNeeded = true }
            return
        case "br": return start("br", nil, selfClosing: false)
        default: break
        }
        guard openCount[name, default: 0] > 0 else { return }
        // An inline element does not close a block around it.
        if name == "span", stack.last?.name != "span" { return }
        if name != "span", name != "td" { endLine() }
        while let open = stack.popLast() {
            openCount[open.name, default: 1] -= 1
            // A number counted inside a list stays counted.
            state = open.outside
            if open.name == name { break }
        }
        if Self.spaced.contains(name) { blankNeeded = true }
    }

    private mutating func beginItem() {
        if state.hidden { return }
        if let number = state.item {
            append(Array("\(number). ".utf8))
            state.item = number + 1
        } else {
            append(Array("- ".utf8))
        }
    }

    // MARK: - Text

    private mutating func text(_ bytes: [UInt8], _ range: Range<Int>) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        HTMLEntities.append(bytes, range, to: &decoded)
        append(decoded)
    }

    private mutating func append(_ text: [UInt8]) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if state.preformatted, byte == 0x0A {
                if current.isEmpty { currentState = state }
                endLine(always: true)
            } else if byte == 0x0D && state.preformatted {
                // Line ends are CR LF or LF.
            } else if byte.isSpace && !state.preformatted {
                space = true
            } else {
                if current.isEmpty {
                    currentState = state
                    // Space at the beginning of a line is not shown.
                    space = false
                }
                if space {
                    current.append(0x20)
                    space = false
                }
                // No-break space is a space to a reader of plain text.
                if byte == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 {
                    current.append(0x20)
                    index += 1
                } else {
                    current.append(byte)
                }
            }
            index += 1
        }
    }

    private mutating func endLine(always: Bool = false) {
        space = false
        while let last = current.last, last == 0x20 || last == 0x09 { current.removeLast() }
        if current.isEmpty {
            if always { add("", state) }
            return
        }
        if blankNeeded, let last = lines.last, !last.text.isEmpty {
            lines.append(
                HTMLLine(text: "", depth: min(last.depth, currentState.depth), regions: last.regions.intersection(currentState.regions)))
        }
        add(String(decoding: current, as: UTF8.self), currentState)
        current.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ text: String, _ state: State) {
        var regions = state.regions
        if tail { regions.insert(.tail) }
        if belowRule, !text.isEmpty {
            regions.insert(.belowRule)
            belowRule = false
        }
        lines.append(HTMLLine(text: text, depth: state.depth, regions: regions))
        if !text.isEmpty { blankNeeded = false }
    }

    /// An emoji that a mail program sent as a picture.
    private static func isPictogram(_ alt: String) -> Bool {
        !alt.isEmpty && alt.utf8.count <= 32 && alt.unicodeScalars.allSatisfy { $0.value > 0x2000 }
    }

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "thead", "tr", "ul",
    ]
    /// Blocks that browsers set apart from what stands around them.
    private static let spaced: Set<String> = ["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"]
    private static let void: Set<String> = ["br", "hr", "img"]
}

extension StringProtocol {
    /// Whether the UTF-8 of `part` occurs here.
    @inlinable public func hasPart(_ part: StaticString) -> Bool {
        let needle = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
        guard let first = needle.first else { return true }
        var rest = self.utf8[...]
        while let at = rest.firstIndex(of: first) {
            if rest[at...].starts(with: needle) { return true }
            rest = rest[rest.index(after: at)...]
        }
        return false
    }
}
