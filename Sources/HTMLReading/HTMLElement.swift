/// What the layout needs to know of an element.
struct HTMLElement {
    struct Traits: OptionSet {
        let rawValue: UInt8

        /// Begins a line of its own.
        static let block = Traits(rawValue: 1)
        /// Set apart by a blank line.
        static let spaced = Traits(rawValue: 2)
        /// Remembered until its end tag: what it says of itself holds for what is inside.
        static let holds = Traits(rawValue: 4)
    }

    /// Elements that are treated in a way of their own.
    enum Kind {
        case other, lineBreak, head, rule, picture, cell, paragraph, item, span, quote, preformatted, ordered, unordered
    }

    let name: String
    /// Its place among all elements that the layout knows.
    let number: Int
    let kind: Kind
    let traits: Traits

    /// nil for an element that changes nothing, as inline elements do.
    static func of(_ name: String) -> HTMLElement? { table[name] }

    static var count: Int { table.count }

    private static let table: [String: HTMLElement] = {
        let elements: [(Kind, Traits, String)] = [
            (.lineBreak, [], "br"), (.head, [], "head"), (.rule, [], "hr"), (.picture, [], "img"), (.cell, [], "th"), (.cell, .holds, "td"),
            (.span, .holds, "span"), (.paragraph, [.block, .spaced], "p"), (.item, .block, "li"),
            (
                .other, [.block, .holds],
                """
                address article aside body center dd details dir div dt fieldset figure footer form header main menu nav section summary table \
                tbody thead tr
                """
            ),
            // Blocks that browsers set apart from what stands around them.
            (.quote, [.block, .spaced, .holds], "blockquote"), (.preformatted, [.block, .spaced, .holds], "pre"),
            (.ordered, [.block, .spaced, .holds], "ol"), (.unordered, [.block, .spaced, .holds], "ul"),
            (.other, [.block, .spaced, .holds], "dl h1 h2 h3 h4 h5 h6"),
        ]
        var table: [String: HTMLElement] = [:]
        for (kind, traits, names) in elements {
            for name in names.split(separator: " ").map(String.init) {
                table[name] = HTMLElement(name: name, number: table.count, kind: kind, traits: traits)
            }
        }
        return table
    }()
}
