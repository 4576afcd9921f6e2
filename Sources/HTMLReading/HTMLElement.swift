/// What the layout needs to know of an element.
struct HTMLElement: OptionSet {
    let rawValue: UInt8

    /// Begins a line of its own.
    static let block = HTMLElement(rawValue: 1)
    /// Set apart by a blank line.
    static let spaced = HTMLElement(rawValue: 2)
    /// Remembered until its end tag: what it says of itself holds for what is inside.
    static let holds = HTMLElement(rawValue: 4)

    static func of(_ name: String) -> HTMLElement {
        // Inline elements are the most frequent.
        switch name {
        case "a", "b", "font", "i", "u", "em", "strong", "o:p": []
        default: table[name] ?? []
        }
    }

    private static let table: [String: HTMLElement] = {
        var table: [String: HTMLElement] = ["span": .holds, "td": .holds, "p": [.block, .spaced], "li": .block]
        for name in [
            "address", "article", "aside", "body", "center", "dd", "details", "dir", "div", "dt", "fieldset", "figure", "footer", "form",
            "header", "main", "menu", "nav", "section", "summary", "table", "tbody", "thead", "tr",
        ] { table[name] = [.block, .holds] }
        // Blocks that browsers set apart from what stands around them.
        for name in ["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "pre", "ul"] { table[name] = [.block, .spaced, .holds] }
        return table
    }()
}
