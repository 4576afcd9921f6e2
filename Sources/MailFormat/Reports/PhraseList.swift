import HTMLReading

/// Phrases looked for in a text all at once: at each place two bytes lead to the few that may begin there.
struct PhraseList: Sendable {
    private let phrases: [[UInt8]]
    /// Numbers of phrases by a hash of their first two bytes.
    private let byBegin: [[Int]]
    /// Which of those lists hold any.
    private let mayBegin: [Bool]

    private static func hash(_ first: UInt8, _ second: UInt8) -> Int { (Int(first) << 3 ^ Int(second)) & 1_023 }

    /// - Parameter phrases: of two bytes or more, their ASCII letters small. A phrase's number is its place here.
    init(_ phrases: [String]) {
        self.phrases = phrases.map { Array($0.utf8) }
        var byBegin = [[Int]](repeating: [], count: 1_024)
        for (number, phrase) in self.phrases.enumerated() where phrase.count >= 2 {
            byBegin[Self.hash(phrase[0], phrase[1])].append(number)
        }
        self.byBegin = byBegin
        mayBegin = byBegin.map { !$0.isEmpty }
    }

    /// The lowest number of the phrases that the text holds, in small or capital ASCII letters; nil where it holds none.
    func first(in text: String) -> Int? {
        var copy = text
        return copy.withUTF8 { text in
            var lowest: Int?
            for begin in text.indices.dropLast() {
                let hash = Self.hash(text[begin].lowercased, text[begin + 1].lowercased)
                guard mayBegin[hash] else { continue }
                for number in byBegin[hash] where number < lowest ?? .max {
                    if isPart(phrases[number], of: text, at: begin) { lowest = number }
                }
            }
            return lowest
        }
    }

    private func isPart(_ phrase: [UInt8], of text: UnsafeBufferPointer<UInt8>, at begin: Int) -> Bool {
        guard phrase.count <= text.count - begin else { return false }
        for index in phrase.indices where phrase[index] != text[begin + index].lowercased { return false }
        return true
    }
}
