import HTMLReading

/// The `style` attribute, written anew from an allow-list of properties. Values hold words, numbers, colours and, for backgrounds, pictures that
/// `source` lets through; nothing else that could load, run or be read as something else (`expression()`, escapes, comments).
enum SafeStyle {
    /// Longer ones are left out whole.
    static let byteLimit = 8_000

    /// A style as it may be shown.
    struct Clean {
        /// Empty where nothing of it may.
        var text = ""
        /// It sets a colour: such a mail has thought of its own ground.
        var setsColours = false
        /// `display:none`.
        var hides = false
    }

    /// - Parameter source: what a picture's URL becomes; nil where it may not be loaded.
    static func clean(_ style: String, source: (String) -> String?) -> Clean {
        var clean = Clean()
        guard style.utf8.count <= byteLimit else { return clean }
        for declaration in declarations(Array(style.utf8)).prefix(100) {
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let property = String(decoding: declaration[..<colon], as: UTF8.self).foldingWhiteSpace().lowercased()
            guard properties.contains(property) else { continue }
            let behind = Array(declaration[declaration.index(after: colon)...])
            guard let value = value(behind, mayHavePicture: property.hasPrefix("background"), source), !value.isEmpty else { continue }
            if property == "display", !displays.contains(value.lowercased()) { continue }
            if property == "color" || property.hasPrefix("background") { clean.setsColours = true }
            if property == "display", value == "none" { clean.hides = true }
            if !clean.text.isEmpty { clean.text += ";" }
            clean.text += property
            clean.text += ":"
            clean.text += value
        }
        return clean
    }

    /// Split at `;`, but not inside quotes and brackets: URLs hold them.
    private static func declarations(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        var begin = 0
        var quote: UInt8?
        var brackets = 0
        for (index, byte) in bytes.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "("): brackets += 1
            case UInt8(ascii: ")"): brackets = max(0, brackets - 1)
            case UInt8(ascii: ";") where brackets == 0:
                found.append(bytes[begin..<index])
                begin = index + 1
            default: break
            }
        }
        found.append(bytes[begin...])
        return found
    }

    /// A value without quotes; nil where something in it is on no list.
    private static func value(_ bytes: [UInt8], mayHavePicture: Bool, _ source: (String) -> String?) -> String? {
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "("):
                let word = out.reversed().prefix { $0.isLetter }.reversed().map { $0.lowercased }
                if word == Array("url".utf8) {
                    guard mayHavePicture, let (url, end) = url(bytes, index + 1) else { return nil }
                    out.removeLast(3)
                    if let allowed = source(url) {
                        out += "url(\"\(allowed.replacing("(", with: "%28").replacing(")", with: "%29"))\")".utf8
                    }
                    index = end
                    continue
                }
                guard colourFunctions.contains(word) else { return nil }
                out.append(byte)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): break
            case UInt8(ascii: ")"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"),
                UInt8(ascii: "+"), UInt8(ascii: "!"), 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "_"), UInt8(ascii: "/"):
                // A slash and a star would begin a comment; a star is on no list.
                out.append(byte)
            default:
                guard byte.isLetter || byte.isDigit || byte >= 0x80 else { return nil }
                out.append(byte)
            }
            index += 1
        }
        return String(decoding: out, as: UTF8.self).foldingWhiteSpace()
    }

    /// What stands in `url(…)`, and where to go on behind its bracket. A backslash makes it none.
    private static func url(_ bytes: [UInt8], _ begin: Int) -> (String, Int)? {
        var index = begin
        while index < bytes.count, bytes[index].isSpace { index += 1 }
        guard index < bytes.count else { return nil }
        var close = UInt8(ascii: ")")
        if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            close = bytes[index]
            index += 1
        }
        let start = index
        while index < bytes.count, bytes[index] != close {
            if bytes[index] == UInt8(ascii: "\\") { return nil }
            index += 1
        }
        let url = String(decoding: bytes[start..<index], as: UTF8.self)
        while index < bytes.count, bytes[index] != UInt8(ascii: ")") { index += 1 }
        return index < bytes.count ? (url, index + 1) : nil
    }

    private static let colourFunctions: Set<[UInt8]> = Set(["rgb", "rgba", "hsl", "hsla"].map { Array($0.utf8) })

    private static let displays: Set<String> = [
        "block", "inline", "inline-block", "none", "table", "table-cell", "table-row", "list-item",
    ]

    private static let properties: Set<String> = {
        var names: Set<String> = [
            "background", "background-color", "background-image", "background-position", "background-repeat", "background-size", "border",
            "border-collapse", "border-color", "border-radius", "border-spacing", "border-style", "border-width", "clear", "color",
            "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
            "letter-spacing", "line-height", "list-style-type", "margin", "max-height", "max-width", "min-height", "min-width", "opacity",
            "overflow", "overflow-wrap", "padding", "table-layout", "text-align", "text-decoration", "text-indent", "text-transform",
            "vertical-align", "visibility", "white-space", "width", "word-break", "word-spacing", "word-wrap",
        ]
        for side in ["top", "right", "bottom", "left"] {
            names.formUnion([
                "margin-\(side)", "padding-\(side)", "border-\(side)", "border-\(side)-color", "border-\(side)-style",
                "border-\(side)-width",
            ])
        }
        return names
    }()
}
