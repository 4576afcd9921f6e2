/// Text with macros, as SPF writes domains and explanations (RFC 7208 §7.1).
struct SPFMacroText: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case macro(Macro)
    }

    struct Macro: Sendable, Hashable {
        /// Small: one of `slodiphcrtv`.
        var letter: UInt8
        /// Written as a capital: the value is escaped as in a URL.
        var escaped: Bool
        /// How many parts from the right; nil for all.
        var keep: Int?
        var reversed: Bool
        /// Which bytes split the value; the dot where none is named.
        var delimiters: [UInt8]
    }

    let parts: [Part]
    /// Whether this may stand where a domain is wanted (`domain-spec`). The macros `c`, `r` and `t` are for explanations only (§7.2).
    let isDomainSpec: Bool

    /// - Parameter allowsSpaces: an explanation's text has them.
    /// - Returns: nil for a `%` that begins no macro, or a byte that is not visible ASCII.
    init?(_ text: some StringProtocol, allowsSpaces: Bool = false) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var endsInMacro = false
        var bytes = Array(text.utf8)[...]
        func flush(_ literal: inout [UInt8]) {
            if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        while let byte = bytes.popFirst() {
            endsInMacro = false
            guard byte == UInt8(ascii: "%") else {
                guard 0x21...0x7E ~= byte || (allowsSpaces && byte == 0x20) else { return nil }
                literal.append(byte)
                continue
            }
            endsInMacro = true
            switch bytes.popFirst() {
            case UInt8(ascii: "%"): literal.append(UInt8(ascii: "%"))
            case UInt8(ascii: "_"): literal.append(0x20)
            case UInt8(ascii: "-"): literal += "%20".utf8
            case UInt8(ascii: "{"):
                guard let end = bytes.firstIndex(of: UInt8(ascii: "}")), let macro = Self.macro(bytes[..<end]) else { return nil }
                bytes = bytes[(end + 1)...]
                flush(&literal)
                parts.append(.macro(macro))
            default: return nil
            }
        }
        flush(&literal)
        self.parts = parts
        let forExplanations = parts.contains { part in
            if case .macro(let macro) = part { "crt".utf8.contains(macro.letter) } else { false }
        }
        isDomainSpec = !forExplanations && (endsInMacro || Self.endsInTopLabel(text))
    }

    /// `macro-letter transformers *delimiter`.
    private static func macro(_ text: ArraySlice<UInt8>) -> Macro? {
        guard let first = text.first, "slodiphcrtv".utf8.contains(lowercase(first)) else { return nil }
        let rest = text.dropFirst()
        let digits = rest.prefix(while: isDigit)
        var keep: Int?
        if !digits.isEmpty {
            // A value has far fewer parts than that: larger numbers mean all of them.
            let number = digits.reduce(0) { min(1000, $0 * 10 + Int($1 - 0x30)) }
            guard number > 0 else { return nil }
            keep = number
        }
        var tail = rest.dropFirst(digits.count)
        let reversed = tail.first.map(lowercase) == UInt8(ascii: "r")
        if reversed { tail = tail.dropFirst() }
        guard tail.allSatisfy({ ".-+,/_=".utf8.contains($0) }) else { return nil }
        return Macro(
            letter: lowercase(first), escaped: first != lowercase(first), keep: keep, reversed: reversed,
            delimiters: tail.isEmpty ? [UInt8(ascii: ".")] : Array(tail))
    }

    /// `domain-end`: a dot and a top label that is no number, perhaps a dot behind it.
    private static func endsInTopLabel(_ text: some StringProtocol) -> Bool {
        var labels = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true { labels.removeLast() }
        guard labels.count > 1, let top = labels.last, let first = top.first, let last = top.last else { return false }
        let hyphen = UInt8(ascii: "-")
        return top.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen } && first != hyphen && last != hyphen
            && !top.allSatisfy(isDigit)
    }
}
