import Conversations
import Desk
import Foundation
import Hummingbird
import NIOCore

/// The members of a request's body, read as Chatwoot's clients write them: numbers as texts, truth as words, objects as text in forms.
struct Fields: Sendable {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    /// Whether the member is there, with whatever value.
    func has(_ name: String) -> Bool { json[name] != nil }

    func text(_ name: String) throws -> String? {
        switch json[name] {
        case .string(let text)?: return text
        case .integer(let number)?: return String(number)
        case .number(let number)?: return String(number)
        case nil, .null?: return nil
        default: throw Self.refuse(name, "a text")
        }
    }

    /// A text that may be taken away: an explicit `null` is an empty one, a member that is not there is nil.
    func clearableText(_ name: String) throws -> String? { has(name) ? try text(name) ?? "" : nil }

    func number(_ name: String) throws -> Int64? {
        switch json[name] {
        case .integer(let number)?: return number
        case .number(let number)?: return Int64(exactly: number.rounded())
        case .string(let text)?:
            if text.isEmpty || text == "null" || text == "nil" { return nil }
            guard let number = Int64(text) else { throw Self.refuse(name, "a whole number") }
            return number
        case nil, .null?: return nil
        default: throw Self.refuse(name, "a whole number")
        }
    }

    /// A time in whole seconds since 1970, up to the year 2100: what is further away than any calendar goes is no moment.
    func moment(_ name: String) throws -> Instant? {
        guard let seconds = try number(name) else { return nil }
        guard (0...4_102_444_800).contains(seconds) else {
            throw DeskError.invalid("`\(name)` is a time in seconds since 1970.", attributes: [name])
        }
        return Instant(milliseconds: seconds * 1000)
    }

    func bool(_ name: String) throws -> Bool? {
        switch json[name] {
        case .bool(let value)?: return value
        case .integer(let number)?: return number != 0
        case .string(let text)?: return ["true", "1", "on", "yes"].contains(text.lowercased())
        case nil, .null?: return nil
        default: throw Self.refuse(name, "true or false")
        }
    }

    /// An object's text, for the store.
    func object(_ name: String) throws -> String? {
        switch json[name] {
        case .object?: return json[name]?.text
        case .string(let text)?: return text.isEmpty ? nil : text
        case nil, .null?: return nil
        default: throw Self.refuse(name, "an object")
        }
    }

    func texts(_ name: String) throws -> [String]? {
        switch json[name] {
        case .array(let values)?:
            return try values.map { value in
                switch value {
                case .string(let text): return text
                case .integer(let number): return String(number)
                default: throw Self.refuse(name, "a list of texts")
                }
            }
        case .string(let text)?: return text.isEmpty ? [] : text.split(separator: ",").map(String.init)
        case nil, .null?: return nil
        default: throw Self.refuse(name, "a list")
        }
    }

    func list(_ name: String) throws -> [Fields]? {
        switch json[name] {
        case .array(let values)?: return values.map(Fields.init)
        case nil, .null?: return nil
        default: throw Self.refuse(name, "a list")
        }
    }

    /// The members of a member; none where it is not there.
    func part(_ name: String) -> Fields { Fields(json[name] ?? .null) }

    /// One of an enumeration's words.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Word.Type) throws -> Word? {
        guard let text = try text(name), !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Self.refuse(name, Word.allCases.map(\.rawValue).formatted(.list(type: .or).locale(Locale(identifier: "en"))))
        }
        return word
    }

    private static func refuse(_ name: String, _ kind: String) -> DeskError {
        .invalid("`\(name)` must be \(kind).", attributes: [name])
    }
}

extension Request {
    /// The body's members: JSON, or a form's fields.
    func fields() async throws -> Fields {
        let type = headers[.contentType]?.lowercased() ?? ""
        let buffer = try await body.collect(upTo: BodyLimit.json)
        if type.hasPrefix("application/x-www-form-urlencoded"),
            buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) != UInt8(ascii: "{")
        {
            return Fields(try Self.form(String(buffer: buffer)))
        }
        if buffer.readableBytes == 0 { return Fields(.object([])) }
        guard let json = try? JSON(parsing: buffer.readableBytesView) else {
            throw HTTPError(.badRequest, message: "The request's body is not valid JSON.")
        }
        guard case .object = json else { throw HTTPError(.badRequest, message: "The request's body is a JSON object.") }
        return Fields(json)
    }

    /// `a=b&c[]=d&e[f]=g` (WHATWG URL §5.1), two levels deep.
    private static func form(_ text: String) throws -> JSON {
        var form = FormMembers()
        for pair in text.split(separator: "&").prefix(1000) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func plain(_ part: Substring) -> String {
                let spaced = part.replacing("+", with: " ")
                return spaced.removingPercentEncoding ?? String(spaced)
            }
            form.add(plain(parts[0]), .string(parts.count > 1 ? plain(parts[1]) : ""))
        }
        return form.json
    }
}

/// A form's fields as members: `name[]` is a list, `name[key]` an object.
struct FormMembers {
    private var members: [(String, JSON)] = []

    var json: JSON { .object(members) }

    mutating func add(_ name: String, _ value: JSON) {
        guard name.last == "]", let open = name.lastIndex(of: "[") else { return set(name, value) }
        let outer = String(name[..<open])
        let inner = String(name[name.index(after: open)...].dropLast())
        switch (members.first { $0.0 == outer }?.1, inner) {
        case (.array(let values)?, ""): set(outer, .array(values + [value]))
        case (nil, ""): set(outer, .array([value]))
        case (.object(let known)?, _): set(outer, .object(known + [(inner, value)]))
        case (nil, _): set(outer, .object([(inner, value)]))
        default: break
        }
    }

    private mutating func set(_ name: String, _ value: JSON) {
        if let index = members.firstIndex(where: { $0.0 == name }) { members[index].1 = value } else { members.append((name, value)) }
    }
}
