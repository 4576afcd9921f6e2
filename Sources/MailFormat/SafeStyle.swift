import HTMLReading

/// The `style` attribute, written anew from an allow-list of properties. Values hold words, numbers and colours; nothing that could load, run or
/// lie over the page around (`url()`, `expression()`, `position`, escapes).
enum SafeStyle {
    static func clean(_ style: String) -> String {
        guard style.utf8.count <= 8_000 else { return "" }
        var kept: [String] = []
        for declaration in style.utf8.split(separator: UInt8(ascii: ";")).prefix(100) {
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let property = String(decoding: declaration[..<colon], as: UTF8.self).foldingWhiteSpace().lowercased()
            guard properties.contains(property) else { continue }
            let value = String(
                decoding: declaration[declaration.index(after: colon)...].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") },
                as: UTF8.self
            )
            .foldingWhiteSpace()
            guard !value.isEmpty, isPlain(value) else { continue }
            if property == "display",
                !["block", "inline", "inline-block", "none", "table", "table-cell", "table-row", "list-item"].contains(value.lowercased())
            {
                continue
            }
            kept.append("\(property):\(value)")
        }
        return kept.joined(separator: ";")
    }

    /// Letters, digits and the marks of numbers, colours and lists; a bracket only behind a colour function's name.
    private static func isPlain(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "("):
                let before = String(decoding: bytes[..<index].reversed().prefix { $0.isLetter }.reversed(), as: UTF8.self).lowercased()
                guard ["rgb", "rgba", "hsl", "hsla"].contains(before) else { return false }
            case UInt8(ascii: ")"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"),
                UInt8(ascii: "+"),
                UInt8(ascii: "!"), 0x20, UInt8(ascii: "_"), UInt8(ascii: "/"):
                continue
            default: guard byte.isLetter || byte.isDigit || byte >= 0x80 else { return false }
            }
        }
        return true
    }

    private static let properties: Set<String> = {
        var names: Set<String> = [
            "background-color", "border", "border-collapse", "border-color", "border-radius", "border-spacing", "border-style",
            "border-width", "clear", "color",
            "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
            "letter-spacing",
            "line-height", "list-style-type", "margin", "max-height", "max-width", "min-height", "min-width", "overflow-wrap", "padding",
            "table-layout",
            "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-break",
            "word-spacing", "word-wrap",
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
