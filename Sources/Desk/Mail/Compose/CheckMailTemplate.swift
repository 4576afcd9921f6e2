/// Looks a template over before it is kept: known names, sections that close, nothing unescaped, nothing that grows beyond its data.
///
/// Every refusal is a sentence with the line. What passes costs at most a small multiple of what a mail says: lists stand only where
/// their data are, so that no list is run through inside itself, and the words of a message may stand in it only a few times.
struct CheckMailTemplate {
    /// Bytes of one part.
    static let longest = 64 * 1024
    /// How often one name may stand in a part.
    static let mostUses = 8
    static let deepest = 8

    /// The lists, and where each may stand.
    private static let lists: [String: Set<String>] = [
        "messages": [""], "history": [""], "paragraphs": ["messages", "history"], "links": ["messages", "history"],
        "pieces": ["paragraphs"], "ratings": [""],
    ]
    private static let names: Set<String> = [
        "language", "direction", "company", "intro", "code", "codeUntil", "omitted", "hasHistory", "earlier", "survey", "invitation",
        "mute",
        "muteURL", "author", "time", "customer", "content", "quoted", "attached", "hidden", "text", "pageURL", "name", "fileURL", "until",
        "question", "why", "face", "label", "ratingURL", "before", "link", "after", "chatURL",
    ]

    private struct Section {
        var name: String
        var line: Int
        var isList: Bool
    }

    private let part: String
    private var open: [Section] = []
    private var uses: [String: Int] = [:]

    /// - Throws: `DeskError.invalid` with the sentence.
    static func run(text: String, html: String) throws {
        try run(text, part: "The text")
        try run(html, part: "The HTML")
        if html.range(of: "<script", options: .caseInsensitive) != nil {
            throw DeskError.invalid("Mail programs run no scripts: take <script> out of the HTML.", attributes: ["html"])
        }
    }

    private static func run(_ template: String, part: String) throws {
        guard template.utf8.count <= longest else {
            throw DeskError.invalid("\(part) is longer than \(longest / 1024) kB.", attributes: [])
        }
        var check = CheckMailTemplate(part: part)
        try check.read(template)
        guard check.uses["#messages"] != nil, check.uses["content"] ?? check.uses["text"] != nil else {
            throw DeskError.invalid(
                "\(part) does not show the messages: it needs {{#messages}} … {{content}} … {{/messages}}, as the built-in one has it.")
        }
        guard check.uses["muteURL"] != nil else {
            throw DeskError.invalid("\(part) gives the customer no way to mute: it needs {{muteURL}}.")
        }
    }

    private init(part: String) { self.part = part }

    private mutating func read(_ template: String) throws {
        var rest = Substring(template)
        var line = 1
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            rest = rest[start.upperBound...]
            if rest.first == "{" { throw refuse(line, "Three braces show text unescaped. Use two: {{name}}.") }
            guard let end = rest.firstRange(of: "}}") else { throw refuse(line, "A tag begins with {{ and does not end with }}.") }
            let tag = rest[..<end.lowerBound]
            try read(tag: tag, line)
            line += tag.count(where: \.isNewline)
            rest = rest[end.upperBound...]
        }
        if let unclosed = open.last { throw refuse(unclosed.line, "{{#\(unclosed.name)}} is never closed.") }
    }

    private mutating func read(tag: Substring, _ line: Int) throws {
        guard let mark = tag.first else { throw refuse(line, "{{}} names nothing.") }
        let name = String(tag.drop { "#^/ ".contains($0) }).trimmingWhitespace
        switch mark {
        case "!": return
        case "&": throw refuse(line, "{{&…}} shows text unescaped. Write {{\(tag.dropFirst())}}.")
        case ">", "<", "$", "=", "%", "*":
            throw refuse(line, "{{\(mark)…}} cannot be used here: only names, {{#sections}}, {{^inverted sections}} and {{! comments}}.")
        case "/":
            guard let last = open.popLast() else { throw refuse(line, "{{/\(name)}} closes a section that is not open.") }
            guard last.name == name else {
                throw refuse(line, "{{/\(name)}} closes {{#\(last.name)}} of line \(last.line). Close the inner section first.")
            }
        case "#", "^": try enter(name, isInverted: mark == "^", line)
        default: try use(name, line)
        }
    }

    private mutating func enter(_ name: String, isInverted: Bool, _ line: Int) throws {
        guard open.count < Self.deepest else { throw refuse(line, "More than \(Self.deepest) sections stand in each other.") }
        if let places = Self.lists[name] {
            let around = open.last { $0.isList }?.name ?? ""
            guard places.contains(around) else {
                let where_ = places.contains("") ? "outside other lists" : places.sorted().map { "{{#\($0)}}" }.joined(separator: " or ")
                throw refuse(line, "{{#\(name)}} can only stand \(places.contains("") ? where_ : "in \(where_)").")
            }
            try count("#" + name, name, line)
        } else {
            try use(name, line)
        }
        open.append(Section(name: name, line: line, isList: Self.lists[name] != nil && !isInverted))
    }

    private mutating func use(_ name: String, _ line: Int) throws {
        guard Self.names.contains(name) else {
            throw refuse(line, "There is nothing called “\(name.prefix(40))”. The built-in template shows all names.")
        }
        try count(name, name, line)
    }

    private mutating func count(_ key: String, _ name: String, _ line: Int) throws {
        uses[key, default: 0] += 1
        if uses[key, default: 0] > Self.mostUses { throw refuse(line, "“\(name)” stands in it more than \(Self.mostUses) times.") }
    }

    private func refuse(_ line: Int, _ words: String) -> DeskError { .invalid("\(part), line \(line): \(words)") }
}
