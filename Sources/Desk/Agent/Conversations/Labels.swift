import Conversations
import Store

/// What a label's title may be: lower-case letters, digits, `-` and `_`, as Chatwoot has it. The store keeps them joined by commas.
enum LabelTitle {
    static let most = 50

    static func clean(_ titles: [String]) throws -> [String] {
        guard titles.count <= most else { throw DeskError.invalid("\(most) labels at most on one conversation.", attributes: ["labels"]) }
        var seen: Set<String> = []
        return try titles.map(clean).filter { seen.insert($0).inserted }
    }

    static func clean(_ title: String) throws -> String {
        let title = title.trimmingWhitespace.lowercased()
        let isFine = title.unicodeScalars.allSatisfy {
            $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        guard isFine, (1...64).contains(title.utf8.count) else {
            throw DeskError.invalid("A label is made of letters, digits, - and _, without spaces: 64 bytes at most.", attributes: ["title"])
        }
        return title
    }
}

/// The account's labels.
public struct Labels: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func list(by agent: Agent) async throws -> [Label] {
        try await desk.database.read { try $0.labels(in: agent.accountID) }
    }

    public func create(title: String, description: String, color: String?, showOnSidebar: Bool, by agent: Agent) async throws -> Label {
        let title = try LabelTitle.clean(title)
        let color = color ?? "#1f93ff"
        guard color.utf8.count <= 32, description.utf8.count <= 1000 else { throw DeskError.invalid("That is too long for a label.") }
        return try await desk.database.write { tx in
            let label = try tx.createLabel(
                account: agent.accountID, title: title, description: description, color: color, showOnSidebar: showOnSidebar)
            guard let label else { throw DeskError.invalid("There is a label of this name already.", attributes: ["title"]) }
            return label
        }
    }
}

extension Connection {
    func label(_ number: Int64, of agent: Agent) throws -> Label {
        guard let found = try label(number), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no label \(number) here.")
        }
        return found
    }
}

extension JSON {
    public static func label(_ label: Label) -> JSON {
        .object([
            ("id", .integer(label.id)), ("title", .string(label.title)), ("description", .string(label.description)),
            ("color", .string(label.color)), ("show_on_sidebar", .bool(label.showOnSidebar)),
        ])
    }
}
