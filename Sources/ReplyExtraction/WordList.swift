/// Words and phrases compared as lower-case bytes. A text's first two bytes (or last two) lead to the few words that may match.
struct WordList: Sendable {
    private let bytes: [UInt8]
    private let words: [Range<Int>]
    /// Numbers of words, sorted by the hash of their first two bytes, and where each hash begins.
    private let byBegin: Buckets
    private let byEnd: Buckets

    private struct Buckets: Sendable {
        static let count = 1024
        var begins: [UInt16]
        var numbers: [UInt16]

        init(_ hashes: [Int]) {
            begins = []
            numbers = []
            var inBucket = [[UInt16]](repeating: [], count: Self.count)
            for (number, hash) in hashes.enumerated() { inBucket[hash].append(UInt16(number)) }
            for bucket in inBucket {
                begins.append(UInt16(numbers.count))
                numbers += bucket
            }
            begins.append(UInt16(numbers.count))
        }

        static func hash(_ first: UInt8, _ second: UInt8) -> Int { (Int(first) << 3 ^ Int(second)) & (count - 1) }

        /// Whether any word has these two: most places in a text begin none.
        func hold(_ first: UInt8, _ second: UInt8) -> Bool {
            let hash = Self.hash(first, second)
            return begins[hash] != begins[hash + 1]
        }

        subscript(first: UInt8, second: UInt8) -> ArraySlice<UInt16> {
            let hash = Self.hash(first, second)
            return numbers[Int(begins[hash])..<Int(begins[hash + 1])]
        }
    }

    /// - Parameter words: at least two bytes each; at most 65,535 of them. A word's number is its place here.
    init(_ words: [String]) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for word in words {
            let begin = bytes.count
            bytes += LowercaseBytes.of(word)
            ranges.append(begin..<bytes.count)
        }
        self.bytes = bytes
        self.words = ranges
        byBegin = Buckets(ranges.map { $0.count < 2 ? 0 : Buckets.hash(bytes[$0.lowerBound], bytes[$0.lowerBound + 1]) })
        byEnd = Buckets(ranges.map { $0.count < 2 ? 0 : Buckets.hash(bytes[$0.upperBound - 2], bytes[$0.upperBound - 1]) })
    }

    /// Length of the longest word that the text begins with.
    func prefix(of text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= 2, byBegin.hold(text[text.startIndex], text[text.startIndex + 1]) else { return nil }
        var longest = 0
        for number in byBegin[text[text.startIndex], text[text.startIndex + 1]] {
            let word = words[Int(number)]
            if word.count > longest, word.count <= text.count, matches(word, text, at: text.startIndex) { longest = word.count }
        }
        return longest > 0 ? longest : nil
    }

    /// Number of a word that the text begins with.
    func prefixNumber(of text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= 2, byBegin.hold(text[text.startIndex], text[text.startIndex + 1]) else { return nil }
        for number in byBegin[text[text.startIndex], text[text.startIndex + 1]] {
            let word = words[Int(number)]
            if word.count <= text.count, matches(word, text, at: text.startIndex) { return Int(number) }
        }
        return nil
    }

    /// Length of the longest word that the text ends with.
    func suffix(of text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= 2, byEnd.hold(text[text.endIndex - 2], text[text.endIndex - 1]) else { return nil }
        var longest = 0
        for number in byEnd[text[text.endIndex - 2], text[text.endIndex - 1]] {
            let word = words[Int(number)]
            if word.count > longest, word.count <= text.count, matches(word, text, at: text.endIndex - word.count) { longest = word.count }
        }
        return longest > 0 ? longest : nil
    }

    /// Number of the word that is the whole text.
    func number(of text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= 2 else { return nil }
        for number in byBegin[text[text.startIndex], text[text.startIndex + 1]] {
            let word = words[Int(number)]
            if word.count == text.count, matches(word, text, at: text.startIndex) { return Int(number) }
        }
        return nil
    }

    /// Whether a word stands anywhere in the text.
    func isPart(of text: ArraySlice<UInt8>) -> Bool {
        text.indices.contains { prefix(of: text[$0...]) != nil }
    }

    private func matches(_ word: Range<Int>, _ text: ArraySlice<UInt8>, at begin: Int) -> Bool {
        // The last byte differs most often where the first two are the same.
        guard bytes[word.upperBound - 1] == text[begin + word.count - 1] else { return false }
        var index = begin
        for position in word {
            if bytes[position] != text[index] { return false }
            index += 1
        }
        return true
    }
}
