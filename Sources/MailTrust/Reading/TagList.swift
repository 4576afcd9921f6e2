/// `name=value; name=value` (RFC 6376 §3.2), as DKIM, ARC and DMARC write.
struct TagList: Sendable, Hashable {
    static let mostTags = 64

    private let values: [String: String]
    /// The names in their order.
    let names: [String]

    /// - Returns: nil where a part has no `=`, a name is none, or comes twice.
    init?(_ bytes: some Collection<UInt8>) {
        var values: [String: String] = [:]
        var names: [String] = []
        for part in Array(bytes).split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            let part = part.trimmed()
            if part.isEmpty { continue }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")), names.count < Self.mostTags else { return nil }
            let name = part[..<equals].trimmed()
            guard let first = name.first, isLetter(first), name.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
            else { return nil }
            let key = String(decoding: name, as: UTF8.self)
            guard values[key] == nil else { return nil }
            values[key] = String(decoding: part[(equals + 1)...].trimmed(), as: UTF8.self)
            names.append(key)
        }
        self.values = values
        self.names = names
    }

    /// The value without white space at its ends; nil where the tag is absent.
    subscript(name: String) -> String? { values[name] }

    /// A value in which white space means nothing, without it.
    func compact(_ name: String) -> String? {
        values[name].map { String(decoding: $0.utf8.filter { !isFolding($0) }, as: UTF8.self) }
    }

    /// The parts of a value between colons, without white space around them.
    func list(_ name: String) -> [String]? {
        compact(name).map { $0.split(separator: ":", omittingEmptySubsequences: false).map { String($0) } }
    }

    /// A decimal number of at most 12 digits.
    func number(_ name: String) -> Int64?? {
        guard let text = values[name] else { return .none }
        guard 1...12 ~= text.utf8.count, text.utf8.allSatisfy(isDigit) else { return .some(nil) }
        return .some(Int64(text))
    }
}
