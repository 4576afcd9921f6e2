/// A parsed SPF record (RFC 7208 §4.5, §5, §6). Parsing is whole or nothing: a syntax error anywhere spoils the record (§4.6).
struct SPFRecord: Sendable, Hashable {
    struct Directive: Sendable, Hashable {
        /// The result when the mechanism matches.
        var qualifier: SPFResult
        var mechanism: Mechanism
    }

    enum Mechanism: Sendable, Hashable {
        case all
        case include(SPFMacroText)
        /// nil names the domain itself.
        case a(SPFMacroText?, Prefixes)
        case mx(SPFMacroText?, Prefixes)
        case ptr(SPFMacroText?)
        case exists(SPFMacroText)
        case ip(IPAddress, prefix: Int)
    }

    struct Prefixes: Sendable, Hashable {
        var ipv4 = 32
        var ipv6 = 128
    }

    struct SyntaxError: Error, Hashable {
        let words: String
    }

    var directives: [Directive] = []
    var redirect: SPFMacroText?
    var explanation: SPFMacroText?

    /// Whether a TXT record claims to be an SPF record (§4.5).
    static func isOne(_ text: [UInt8]) -> Bool {
        let version = Array("v=spf1".utf8)
        guard text.count >= version.count, zip(text, version).allSatisfy({ lowercase($0) == $1 }) else { return false }
        return text.count == version.count || text[version.count] == UInt8(ascii: " ")
    }

    init(_ text: [UInt8]) throws(SyntaxError) {
        guard text.allSatisfy({ 0x20...0x7E ~= $0 }) else { throw SyntaxError(words: "it holds bytes that are not printable ASCII") }
        for term in text.dropFirst(6).split(separator: UInt8(ascii: " ")) { try add(String(decoding: term, as: UTF8.self)) }
    }

    private mutating func add(_ term: String) throws(SyntaxError) {
        let problem = SyntaxError(words: "it cannot be understood at “\(term.prefix(60))”")
        if let mark = term.firstIndex(where: { $0 == "=" || $0 == ":" || $0 == "/" }), term[mark] == "=" {
            try addModifier(term[..<mark].lowercased(), term[term.index(after: mark)...], problem)
        } else {
            directives.append(try Self.directive(term, problem))
        }
    }

    /// §6. An unknown modifier is passed over, but its text has to be well formed.
    private mutating func addModifier(_ name: String, _ value: Substring, _ problem: SyntaxError) throws(SyntaxError) {
        guard let first = name.utf8.first, isLetter(first),
            name.utf8.allSatisfy({
                isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            })
        else { throw problem }
        guard let text = SPFMacroText(value) else { throw problem }
        switch name {
        case "redirect":
            guard redirect == nil, text.isDomainSpec else { throw problem }
            redirect = text
        case "exp":
            guard explanation == nil, text.isDomainSpec else { throw problem }
            explanation = text
        default: break
        }
    }

    private static func directive(_ term: String, _ problem: SyntaxError) throws(SyntaxError) -> Directive {
        var rest = term[...]
        let qualifiers: [Character: SPFResult] = ["+": .pass, "-": .fail, "~": .softfail, "?": .neutral]
        var qualifier = SPFResult.pass
        if let first = rest.first, let named = qualifiers[first] {
            qualifier = named
            rest = rest.dropFirst()
        }
        let end = rest.firstIndex { $0 == ":" || $0 == "/" } ?? rest.endIndex
        let name = rest[..<end].lowercased()
        var argument: Substring? = rest[end...]
        if argument?.first == ":" { argument = argument?.dropFirst() } else if argument?.isEmpty == true { argument = nil }
        let hasColon = end < rest.endIndex && rest[end] == ":"
        guard let mechanism = mechanism(name, argument ?? "", hasColon: hasColon) else { throw problem }
        return Directive(qualifier: qualifier, mechanism: mechanism)
    }

    /// - Parameter argument: what stands behind the name, without its colon.
    private static func mechanism(_ name: String, _ argument: Substring, hasColon: Bool) -> Mechanism? {
        switch name {
        case "all": return argument.isEmpty && !hasColon ? .all : nil
        case "include": return hasColon ? domainSpec(argument).map { .include($0) } : nil
        case "exists": return hasColon ? domainSpec(argument).map { .exists($0) } : nil
        case "ptr":
            if !hasColon { return argument.isEmpty ? .ptr(nil) : nil }
            return domainSpec(argument).map { .ptr($0) }
        case "a", "mx":
            guard let (target, prefixes) = targetAndPrefixes(argument, hasColon: hasColon) else { return nil }
            return name == "a" ? .a(target, prefixes) : .mx(target, prefixes)
        case "ip4", "ip6": return hasColon ? network(argument, isIPv4: name == "ip4") : nil
        default: return nil
        }
    }

    private static func domainSpec(_ text: Substring) -> SPFMacroText? {
        SPFMacroText(text).flatMap { $0.isDomainSpec ? $0 : nil }
    }

    /// `[":" domain-spec] ["/" length] ["//" length]` (§5.3, §5.6).
    private static func targetAndPrefixes(_ argument: Substring, hasColon: Bool) -> (SPFMacroText?, Prefixes)? {
        var prefixes = Prefixes()
        var rest = argument
        if let (before, digits) = trailingNumber(rest), before.hasSuffix("//") {
            guard let length = prefixLength(digits, atMost: 128) else { return nil }
            prefixes.ipv6 = length
            rest = before.dropLast(2)
        }
        if let (before, digits) = trailingNumber(rest), before.hasSuffix("/"), !before.hasSuffix("//") {
            guard let length = prefixLength(digits, atMost: 32) else { return nil }
            prefixes.ipv4 = length
            rest = before.dropLast()
        }
        if !hasColon { return rest.isEmpty ? (nil, prefixes) : nil }
        guard let target = domainSpec(rest) else { return nil }
        return (target, prefixes)
    }

    private static func trailingNumber(_ text: Substring) -> (before: Substring, digits: Substring)? {
        guard let last = text.lastIndex(where: { !$0.isASCII || !$0.isNumber }) else { return nil }
        let start = text.index(after: last)
        return start < text.endIndex ? (text[..<start], text[start...]) : nil
    }

    private static func network(_ text: Substring, isIPv4: Bool) -> Mechanism? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)), address.isIPv4 == isIPv4 else { return nil }
        let most = isIPv4 ? 32 : 128
        guard parts.count == 2 else { return .ip(address, prefix: most) }
        return prefixLength(parts[1], atMost: most).map { .ip(address, prefix: $0) }
    }

    /// A number without leading zeros.
    private static func prefixLength(_ digits: Substring, atMost most: Int) -> Int? {
        guard 1...3 ~= digits.utf8.count, digits.utf8.allSatisfy(isDigit), digits == "0" || !digits.hasPrefix("0"),
            let length = Int(digits), length <= most
        else { return nil }
        return length
    }
}
