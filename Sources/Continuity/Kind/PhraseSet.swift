/// Many phrases, looked for in a text in one pass: at each byte the first three decide whether any phrase could begin there.
struct PhraseSet: Sendable {
    /// By the key of their first three bytes the number of a group of phrases; 0 where none begins so.
    private let groupOf: [UInt16]
    private let groups: [[[UInt8]]]

    /// - Parameter phrases: in lower case, of three bytes or more.
    init(_ phrases: [String]) {
        var groupOf = [UInt16](repeating: 0, count: 4_096)
        var groups: [[[UInt8]]] = [[]]
        for phrase in phrases.map({ Array($0.utf8) }) where phrase.count >= 3 {
            let key = Self.key(phrase[0], phrase[1], phrase[2])
            if groupOf[key] == 0 {
                groupOf[key] = UInt16(groups.count)
                groups.append([])
            }
            groups[Int(groupOf[key])].append(phrase)
        }
        self.groupOf = groupOf
        self.groups = groups
    }

    /// The first phrase that the text holds.
    func first(in text: [UInt8]) -> String? {
        var index = 0
        while let place = next(in: text, from: index) {
            let group = groups[Int(groupOf[Self.key(text[place], text[place + 1], text[place + 2])])]
            if let found = group.first(where: { text[place...].starts(with: $0) }) { return String(decoding: found, as: UTF8.self) }
            index = place + 1
        }
        return nil
    }

    /// Where the next phrase could begin.
    private func next(in text: [UInt8], from begin: Int) -> Int? {
        text.withUnsafeBufferPointer { text in
            groupOf.withUnsafeBufferPointer { groupOf in
                var index = begin
                while index + 2 < text.count {
                    // A key is less than the number of places.
                    if groupOf[Self.key(text[index], text[index + 1], text[index + 2])] != 0 { return index }
                    index += 1
                }
                return nil
            }
        }
    }

    private static func key(_ one: UInt8, _ two: UInt8, _ three: UInt8) -> Int {
        (Int(one) &* 31 &+ Int(two) &* 7 &+ Int(three) &* 577) & 4_095
    }
}
