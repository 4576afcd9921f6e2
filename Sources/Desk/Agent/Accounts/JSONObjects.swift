/// JSON objects that the store keeps as text: attributes and settings.
public enum JSONObjects {
    /// The largest object that is kept, in bytes.
    static let longest = 64 * 1024

    /// Reads an object; anything else is an error that says so.
    static func read(_ text: String) throws -> JSON {
        guard text.utf8.count <= longest else { throw DeskError.invalid("That is too much for one record: 64 kB at most.") }
        guard let json = try? JSON(parsing: text.utf8), case .object = json else {
            throw DeskError.invalid("A JSON object is needed here.")
        }
        return json
    }

    /// The object's one text, for the store; without NUL characters, which not every database can keep.
    static func checked(_ text: String) throws -> String {
        let text = plain(try read(text)).text
        guard text.utf8.count <= longest else { throw DeskError.invalid("That is too much for one record: 64 kB at most.") }
        return text
    }

    /// The kept object with the new members over the old ones.
    public static func merged(_ kept: String, _ new: String) throws -> String {
        guard case .object(let members) = try read(new) else { return kept }
        let names = Set(members.map(\.0))
        return try checked(JSON.object(JSON.members(of: kept).filter { !names.contains($0.0) } + members).text)
    }

    /// The object without these members.
    static func without(_ names: [String], in kept: String) throws -> String {
        let gone = Set(names)
        return try checked(JSON.object(JSON.members(of: kept).filter { !gone.contains($0.0) }).text)
    }

    private static func plain(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): .string(text.replacing("\0", with: ""))
        case .array(let values): .array(values.map(plain))
        case .object(let members): .object(members.map { ($0.0.replacing("\0", with: ""), plain($0.1)) })
        default: json
        }
    }
}
