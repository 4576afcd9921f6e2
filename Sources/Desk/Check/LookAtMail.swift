import Conversations
import Foundation
import MailTransport
import MailTrust

/// Looks from outside at what an inbox's mail depends on: DNS, and our port as the world finds it.
struct LookAtMail: Sendable {
    /// For DNS, and for each port.
    static let patience = Duration.seconds(8)

    let dns: (any DNS)?
    /// Where the world finds a mail server: 25.
    let port: Int

    struct Seen: Sendable {
        /// nil where DNS is not asked.
        var dns: MailDNS?
        var ports: [JudgeWayBack.Port] = []
        var report: TrustReport?
        var keys: [String: [String]] = [:]
        var signatures: [DNSRows.Signature] = []
    }

    private func bounded() -> (any DNS)? {
        guard let dns else { return nil }
        let clock = ContinuousClock()
        return BoundedDNS(dns, deadline: clock.now + Self.patience, now: { clock.now })
    }

    func run(_ setup: MailSetup, client: IPAddress?, withPorts: Bool) async -> Seen {
        var seen = Seen()
        guard let dns = bounded() else {
            // Where nobody can be asked, our key's row is to be written all the same.
            seen.signatures = setup.signature.map { [.init(name: $0.name, value: $0.record, found: nil, isGood: false)] } ?? []
            return seen
        }
        let found = await LookUpMailDNS(dns: dns).run(setup, client: client)
        seen.dns = found
        if let own = setup.signature {
            let texts = await LookUpMailDNS(dns: dns).texts(own.name)
            let isGood = texts?.contains { $0.filter { $0 != " " } == own.record.filter { $0 != " " } } ?? false
            seen.signatures.append(.init(name: own.name, value: own.record, found: texts, isGood: isGood))
        }
        guard withPorts, case .receiver = setup.wayIn else { return seen }
        for exchanger in (found.exchangers ?? []).prefix(3) {
            guard let address = exchanger.addresses?.first else { continue }
            let answer = await ReadGreeting.run(host: address.description, port: port, seconds: 4)
            seen.ports.append(.init(host: exchanger.host, port: port, answer: answer))
        }
        return seen
    }

    /// The checks of a probe that came back, as the receiver of a customer's mail would make them.
    func judge(_ arrival: ProbeArrival, _ setup: MailSetup) async -> Seen {
        guard let dns = bounded() else { return await run(setup, client: nil, withPorts: false) }
        var seen = await run(setup, client: arrival.client, withPorts: false)
        let report = await CheckTrust(dns: dns, receiver: setup.hostname).run(
            arrival.claims, authors: arrival.authors,
            envelope: TrustEnvelope(client: arrival.client, helo: arrival.helo, sender: arrival.envelopeSender),
            receivedAt: arrival.at.date, sample: 0)
        for verdict in report.dkim.prefix(3) where !verdict.selector.isEmpty {
            let name = "\(verdict.selector)._domainkey.\(verdict.domain)"
            // Our own row has its value, and says what it needs.
            if name == setup.signature?.name {
                seen.keys[name] = seen.signatures.first { $0.name == name }?.found
                continue
            }
            let texts = await LookUpMailDNS(dns: dns).texts(name)
            seen.keys[name] = texts
            seen.signatures.append(.init(name: name, value: nil, found: texts, isGood: verdict.result == .pass))
        }
        seen.report = report
        return seen
    }

    func hops(_ setup: MailSetup, _ seen: Seen, at now: Instant) -> [CheckHop] {
        guard let dns = seen.dns else {
            return [CheckHop(name: .dns, state: .unknown, at: now.milliseconds, words: "DNS is not asked (mail.dns is off).")]
        }
        let exchangers = dns.exchangers?.map(\.host).joined(separator: ", ")
        let words =
            switch exchangers {
            case nil: "DNS did not answer for \(setup.replyDomain ?? "")."
            case ""?: "\(setup.replyDomain ?? "") has no MX row."
            case let hosts?: "Mail to \(setup.replyDomain ?? "") goes to \(hosts)."
            }
        var hops = [CheckHop(name: .dns, state: exchangers?.isEmpty == false ? .done : .unknown, at: now.milliseconds, words: words)]
        for port in seen.ports {
            let place = "\(port.host), port \(port.port)"
            let (state, words): (CheckHop.State, String) =
                switch port.answer {
                case .greeting(let line): (.done, "At \(place): “\(line.prefix(120))”.")
                case .refused: (.unknown, "At \(place), nobody listens, as seen from here.")
                case .silent: (.unknown, "At \(place), nobody answers, as seen from here.")
                }
            hops.append(CheckHop(name: .port, state: state, at: now.milliseconds, words: words))
        }
        return hops
    }
}

extension TrustReport {
    /// What a receiver finds, in short.
    func checkWords(client: IPAddress?) -> String {
        let spf =
            spf.map { "\($0.result.rawValue) for \($0.domain)\(client.map { " from \($0)" } ?? "")" }
            ?? "not seen from here (the sender's public address is not known)"
        let dkim = dkim.isEmpty ? "no signature" : self.dkim.map { "\($0.result.rawValue) for \($0.domain)" }.joined(separator: ", ")
        return "SPF: \(spf). DKIM: \(dkim). DMARC: \(outcome.rawValue.replacing("_", with: " "))."
    }
}
