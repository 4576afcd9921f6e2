import Foundation

/// Words as unevenly spread as those of a language: the n-th is said about 1/n as often as the first (Zipf), out of 20,000.
enum Vocabulary {
    private static let size = 20_000
    private static let syllables = ["ba", "lo", "ki", "ter", "nu", "sha", "mi", "ren", "do", "pel", "ga", "vi", "tor", "su", "len", "fa"]

    /// The n-th word, always the same.
    static func word(_ n: Int) -> String {
        var rest = n + 16
        var word = ""
        while rest > 0 {
            word += syllables[rest % syllables.count]
            rest /= syllables.count
        }
        return word
    }

    /// Common and rare ones, to search for.
    static var some: [String] { [0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 15_000].map(word) }

    /// Twelve words, the same for the same seed.
    static func sentence(_ seed: Int) -> String {
        // SplitMix64: a seed's neighbours have nothing in common.
        var state = UInt64(truncatingIfNeeded: seed)
        let words = (0..<12).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            let share = Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
            return word(Int(pow(Double(size), share)) - 1)
        }
        return words.joined(separator: " ") + "."
    }
}
