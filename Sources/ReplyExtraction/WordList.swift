/// Words and phrases in lower case, compared as bytes: the beginning of a match is found by one look into a table.
struct WordList: Sendable {
    private let byFirst: [[[UInt8]]]
    private let byLast: [[[UInt8]]]

    init(_ words: [String]) {
        var first = [[[UInt8]]](repeating: [], count: 256)
        var last = [[[UInt8]]](repeating: [], count: 256)
        for word in words.map({ Array($0.utf8) }) {
            guard let begin = word.first, let end = word.last else { continue }
            first[Int(begin)].append(word)
            last[Int(end)].append(word)
        }
        byFirst = first
        byLast = last
    }

    /// Length of a word that the text begins with.
    func prefix(of text: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first else { return nil }
        for word in byFirst[Int(first)] where text.starts(with: word) { return word.count }
        return nil
    }

    /// Length of the longest word that the text ends with.
    func suffix(of text: ArraySlice<UInt8>) -> Int? {
        guard let last = text.last else { return nil }
        var longest: Int?
        for word in byLast[Int(last)]
        where word.count > longest ?? 0 && word.count <= text.count && text.suffix(word.count).elementsEqual(word) { longest = word.count }
        return longest
    }

    /// Whether a word stands anywhere in the text.
    func isPart(of text: ArraySlice<UInt8>) -> Bool {
        for index in text.indices where prefix(of: text[index...]) != nil { return true }
        return false
    }
}

extension ArraySlice where Element == UInt8 {
    func contains(_ word: StaticString) -> Bool {
        let needle = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard let first = needle.first, needle.count <= count else { return false }
        var index = startIndex
        while index + needle.count <= endIndex {
            if self[index] == first, self[index...].starts(with: needle) { return true }
            index += 1
        }
        return false
    }

    /// Without ASCII marks and white space before the first letter, digit or `[`.
    func droppingMarks() -> ArraySlice<UInt8> {
        drop { $0 < 0x80 && !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "[") }
    }
}
