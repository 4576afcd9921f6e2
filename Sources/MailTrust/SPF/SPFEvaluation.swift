/// `check_host()` of RFC 7208 §4, with what one check may cost.
struct SPFEvaluation {
    /// Terms that ask DNS, in the whole check (§4.6.4).
    static let mostTerms = 10
    static let tooManyTerms = "the SPF record needs more than \(mostTerms) look-ups"
    /// Of them, those that find nothing (§4.6.4).
    static let mostVoidTerms = 2
    /// Hosts that one `mx` may name, and names of one client that `ptr` looks at (§4.6.4).
    static let mostHosts = 10

    enum Stop: Error {
        case temporary(String)
        case permanent(String)
    }

    struct Outcome {
        var result: SPFResult
        /// Where the owner's words to a failure are, with the domain whose record says so.
        var explanation: (text: SPFMacroText, domain: String)?
    }

    let dns: any DNS
    let values: SPFMacroValues
    private var terms = 0
    private var voidTerms = 0

    init(dns: any DNS, values: SPFMacroValues) {
        self.dns = dns
        self.values = values
    }

    mutating func checkHost(_ domain: String) async throws(Stop) -> Outcome {
        // §4.3: what is no full domain name has no policy.
        guard isDNSName(domain), domain.domainKey.utf8.contains(UInt8(ascii: ".")) else { return Outcome(result: .none) }
        guard let record = try await record(of: domain) else { return Outcome(result: .none) }
        for directive in record.directives where try await matches(directive.mechanism, domain) {
            return Outcome(result: directive.qualifier, explanation: record.explanation.map { ($0, domain) })
        }
        guard let redirect = record.redirect else { return Outcome(result: .neutral) }
        try countTerm()
        let target = await expand(redirect, domain)
        let outcome = try await checkHost(target)
        guard outcome.result != .none else { throw .permanent("the record of \(domain) redirects to one that does not exist") }
        return outcome
    }

    private func record(of domain: String) async throws(Stop) -> SPFRecord? {
        let answer = await dns.ask(domain, .txt)
        if answer == .failed { throw .temporary("DNS did not answer for \(domain)") }
        let candidates = answer.texts.filter { SPFRecord.isOne($0) }
        guard let text = candidates.first else { return nil }
        guard candidates.count == 1 else { throw .permanent("\(domain) has more than one SPF record") }
        do throws(SPFRecord.SyntaxError) {
            return try SPFRecord(text)
        } catch {
            throw .permanent("the SPF record of \(domain) is damaged: \(error.words)")
        }
    }

    private mutating func matches(_ mechanism: SPFRecord.Mechanism, _ domain: String) async throws(Stop) -> Bool {
        switch mechanism {
        case .all: return true
        case .ip(let network, let prefix): return values.client.isIn(network, prefix: prefix)
        case .include(let target):
            try countTerm()
            return try await includes(await expand(target, domain))
        case .exists(let target):
            try countTerm()
            return try await found(await expand(target, domain), .a) != nil
        case .a(let target, let prefixes):
            try countTerm()
            let host = await expand(target, domain)
            return contains(try await found(host, values.addressType) ?? [], prefixes)
        case .mx(let target, let prefixes):
            try countTerm()
            return try await matchesExchangers(of: await expand(target, domain), prefixes)
        case .ptr(let target):
            try countTerm()
            let wanted = await expand(target, domain).domainKey
            return try await clientNames(throwing: true).contains { $0.isAtOrBelow(wanted) }
        }
    }

    /// §5.2.
    private mutating func includes(_ domain: String) async throws(Stop) -> Bool {
        switch try await checkHost(domain).result {
        case .pass: return true
        case .fail, .softfail, .neutral: return false
        case .none: throw .permanent("it includes the record of \(domain), which does not exist")
        case .temporaryError: throw .temporary("DNS did not answer for \(domain)")
        case .permanentError: throw .permanent("the SPF record of \(domain) is damaged")
        }
    }

    /// §5.4.
    private mutating func matchesExchangers(of domain: String, _ prefixes: SPFRecord.Prefixes) async throws(Stop) -> Bool {
        // In order of preference.
        let hosts = (try await found(domain, .mx) ?? []).compactMap { record -> (preference: UInt16, name: String)? in
            if case .mailExchanger(let preference, let host) = record { (preference, host) } else { nil }
        }.sorted { $0 < $1 }.map(\.name)
        guard hosts.count <= Self.mostHosts else { throw .permanent("\(domain) names more than \(Self.mostHosts) mail exchangers") }
        for host in hosts where isDNSName(host) {
            let answer = await dns.ask(host, values.addressType)
            if answer == .failed { throw .temporary("DNS did not answer for \(host)") }
            if case .records(let records) = answer, contains(records, prefixes) { return true }
        }
        return false
    }

    /// The client's own names that lead back to its address (§5.5). What DNS does not answer is no name.
    private mutating func clientNames(throwing: Bool) async throws(Stop) -> [String] {
        let answer = await dns.ask(values.client.reverseName, .ptr)
        if throwing { try countIfVoid(answer) }
        guard case .records(let records) = answer else { return [] }
        var names: [String] = []
        for case .name(let name) in records.prefix(Self.mostHosts) where isDNSName(name) {
            guard case .records(let addresses) = await dns.ask(name, values.addressType) else { continue }
            if addresses.contains(.address(values.client)) { names.append(name.domainKey) }
        }
        return names
    }

    /// - Returns: nil where there is nothing.
    private mutating func found(_ name: String, _ type: DNSRecordType) async throws(Stop) -> [DNSRecord]? {
        guard isDNSName(name) else { return nil }
        let answer = await dns.ask(name, type)
        if answer == .failed { throw .temporary("DNS did not answer for \(name)") }
        try countIfVoid(answer)
        if case .records(let records) = answer { return records }
        return nil
    }

    private func contains(_ records: [DNSRecord], _ prefixes: SPFRecord.Prefixes) -> Bool {
        records.contains { record in
            guard case .address(let address) = record else { return false }
            return values.client.isIn(address, prefix: address.isIPv4 ? prefixes.ipv4 : prefixes.ipv6)
        }
    }

    private mutating func countTerm() throws(Stop) {
        terms += 1
        if terms > Self.mostTerms { throw .permanent(Self.tooManyTerms) }
    }

    private mutating func countIfVoid(_ answer: DNSAnswer) throws(Stop) {
        guard answer == .nothing else { return }
        voidTerms += 1
        if voidTerms > Self.mostVoidTerms { throw .permanent("more than \(Self.mostVoidTerms) look-ups of the SPF record find nothing") }
    }

    /// A domain as a mechanism names it; the domain itself where it names none.
    private mutating func expand(_ text: SPFMacroText?, _ domain: String) async -> String {
        guard let text else { return domain }
        return shortened(values.expand(text, domain: domain, clientName: await clientName(for: text, domain)))
    }

    /// What `%{p}` stands for (§7.3): the domain itself if that is a name of the client, else one below it, else any.
    private mutating func clientName(for text: SPFMacroText, _ domain: String) async -> String {
        let asks = text.parts.contains { if case .macro(let macro) = $0 { macro.letter == UInt8(ascii: "p") } else { false } }
        guard asks, let names = try? await clientNames(throwing: false), let any = names.first else { return "unknown" }
        let key = domain.domainKey
        return names.first { $0 == key } ?? names.first { $0.isAtOrBelow(key) } ?? any
    }

    /// §7.3: a name above 253 bytes loses labels from the left.
    private func shortened(_ name: String) -> String {
        var rest = name.domainKey[...]
        while rest.utf8.count > 253, let dot = rest.firstIndex(of: ".") { rest = rest[rest.index(after: dot)...] }
        return String(rest)
    }

    /// The owner's words to a failure (§6.2). Whatever is wrong with them, there are none.
    mutating func explain(_ outcome: Outcome) async -> String? {
        guard let (text, domain) = outcome.explanation else { return nil }
        let name = await expand(text, domain)
        let texts = await dns.ask(name, .txt).texts
        guard texts.count == 1, let words = texts.first, words.count <= 2000, words.allSatisfy({ 0x20...0x7E ~= $0 }),
            let macros = SPFMacroText(String(decoding: words, as: UTF8.self), allowsSpaces: true)
        else { return nil }
        let all = values.expand(macros, domain: domain, clientName: await clientName(for: macros, domain))
        return String(decoding: all.utf8.filter { 0x20...0x7E ~= $0 }.prefix(500), as: UTF8.self)
    }
}
