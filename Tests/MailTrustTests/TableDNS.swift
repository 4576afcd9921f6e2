@testable import MailTrust

/// DNS from a table: `"example.test TXT v=spf1 -all"`, one record a line; `"name FAIL"` has no answer.
struct TableDNS: DNS {
    private var records: [String: [DNSRecord]] = [:]
    private var failing: Set<String> = []

    init(_ lines: [String]) {
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2).map { String($0) }
            let name = words[0].lowercased()
            guard words.count > 2 else {
                failing.insert(name)
                continue
            }
            let record: DNSRecord? =
                switch words[1] {
                case "A", "AAAA": IPAddress(words[2]).map { .address($0) }
                case "MX":
                    .mailExchanger(
                        preference: UInt16(words[2].split(separator: " ")[0]) ?? 0, host: String(words[2].split(separator: " ")[1]))
                case "PTR": .name(words[2])
                default: .text(Array(words[2].utf8))
                }
            records["\(name) \(words[1])", default: []] += [record].compactMap { $0 }
        }
    }

    func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
        let name = name.domainKey
        if failing.contains(name) { return .failed }
        return records["\(name) \("\(type)".uppercased())"].map { .records($0) } ?? .nothing
    }
}
