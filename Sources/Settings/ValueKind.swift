/// How the text of a setting is read, and what to write where it cannot be.
struct ValueKind<Value: Sendable>: Sendable {
    /// What can be written, in a word or two, for lists.
    let name: String
    /// A sentence that says what to write.
    let advice: String
    /// Hides the secret part of a text; nil where nothing is secret.
    var conceal: (@Sendable (String) -> String)?
    let parse: @Sendable (String) throws(Nonsense) -> Value

    /// The same, but nothing may be written.
    var optional: ValueKind<Value?> {
        ValueKind<Value?>(name: name, advice: advice, conceal: conceal) { [parse] text throws(Nonsense) in
            text.isEmpty ? nil : try parse(text)
        }
    }
}

extension ValueKind<String> {
    /// The path of a file or folder, as written; `Settings` makes it absolute.
    static let path = ValueKind(name: "path", advice: "Write a path, for example ./data.") { text throws(Nonsense) in
        if text.isEmpty { throw Nonsense("is not a path") }
        if text.utf8.contains(0) { throw Nonsense("is not a path: it holds a zero byte") }
        return text
    }
}

extension ValueKind where Value: RawRepresentable<String> & CaseIterable {
    /// One of a few words.
    static var word: ValueKind {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return ValueKind(name: words, advice: "Write one of \(words).") { text throws(Nonsense) in
            guard let value = Value(rawValue: text) else { throw Nonsense("is not known") }
            return value
        }
    }
}

extension ValueKind<Int> {
    /// A whole number of bytes within bounds.
    static func bytes(_ bounds: ClosedRange<Int>) -> ValueKind {
        let advice = "Write a whole number of bytes from \(bounds.lowerBound) to \(bounds.upperBound), for example 26214400."
        return ValueKind(name: "bytes", advice: advice) { text throws(Nonsense) in
            guard isDigits(text), let number = Int(text) else { throw Nonsense("is not a number of bytes") }
            guard bounds.contains(number) else { throw Nonsense("is out of bounds") }
            return number
        }
    }
}

extension ValueKind<Int> {
    /// A TCP port.
    static let port = ValueKind(name: "port", advice: "Write a port from 1 to 65535, for example 25.") { text throws(Nonsense) in
        guard isDigits(text), let number = Int(text), (1...65_535).contains(number) else { throw Nonsense("is not a port") }
        return number
    }
}

extension ValueKind<Int> {
    /// A whole number within bounds.
    static func count(_ bounds: ClosedRange<Int>) -> ValueKind {
        ValueKind(name: "number", advice: "Write a whole number from \(bounds.lowerBound) to \(bounds.upperBound).") {
            text throws(Nonsense) in
            guard isDigits(text), let number = Int(text) else { throw Nonsense("is not a number") }
            guard bounds.contains(number) else { throw Nonsense("is out of bounds") }
            return number
        }
    }
}

/// One or more ASCII digits and nothing else; `Int("+5")` would take a sign.
func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
