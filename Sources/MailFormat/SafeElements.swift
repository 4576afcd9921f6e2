/// The elements that safe HTML may consist of or that go whole, and how they stand in each other (WHATWG HTML §13.1, §13.2.6, as far as mails need it).
struct SafeElement: Sendable {
    struct Traits: OptionSet, Sendable {
        let rawValue: Int
        /// Has no content and no end tag.
        static let void = Traits(rawValue: 1)
        /// Begins a new line; ends a paragraph that stands directly before it.
        static let block = Traits(rawValue: 2)
        /// An end tag inside does not reach what was opened outside.
        static let scope = Traits(rawValue: 4)
        /// Reaches through scopes: parts of tables.
        static let table = Traits(rawValue: 8)
        /// Goes with all that stands between its tags.
        static let dropped = Traits(rawValue: 16)
        static let link = Traits(rawValue: 32)
        static let picture = Traits(rawValue: 64)
        static let paragraph = Traits(rawValue: 128)
    }

    /// Its place in all lists by element.
    let number: Int
    /// As it is written.
    let name: String
    let traits: Traits

    static let all: [String: SafeElement] = {
        let kinds: [(Traits, String)] = [
            ([.void], "br col wbr"), ([.void, .picture], "img"), ([.void, .block], "hr"), ([.link], "a"), ([.block, .paragraph], "p"),
            (
                [],
                """
                abbr b bdi bdo big cite code colgroup del dfn em figcaption font i ins kbd mark q s samp small span strike strong sub sup tt u var
                """
            ),
            (
                [.block],
                """
                address article aside blockquote center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header li main ol pre section ul
                """
            ),
            ([.table, .scope], "td th caption"), ([.table, .scope, .block], "table"), ([.table], "tbody thead tfoot tr"),
            ([.dropped], "svg math template object applet noscript select audio video canvas frameset"),
        ]
        var elements: [String: SafeElement] = [:]
        for (traits, names) in kinds {
            for name in names.split(whereSeparator: \.isWhitespace).map(String.init) {
                elements[name] = SafeElement(number: elements.count, name: name, traits: traits)
            }
        }
        // What stands in a mail's body is written as a division with the body's colours.
        elements["body"] = SafeElement(number: elements.count, name: "div", traits: [.block])
        return elements
    }()

    /// Which elements end by themselves where this one begins: the innermost of them inside the innermost element of `within`.
    static func ends(_ element: SafeElement) -> (numbers: [Int], within: [Int])? { endsByNumber[element.number] }

    private static let endsByNumber: [(numbers: [Int], within: [Int])?] = {
        var ends = [(numbers: [Int], within: [Int])?](repeating: nil, count: all.count)
        for (name, rule) in endsByName {
            guard let element = all[name] else { continue }
            ends[element.number] = (rule.names.compactMap { all[$0]?.number }, rule.within.compactMap { all[$0]?.number })
        }
        return ends
    }()

    private static let endsByName: [String: (names: [String], within: [String])] = [
        "a": (["a"], ["table", "td", "th", "caption"]),
        "li": (["li"], ["ul", "ol", "table", "td", "th", "caption"]),
        "dt": (["dt", "dd"], ["dl", "table", "td", "th", "caption"]), "dd": (["dt", "dd"], ["dl", "table", "td", "th", "caption"]),
        "td": (["td", "th"], ["table"]), "th": (["td", "th"], ["table"]), "tr": (["tr"], ["table"]),
        "tbody": (["tbody", "thead", "tfoot"], ["table"]), "thead": (["tbody", "thead", "tfoot"], ["table"]),
        "tfoot": (["tbody", "thead", "tfoot"], ["table"]),
    ]
}
