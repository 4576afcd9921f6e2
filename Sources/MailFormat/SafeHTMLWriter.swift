import HTMLReading

/// Writes what the lists allow, with its own closing tags: every element that it opens it closes, in order.
struct SafeHTMLWriter {
    private struct Open {
        let element: SafeElement
        let outsideHidden: Bool
    }

    private let rules: SafeHTML
    private var out: [UInt8] = []
    private var open: [Open] = []
    /// For each element where in `open` it stands, innermost last.
    private var places: [[Int]]
    /// Where in `open` the elements stand that an end tag inside does not reach through.
    private var scopes: [Int] = []
    /// An element whose whole content goes, and how often it is open.
    private var dropping: (name: String, depth: Int)?
    private var hidden = false
    private var blocked = 0
    private var loaded = 0
    private var hasColours = false
    private var follower: TextFollower?
    private var styles: [String: SafeStyle.Clean] = [:]

    private static let styleLimit = 256

    /// Deeper elements lose their tags, not their text.
    static let depthLimit = 200

    init(rules: SafeHTML, following text: String?) {
        self.rules = rules
        places = Array(repeating: [], count: SafeElement.all.count)
        follower = text.map { TextFollower($0) }
    }

    var byteCount: Int { out.count }

    mutating func finish() -> SafeHTML.Result {
        close(downTo: 0)
        return SafeHTML.Result(
            html: String(decoding: out, as: UTF8.self), blockedRemoteImages: blocked, remoteImages: loaded, hasColours: hasColours,
            newBytes: follower?.end)
    }

    /// - Parameter mayDrop: whether the end of such an element is still to come.
    mutating func take(_ token: HTMLToken, _ bytes: [UInt8], mayDrop: (String) -> Bool) {
        switch token {
        case .comment: break
        case .rawText(let element, let range):
            if dropping == nil, element == "xmp" || element == "textarea" { text(bytes[range].filter { $0 != 0 }) }
        case .text(let range):
            guard dropping == nil else { return }
            if follower == nil, !bytes[range].contains(where: { $0 == UInt8(ascii: "&") || $0 == 0 }) {
                return HTMLEscape.append(bytes[range], to: &out)
            }
            var decoded: [UInt8] = []
            decoded.reserveCapacity(range.count)
            HTMLEntities.append(bytes, range, to: &decoded)
            text(decoded)
        case .start(let name, let range, let selfClosing):
            if let current = dropping {
                if name == current.name, !selfClosing { dropping = (name, current.depth + 1) }
            } else if let element = SafeElement.all[name] {
                if element.traits.contains(.dropped) {
                    if !selfClosing, mayDrop(name) { dropping = (name, 1) }
                    return
                }
                start(element, isBody: name == "body", bytes, range)
            }
        case .end(let name):
            if let current = dropping {
                if name == current.name { dropping = current.depth > 1 ? (name, current.depth - 1) : nil }
            } else if let element = SafeElement.all[name] {
                end(element)
            }
        }
    }

    // MARK: - Elements

    private mutating func start(_ element: SafeElement, isBody: Bool, _ bytes: [UInt8], _ range: Range<Int>) {
        endWhatEndsBefore(element)
        let isVoid = element.traits.contains(.void)
        if !isVoid, open.count >= Self.depthLimit {
            // What began a line still does.
            if element.traits.contains(.block), !out.hasSuffix("<br>") { write("<br>") }
            return
        }
        let kept = range.isEmpty ? Kept() : attributes(of: element, isBody: isBody, HTMLAttributes(bytes, range))
        // A body that has no colours of its own is not needed.
        if isBody, kept.attributes.isEmpty { return }
        follower?.begins(element)
        write("<")
        write(element.name)
        for (name, value) in kept.attributes {
            write(" ")
            write(name)
            write("=\"")
            value.appendEscapedForHTML(to: &out)
            write("\"")
        }
        if element.traits.contains(.link) { write(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"") }
        write(">")
        if element.traits.contains(.picture) { follower?.picture(writtenUpTo: out.count) }
        guard !isVoid else { return }
        places[element.number].append(open.count)
        if element.traits.contains(.scope) { scopes.append(open.count) }
        open.append(Open(element: element, outsideHidden: hidden))
        if kept.hides { hidden = true }
    }

    /// Ends a paragraph before a block, an item before the next, a cell before the next, as browsers do.
    private mutating func endWhatEndsBefore(_ element: SafeElement) {
        if element.traits.contains(.block), open.last?.element.traits.contains(.paragraph) == true { close(downTo: open.count - 1) }
        guard let rule = SafeElement.ends(element) else { return }
        let innermost = lastPlace(rule.numbers)
        if innermost > lastPlace(rule.within) { close(downTo: innermost) }
    }

    private func lastPlace(_ numbers: [Int]) -> Int {
        var last = -1
        for number in numbers { last = max(last, places[number].last ?? -1) }
        return last
    }

    private mutating func end(_ element: SafeElement) {
        guard let place = places[element.number].last, element.traits.contains(.table) || place > (scopes.last ?? -1) else { return }
        close(downTo: place)
    }

    private mutating func close(downTo count: Int) {
        while open.count > count, let last = open.popLast() {
            places[last.element.number].removeLast()
            if last.element.traits.contains(.scope) { scopes.removeLast() }
            hidden = last.outsideHidden
            write("</")
            write(last.element.name)
            write(">")
        }
    }

    // MARK: - Attributes

    /// What is kept of a start tag.
    private struct Kept {
        var attributes: [(name: String, value: String)] = []
        var hides = false
    }

    private mutating func attributes(of element: SafeElement, isBody: Bool, _ found: HTMLAttributes) -> Kept {
        var kept = Kept()
        for (place, (name, value)) in found.pairs.enumerated() {
            guard let kind = SafeAttribute.all[name] ?? (isBody && Self.bodyColours[name] != nil ? .colour : nil),
                !found.pairs[..<place].contains(where: { $0.name == name })
            else { continue }
            if kind == .style {
                keep(style(value), in: &kept)
            } else if isBody {
                if let property = Self.bodyColours[name] { keep(style(property + ":" + value), in: &kept) }
            } else if let value = attribute(kind, value, of: element) {
                kept.attributes.append((name, value))
                if kind == .colour { hasColours = true }
            }
        }
        // A body's old colour attributes and its style become one style.
        if isBody, kept.attributes.count > 1 { kept.attributes = [("style", kept.attributes.map(\.value).joined(separator: ";"))] }
        return kept
    }

    private static let bodyColours = ["bgcolor": "background-color", "text": "color"]

    private mutating func keep(_ style: SafeStyle.Clean, in kept: inout Kept) {
        guard !style.text.isEmpty else { return }
        kept.attributes.append(("style", style.text))
        kept.hides = kept.hides || style.hides
        hasColours = hasColours || style.setsColours
    }

    private mutating func attribute(_ kind: SafeAttribute, _ value: String, of element: SafeElement) -> String? {
        switch kind {
        case .link: element.traits.contains(.link) ? SafeURL.link(value) : nil
        case .source: element.traits.contains(.picture) ? source(value) : nil
        case .background: ["table", "td", "th"].contains(element.name) ? source(value) : nil
        case .colour, .plain: value.utf8.count <= 1_000 ? value : nil
        case .style: nil
        }
    }

    /// Mail programs write the same few styles at nearly every element: those are cleaned once.
    private mutating func style(_ value: String) -> SafeStyle.Clean {
        if let known = styles[value] { return known }
        var hasPicture = false
        let clean = SafeStyle.clean(value) {
            hasPicture = true
            return source($0)
        }
        // Pictures are counted each time.
        if !hasPicture, styles.count < Self.styleLimit, value.utf8.count < 1_000 { styles[value] = clean }
        return clean
    }

    private mutating func source(_ value: String) -> String? { rules.source(value, blocked: &blocked, loaded: &loaded) }

    // MARK: - Text

    private mutating func text(_ decoded: [UInt8]) {
        guard let end = hidden ? nil : follower?.follow(decoded) else {
            return HTMLEscape.append(decoded[...], to: &out)
        }
        HTMLEscape.append(decoded[..<end], to: &out)
        follower?.found(writtenUpTo: out.count)
        HTMLEscape.append(decoded[end...], to: &out)
    }

    private mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
