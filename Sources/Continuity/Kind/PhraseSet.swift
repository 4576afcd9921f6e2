/// Many phrases, looked for in a text in one pass: at each byte the first three decide whether any phrase could begin there.
struct PhraseSet: Sendable {
    private let mayBegin: [Bool]
    private let phrases: [Int: [[UInt8]]]

    /// - Parameter phrases: in lower case, of three bytes or more.
    init(_ phrases: [String]) {
        var mayBegin = [Bool](repeating: false, count: 4_096)
        var filed: [Int: [[UInt8]]] = [:]
        for phrase in phrases.map({ Array($0.utf8) }) where phrase.count >= 3 {
            let key = Self.key(phrase[0], phrase[1], phrase[2])
            mayBegin[key] = true
            filed[key, default: []].append(phrase)
        }
        self.mayBegin = mayBegin
        self.phrases = filed
    }

    /// The first phrase that the text holds.
    func first(in text: [UInt8]) -> String? {
        var index = 0
        while let place = next(in: text, from: index) {
            let key = Self.key(text[place], text[place + 1], text[place + 2])
            if let found = phrases[key]?.first(where: { text[place...].starts(with: $0) }) { return String(decoding: found, as: UTF8.self) }
            index = place + 1
        }
        return nil
    }

    /// Where the next phrase could begin.
    private func next(in text: [UInt8], from begin: Int) -> Int? {
        text.withUnsafeBufferPointer { text in
            mayBegin.withUnsafeBufferPointer { mayBegin in
                var index = begin
                while index + 2 < text.count {
                    // A key is less than the number of places.
                    if mayBegin[Self.key(text[index], text[index + 1], text[index + 2])] { return index }
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
