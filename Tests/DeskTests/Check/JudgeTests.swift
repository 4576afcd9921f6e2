import Conversations
import MailTransport
import MailTrust
import Testing

@testable import Desk

/// What is seen of the mail's way, and which link it means.
@Suite struct JudgeTests {
    private static let setup = MailSetup(
        from: "support@acme.test", replyDomain: "reply.acme.test", wayIn: .receiver, hostname: "desk.acme.test", receivers: ["0.0.0.0:25"],
        staysHere: false, replyDomainUser: nil)

    // MARK: settings

    @Test func `what is set is judged before anything is sent`() {
        #expect(JudgeSettings.fault(Self.setup) == nil)
        func code(_ change: (inout MailSetup) -> Void) -> CheckFault.Code? {
            var setup = Self.setup
            change(&setup)
            return JudgeSettings.fault(setup)?.code
        }
        #expect(code { $0.staysHere = true } == .mailStaysHere)
        #expect(code { $0.from = nil } == .noAddress)
        #expect(code { $0.replyDomain = nil } == .noAddress)
        #expect(code { $0.replyDomainUser = "sam@reply.acme.test" } == .replyDomainUsed)
        #expect(code { $0.wayIn = .none } == .noWayIn)
    }

    // MARK: the relay

    @Test(arguments: [
        (SendOutcome.accepted(SMTPReply(250, "2.0.0", "queued"), refused: []), CheckFault.Code?.none),
        (.uncertain("it did not answer"), nil),
        (.temporary(.connecting, .words("its host name cannot be found")), .relayUnknownHost),
        (.temporary(.connecting, .words("there is no connection (connection refused)")), .relayClosed),
        (.temporary(.connecting, .words("it did not answer in time")), .relaySilent),
        (.relayFault(.startTLS, .words("it offers no encryption (STARTTLS)")), .relayWithoutTLS),
        (.relayFault(.startTLS, .words("its certificate is for another host name")), .relayCertificate),
        (.relayFault(.connecting, .words("its certificate is not trusted (signed by nobody known here, or expired)")), .relayCertificate),
        (.relayFault(.authentication, .reply(SMTPReply(535, "5.7.8", "no"))), .relayPassword),
        (.permanent(.sender, .reply(SMTPReply(553, "5.7.1", "not yours"))), .relaySender),
        (.permanent(.recipient, .reply(SMTPReply(554, "5.7.1", "Relay access denied"))), .relayRecipient),
        (.temporary(.recipient, .reply(SMTPReply(450, "4.2.0", "Greylisted"))), .relayLater),
        (.temporary(.sender, .reply(SMTPReply(451, "4.7.1", "later"))), .relayLater),
        (.permanent(.finalDot, .reply(SMTPReply(554, "5.6.0", "spam"))), .relayRefuses),
    ])
    func relay(outcome: SendOutcome, code: CheckFault.Code?) {
        let fault = JudgeRelay.fault(outcome, server: "smtp.relay.test", setup: Self.setup, recipient: "reply+…@reply.acme.test")
        #expect(fault?.code == code)
        if let fault {
            #expect(fault.words.contains("smtp.relay.test") && !fault.advice.isEmpty && fault.setting == "mail.relay-url")
        }
    }

    // MARK: the way back

    private static func dns(
        _ exchangers: [MailDNS.Exchanger]? = [.init(preference: 10, host: "desk.acme.test", addresses: [], alias: nil)],
        spf: [String]? = ["v=spf1 -all"], result: SPFResult = .pass, problem: String? = nil, dmarc: [String]? = ["v=DMARC1; p=none"]
    ) -> MailDNS {
        MailDNS(
            exchangers: exchangers.map {
                $0.map { one in
                    var one = one
                    if one.addresses == [] && one.host == "desk.acme.test" { one.addresses = [IPAddress("192.0.2.1")].compactMap { $0 } }
                    return one
                }
            },
            domainAddresses: [], ownAddresses: [IPAddress("192.0.2.1")].compactMap { $0 }, spf: spf,
            spfVerdict: SPFVerdict(result, domain: "reply.acme.test", problem: problem), dmarc: dmarc, dmarcName: "_dmarc.acme.test")
    }

    private static func wayBack(_ dns: MailDNS?, _ ports: [JudgeWayBack.Port] = []) -> CheckFault {
        let rows = DNSRows.all(setup, dns, client: nil, relay: "smtp.relay.test", signatures: [], cameBack: false)
        return JudgeWayBack.fault(setup, dns, ports, rows: rows, relaySaid: "250 queued as 7", waited: "180 seconds")
    }

    @Test func `no MX row, a wrong one, and one that leads here`() {
        let other = [IPAddress("192.0.2.9")].compactMap { $0 }
        #expect(Self.wayBack(Self.dns(nil)).code == .dnsSilent)
        #expect(Self.wayBack(Self.dns([])).code == .mxMissing)
        #expect(Self.wayBack(Self.dns([.init(preference: 0, host: "", addresses: [], alias: nil)])).code == .mxNone)
        #expect(Self.wayBack(Self.dns([.init(preference: 5, host: "mx.other.test", addresses: other, alias: nil)])).code == .mxElsewhere)
        #expect(Self.wayBack(Self.dns([.init(preference: 5, host: "mx.other.test", addresses: [], alias: nil)])).code == .mxUnresolvable)
        #expect(
            Self.wayBack(Self.dns([.init(preference: 5, host: "mx.acme.test", addresses: other, alias: "desk.acme.test")])).code == .mxAlias
        )
        #expect(Self.wayBack(Self.dns()).code == .swallowed)
        #expect(Self.wayBack(nil).code == .swallowed)
        let missing = Self.wayBack(Self.dns([]))
        #expect(missing.record?.value == "10 desk.acme.test" && missing.record?.state == .missing)
        #expect(missing.advice.contains("MX, reply.acme.test, 10 desk.acme.test"))
    }

    @Test(arguments: [
        (ReadGreeting.Answer.refused, CheckFault.Code.portClosed), (.silent, .portClosed),
        (.greeting("220 mx.other.test ESMTP"), .portOther),
        (.greeting("220 desk.acme.test ESMTP"), .swallowed),
    ])
    func port(answer: ReadGreeting.Answer, code: CheckFault.Code) {
        #expect(Self.wayBack(Self.dns(), [.init(host: "desk.acme.test", port: 25, answer: answer)]).code == code)
    }

    @Test(arguments: [
        ("550 5.1.1 No such user here", CheckFault.Code.tokenStripped), ("connect to mail.acme.test[192.0.2.1]:25: timed out", .bounced),
    ])
    func notice(words: String, code: CheckFault.Code) {
        #expect(JudgeBounce.fault(words, setup: Self.setup, rows: []).code == code)
    }

    // MARK: who vouches

    private static func records(
        _ dns: MailDNS, _ report: TrustReport? = nil, keys: [String: [String]] = [:]
    ) -> [CheckFault.Code] {
        let client = IPAddress("198.51.100.7")
        let rows = DNSRows.all(setup, dns, client: client, relay: nil, signatures: [], cameBack: true)
        return JudgeSenderRecords.faults(setup, dns, report, client: client, keys: keys, rows: rows).map(\.code)
    }

    @Test func `SPF`() {
        #expect(Self.records(Self.dns()) == [])
        #expect(Self.records(Self.dns(spf: nil, result: .temporaryError)) == [])
        #expect(Self.records(Self.dns(spf: [], result: .none)) == [.spfMissing])
        #expect(Self.records(Self.dns(spf: ["v=spf1 -all", "v=spf1 ~all"], result: .permanentError)) == [.spfSeveral])
        #expect(Self.records(Self.dns(result: .fail)) == [.spfWithoutRelay])
        #expect(Self.records(Self.dns(result: .permanentError, problem: "the SPF record needs more than 10 look-ups")) == [.spfTooLong])
        #expect(Self.records(Self.dns(result: .permanentError, problem: "it cannot be understood")) == [.spfDamaged])
    }

    @Test func `DKIM and DMARC`() {
        func report(_ dkim: [DKIMVerdict], vouchedBy: String? = nil, _ outcome: DMARCOutcome = .pass) -> TrustReport {
            TrustReport(
                spf: SPFVerdict(.pass, domain: "reply.acme.test"), dkim: dkim,
                dmarc: DMARCVerdict(outcome, domain: "acme.test", vouchedBy: vouchedBy))
        }
        func verdict(_ result: DKIMResult, _ problem: String? = nil) -> DKIMVerdict {
            DKIMVerdict(result, domain: "acme.test", selector: "s1", problem: problem)
        }
        let name = "s1._domainkey.acme.test"
        #expect(Self.records(Self.dns(), report([verdict(.pass)], vouchedBy: "DKIM")) == [])
        #expect(Self.records(Self.dns(), report([], vouchedBy: "SPF")) == [.dkimUnsigned])
        #expect(Self.records(Self.dns(), report([verdict(.permanentError)], vouchedBy: "SPF"), keys: [name: []]) == [.dkimKeyMissing])
        #expect(
            Self.records(Self.dns(), report([verdict(.fail, "no fit")], vouchedBy: "SPF"), keys: [name: ["v=DKIM1; p=x"]]) == [
                .dkimKeyWrong
            ])
        #expect(
            Self.records(Self.dns(), report([verdict(.fail, "The body is not the one.")], vouchedBy: "SPF"), keys: [name: ["v=DKIM1; p=x"]])
                == [.dkimBroken])
        #expect(Self.records(Self.dns(dmarc: []), report([verdict(.pass)], vouchedBy: "DKIM", .noPolicy)) == [.dmarcMissing])
        #expect(Self.records(Self.dns(), report([verdict(.pass)], .failQuarantine)) == [.dmarcAlignment])
    }

    // MARK: rows

    @Test(arguments: [
        ([String](), "v=spf1 ip4:198.51.100.7 ~all"), (["v=spf1 mx -all"], "v=spf1 mx ip4:198.51.100.7 -all"),
        (["v=spf1 ip4:198.51.100.7 ~all"], "v=spf1 ip4:198.51.100.7 ~all"),
        (["v=spf1 include:a.test -all", "v=spf1 include:b.test ?all"], "v=spf1 include:a.test include:b.test ip4:198.51.100.7 ?all"),
        (["v=spf1 redirect=a.test"], "v=spf1 include:a.test ip4:198.51.100.7 ~all"),
    ])
    func spfRow(found: [String], value: String) {
        #expect(DNSRows.spf(found, client: IPAddress("198.51.100.7"), relay: nil) == value)
    }

    @Test func `an SPF row without the relay's address names its host`() {
        #expect(DNSRows.spf([], client: nil, relay: "smtp.relay.test") == "v=spf1 a:smtp.relay.test ~all")
    }

    @Test(arguments: [
        ("from a (b [198.51.100.7]) by mx.test with ESMTP; Mon", "mx.test", "198.51.100.7"), ("by mx.test", "mx.test", nil),
        ("from a ([IPv6:2001:db8::7]) by mx.test", "mx.test", "2001:db8::7"), ("", "an unnamed server", nil),
        ("from [not an address] by mx.test (x [192.0.2.1])", "mx.test", nil),
    ])
    func receivedLine(field: String, by: String, from: String?) {
        let line = ProbeArrival.Received(field)
        #expect(line.by == by && line.from == from)
    }

    @Test(arguments: [(Int64(0), Int64(3)), (3, 27), (2, 3), (23, 27)])
    func nextNight(hour: Int64, next: Int64) {
        let now = Instant(milliseconds: hour * 3_600_000)
        #expect(NightlyChecks.next(after: now, jitter: 0) == Instant(milliseconds: next * 3_600_000))
        #expect(NightlyChecks.next(after: now, jitter: 255) < Instant(milliseconds: (next + 1) * 3_600_000))
    }
}
