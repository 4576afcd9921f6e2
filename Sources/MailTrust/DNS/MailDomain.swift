/// Whether a domain takes mail, as far as DNS can tell (RFC 5321 §5.1, RFC 7505).
public enum MailDomain {
    /// - Returns: nil where DNS did not answer: then nobody knows.
    public static func takesMail(_ domain: String, dns: any DNS) async -> Bool? {
        let name = asciiDomain(domain)
        guard isDNSName(name) else { return false }
        switch await dns.ask(name, .mx) {
        case .failed: return nil
        case .records(let records):
            let hosts = records.compactMap { if case .mailExchanger(_, let host) = $0 { host.domainKey } else { nil } }
            // A single exchanger without a name says “no mail here”.
            return hosts != [""]
        case .nothing: break
        }
        // Without an exchanger the domain's own addresses are meant.
        for type in [DNSRecordType.a, .aaaa] {
            switch await dns.ask(name, type) {
            case .failed: return nil
            case .records: return true
            case .nothing: continue
            }
        }
        return false
    }
}
