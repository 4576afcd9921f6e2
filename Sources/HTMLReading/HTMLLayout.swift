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
        let element: HTMLElement
        let outside: State
    }

    private let classify: Classifier?
    private var state = State()
    private var stack: [Open] = []
    /// How often each element is open, by its number.
    private var openCount = [Int](repeating: 0, count: HTMLElement.count)
    private var tail = false
    private var belowRule = false
    private var inHead = false

    private var page = HTMLPage()
    /// Where the line that is being written begins, in the page's bytes.
    private var lineBegin = 0
    private var lineState = State()
    private var space = false
    /// A no-break space alone makes a line that is shown, and blank.
    private var hasNoBreakSpace = false
    private var blankNeeded = false

    private init(classify: Classifier?) {
        self.classify = classify
    }

    /// The lines of an HTML text. Runs of blank lines are folded to one by the caller where wanted.
    /// - Parameter classify: nil where nobody asks what elements are.
    public static func page(of html: String, classify: Classifier? = nil) -> HTMLPage {
        var layout = HTMLLayout(classify: classify)
        var tokens = HTMLTokenizer(html)
        layout.page.bytes.reserveCapacity(tokens.bytes.count / 2)
        while let token = tokens.next() { layout.take(token, tokens.bytes) }
        layout.endLine()
        return layout.page
    }

    private mutating func take(_ token: HTMLToken, _ bytes: [UInt8]) {
        switch token {
        case .text(let range): if !state.hidden, !inHead { append(bytes, range) }
        case .rawText(let element, let range): if element == "xmp" || element == "textarea" { append(bytes, range) }
        case .start(let name, let range, _): start(name, bytes, range)
        case .end(let name): end(name)
        case .comment: break
        }
    }

    private var lineIsEmpty: Bool { page.bytes.count == lineBegin }

    // MARK: - Elements

    private mutating func start(_ name: String, _ bytes: [UInt8], _ range: Range<Int>) {
        guard let element = HTMLElement.of(name) else { return }
        switch element.kind {
        case .lineBreak: return breakLine()
        case .head: inHead = true
        case .rule: return rule(bytes, range)
        case .picture: return picture(bytes, range)
        case .cell: if !lineIsEmpty { space = true }
        default: break
        }
        if element.traits.contains(.block) {
            inHead = false
            endLine()
            if element.traits.contains(.spaced) { blankNeeded = true }
        }
        if element.traits.contains(.holds) { return open(element, bytes, range) }
        if element.kind == .paragraph, !range.isEmpty { openParagraph(bytes, range) }
        if element.kind == .item { beginItem() }
    }

    private mutating func rule(_ bytes: [UInt8], _ range: Range<Int>) {
        endLine()
        belowRule = true
        if let classify, !range.isEmpty, classify("hr", HTMLAttributes(bytes, range)).contains(.tail) { tail = true }
    }

    private mutating func picture(_ bytes: [UInt8], _ range: Range<Int>) {
        guard !state.hidden, let alt = HTMLAttributes.value(of: "alt", bytes, range), Self.isPictogram(alt) else { return }
        let letters = Array(alt.utf8)
        append(letters, letters.indices)
    }

    private mutating func breakLine() {
        if state.hidden { return }
        if lineIsEmpty { lineState = state }
        endLine(always: true)
    }

    private mutating func openParagraph(_ bytes: [UInt8], _ range: Range<Int>) {
        let attributes = HTMLAttributes(bytes, range)
        // Outlook's paragraphs have no space between them.
        if attributes["class"]?.hasPrefix("Mso") == true { blankNeeded = false }
        guard let classify else { return }
        let regions = classify("p", attributes)
        if regions.contains(.tail) { tail = true }
        if regions.contains(.belowRule) { belowRule = true }
    }

    private mutating func open(_ element: HTMLElement, _ bytes: [UInt8], _ range: Range<Int>) {
        stack.append(Open(element: element, outside: state))
        openCount[element.number] += 1
        switch element.kind {
        case .quote: state.depth += 1
        case .preformatted: state.preformatted = true
        case .ordered: state.item = 1
        case .unordered: state.item = nil
        default: break
        }
        guard range.count > 3 else { return }
        guard let classify else { return style(HTMLAttributes.value(of: "style", bytes, range)) }
        let attributes = HTMLAttributes(bytes, range)
        style(attributes["style"])
        let regions = classify(element.name, attributes)
        if regions.contains(.tail) { tail = true }
        if regions.contains(.belowRule) { belowRule = true }
        state.regions.formUnion(regions.subtracting([.tail, .belowRule]))
    }

    private mutating func style(_ style: String?) {
        guard let style else { return }
        if HTMLStyle.hides(style) { state.hidden = true }
        if HTMLStyle.preformats(style) { state.preformatted = true }
    }

    private mutating func end(_ name: String) {
        guard let element = HTMLElement.of(name) else { return }
        switch element.kind {
        case .head:
            inHead = false
            return
        case .paragraph, .item:
            endLine()
            if element.kind == .paragraph { blankNeeded = true }
            return
        case .lineBreak: return breakLine()
        default: break
        }
        guard element.traits.contains(.holds), openCount[element.number] > 0 else { return }
        // An inline element does not close a block around it.
        if element.kind == .span, stack.last?.element.kind != .span { return }
        if element.traits.contains(.block) { endLine() }
        while let open = stack.popLast() {
            openCount[open.element.number] -= 1
            // A number counted inside a list stays counted.
            state = open.outside
            if open.element.number == element.number { break }
        }
        if element.traits.contains(.spaced) { blankNeeded = true }
    }

    private mutating func beginItem() {
        if state.hidden { return }
        let mark: [UInt8]
        if let number = state.item {
            mark = Array("\(number). ".utf8)
            state.item = number + 1
        } else {
            mark = Array("- ".utf8)
        }
        append(mark, mark.indices)
    }

    // MARK: - Text

    private mutating func append(_ text: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        let end = min(range.upperBound, text.count)
        while index < end {
            let byte = text[index]
            if byte.isSpace {
                index += 1
                takeSpace(byte)
                continue
            }
            if byte < 0x20 {
                index += 1
                continue
            }
            if lineIsEmpty {
                lineState = state
                // Space at the beginning of a line is not shown.
                space = false
            }
            if space {
                page.bytes.append(0x20)
                space = false
            }
            if byte == UInt8(ascii: "&"), let (scalar, next) = HTMLEntities.reference(text, index, end, inAttribute: false) {
                index = next
                takeReference(scalar)
            } else if byte == 0xC2, index + 1 < end, text[index + 1] == 0xA0 {
                index += 2
                takeNoBreakSpace()
            } else {
                // A run of plain bytes at once.
                let begin = index
                index += 1
                while index < end, text[index] > 0x20, text[index] != UInt8(ascii: "&"), text[index] != 0xC2 { index += 1 }
                page.bytes.append(contentsOf: text[begin..<index])
            }
        }
    }

    private mutating func takeSpace(_ byte: UInt8) {
        if !state.preformatted {
            space = true
        } else if byte == 0x0A {
            if lineIsEmpty { lineState = state }
            endLine(always: true)
        } else if byte != 0x0D {
            // Line ends are CR LF or LF.
            if lineIsEmpty { lineState = state }
            page.bytes.append(byte)
        }
    }

    private mutating func takeReference(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0xA0: takeNoBreakSpace()
        case 0x20, 0x09, 0x0A, 0x0C, 0x0D: takeSpace(UInt8(scalar.value))
        case 0: break
        default: page.bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// A space to a reader of plain text.
    private mutating func takeNoBreakSpace() {
        page.bytes.append(0x20)
        hasNoBreakSpace = true
    }

    private mutating func endLine(always: Bool = false) {
        space = false
        while page.bytes.count > lineBegin, let last = page.bytes.last, last == 0x20 || last == 0x09 { page.bytes.removeLast() }
        if lineIsEmpty {
            if always || hasNoBreakSpace { add(always ? state : lineState) }
            hasNoBreakSpace = false
            return
        }
        hasNoBreakSpace = false
        if blankNeeded, let last = page.lines.last, !last.isBlank {
            let depth = min(last.depth, lineState.depth)
            page.lines.append(HTMLLine(range: lineBegin..<lineBegin, depth: depth, regions: last.regions.intersection(lineState.regions)))
        }
        add(lineState)
        page.bytes.append(0x0A)
        lineBegin = page.bytes.count
    }

    private mutating func add(_ state: State) {
        var regions = state.regions
        if tail { regions.insert(.tail) }
        if belowRule, !lineIsEmpty {
            regions.insert(.belowRule)
            belowRule = false
        }
        page.lines.append(HTMLLine(range: lineBegin..<page.bytes.count, depth: state.depth, regions: regions))
        blankNeeded = lineIsEmpty && blankNeeded
    }

    /// An emoji that a mail program sent as a picture.
    private static func isPictogram(_ alt: String) -> Bool {
        !alt.isEmpty && alt.utf8.count <= 32 && alt.unicodeScalars.allSatisfy { $0.value > 0x2000 }
    }
}
