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
            var decoded: [UInt8] = []
            decoded.reserveCapacity(range.count)
            HTMLEntities.append(bytes, range, to: &decoded)
            text(decoded)
        case .start(let name, let range, let selfClosing):
            if let current = dropping {
                if name == current.name, !selfClosing { dropping = (name, current.depth + 1) }
            } else if SafeElement.droppedWhole.contains(name) {
                if !selfClosing, mayDrop(name) { dropping = (name, 1) }
            } else if let element = SafeElement.all[name] {
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
        let attributes = range.isEmpty ? [] : attributes(of: element, isBody: isBody, HTMLAttributes(bytes, range))
        // A body that has no colours of its own is not needed.
        if isBody, attributes.isEmpty { return }
        follower?.begins(element)
        write("<\(element.name)")
        for (name, value) in attributes { write(" \(name)=\"\(value.escapedForHTML())\"") }
        if element.name == "a" { write(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"") }
        write(">")
        if element.name == "img" { follower?.picture(writtenUpTo: out.count) }
        guard !isVoid else { return }
        places[element.number].append(open.count)
        if element.traits.contains(.scope) { scopes.append(open.count) }
        open.append(Open(element: element, outsideHidden: hidden))
        if attributes.contains(where: { $0.name == "style" && $0.value.split(separator: ";").contains("display:none") }) { hidden = true }
    }

    /// Ends a paragraph before a block, an item before the next, a cell before the next, as browsers do.
    private mutating func endWhatEndsBefore(_ element: SafeElement) {
        if element.traits.contains(.block), open.last?.element.name == "p" { close(downTo: open.count - 1) }
        guard let rule = SafeElement.ends[element.name] else { return }
        let innermost = rule.names.map(lastPlace).max() ?? -1
        if innermost > (rule.within.map(lastPlace).max() ?? -1) { close(downTo: innermost) }
    }

    private func lastPlace(_ name: String) -> Int { SafeElement.all[name].flatMap { places[$0.number].last } ?? -1 }

    private mutating func end(_ element: SafeElement) {
        guard let place = places[element.number].last, element.traits.contains(.table) || place > (scopes.last ?? -1) else { return }
        close(downTo: place)
    }

    private mutating func close(downTo count: Int) {
        while open.count > count, let last = open.popLast() {
            places[last.element.number].removeLast()
            if last.element.traits.contains(.scope) { scopes.removeLast() }
            hidden = last.outsideHidden
            write("</\(last.element.name)>")
        }
    }

    // MARK: - Attributes

    private mutating func attributes(of element: SafeElement, isBody: Bool, _ found: HTMLAttributes) -> [(name: String, value: String)] {
        var seen = Set<String>()
        var kept: [(name: String, value: String)] = []
        for (name, value) in found.pairs where seen.insert(name).inserted {
            if let (name, value) = isBody ? bodyAttribute(name, value) : attribute(name, value, of: element.name) {
                kept.append((name, value))
                if name == "bgcolor" || name == "color" || name == "style" && SafeStyle.setsColours(value) { hasColours = true }
            }
        }
        // A body's old colour attributes and its style become one style.
        guard isBody, !kept.isEmpty else { return kept }
        return [("style", kept.map(\.value).joined(separator: ";"))]
    }

    private mutating func attribute(_ name: String, _ value: String, of element: String) -> (String, String)? {
        switch name {
        case "href": return element == "a" ? SafeURL.link(value).map { (name, $0) } : nil
        case "src": return element == "img" ? source(value).map { (name, $0) } : nil
        case "background": return ["table", "td", "th"].contains(element) ? source(value).map { (name, $0) } : nil
        case "style": return style(value)
        default: return SafeElement.plainAttributes.contains(name) && value.utf8.count <= 1_000 ? (name, value) : nil
        }
    }

    private mutating func bodyAttribute(_ name: String, _ value: String) -> (String, String)? {
        switch name {
        case "style": style(value)
        case "bgcolor": style("background-color:\(value)")
        case "text": style("color:\(value)")
        default: nil
        }
    }

    private mutating func style(_ value: String) -> (String, String)? {
        let clean = SafeStyle.clean(value) { source($0) }
        return clean.isEmpty ? nil : ("style", clean)
    }

    private mutating func source(_ value: String) -> String? { rules.source(value, blocked: &blocked, loaded: &loaded) }

    // MARK: - Text

    private mutating func text(_ decoded: [UInt8]) {
        guard let end = hidden ? nil : follower?.follow(decoded) else {
            return write(String(decoding: decoded, as: UTF8.self).escapedForHTML())
        }
        write(String(decoding: decoded[..<end], as: UTF8.self).escapedForHTML())
        follower?.found(writtenUpTo: out.count)
        write(String(decoding: decoded[end...], as: UTF8.self).escapedForHTML())
    }

    private mutating func write(_ text: String) { out += text.utf8 }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
