import Foundation
import Testing

@testable import MailTrust

@Suite struct DMARCTests {
    static let reject = ["_dmarc.shop.test TXT v=DMARC1; p=reject; sp=quarantine"]

    static func check(
        _ records: [String], author: String = "shop.test", spf: SPFVerdict? = SPFVerdict(.fail, domain: "other.test"),
        dkim: [DKIMVerdict] = [], sample: Int = 0, fields: Int = 1
    ) async -> DMARCVerdict {
        await CheckDMARC(dns: TableDNS(records), sample: sample)
            .run(authors: author.split(separator: ",").map { String($0) }, fromFields: fields, spf: spf, dkim: dkim)
    }

    static func signed(by domain: String, _ result: DKIMResult = .pass, testing: Bool = false) -> [DKIMVerdict] {
        [DKIMVerdict(result, domain: domain, selector: "s", testing: testing)]
    }

    /// What a failure comes to, by the record (RFC 7489 §6.3, §6.6.3).
    @Test(arguments: [
        ("v=DMARC1; p=reject", "fail_reject"), ("v=DMARC1; p=quarantine", "fail_quarantine"), ("v=DMARC1; p=none", "fail_none"),
        ("v=DMARC1;p=Reject;", "fail_reject"), ("v=DMARC1 ; p = reject ; rua=mailto:a@b.test", "fail_reject"), ("v=DMARC1", "no_policy"),
        ("v=DMARC1; p=maybe", "no_policy"), ("v=DMARC1; p=maybe; rua=mailto:a@b.test", "fail_none"), ("p=reject; v=DMARC1", "no_policy"),
        ("v=DMARC2; p=reject", "no_policy"), ("v=dmarc1; p=reject", "no_policy"), ("v=DMARC1; p=reject; sp=maybe", "no_policy"),
        ("v=DMARC1; p=reject; pct=0", "fail_quarantine"), ("v=DMARC1; p=quarantine; pct=0", "fail_none"),
        ("v=DMARC1; p=reject; pct=101", "fail_reject"), ("v=DMARC1; p=reject; junk", "fail_reject"),
    ])
    func record(text: String, outcome: String) async {
        #expect(await Self.check(["_dmarc.shop.test TXT \(text)"]).outcome.rawValue == outcome)
    }

    /// Alignment (§3.1): who vouches, for whom, strict or relaxed.
    @Test(arguments: [
        ("shop.test", "", "shop.test", true), ("mail.shop.test", "", "shop.test", true), ("shop.test", "", "mail.shop.test", true),
        ("other.test", "", "shop.test", false), ("eshop.test", "", "shop.test", false),
        ("mail.shop.test", "adkim=s; aspf=s", "shop.test", false),
        ("shop.test", "adkim=s; aspf=s", "shop.test", true), ("test", "", "shop.test", false),
        // The public suffix list: two customers of one suffix are strangers.
        ("a.co.uk", "", "b.co.uk", false), ("x.a.co.uk", "", "y.a.co.uk", true), ("a.github.io", "", "b.github.io", false),
    ])
    func alignment(signer: String, tags: String, author: String, passes: Bool) async {
        let records = ["_dmarc.\(OrganisationalDomain.of(author)) TXT v=DMARC1; p=reject; \(tags)"]
        let byDKIM = await Self.check(records, author: author, dkim: Self.signed(by: signer))
        #expect((byDKIM.outcome == .pass) == passes)
        let bySPF = await Self.check(records, author: author, spf: SPFVerdict(.pass, domain: signer))
        #expect((bySPF.outcome == .pass) == passes)
        #expect(bySPF.vouchedBy == (passes ? "SPF" : nil))
    }

    /// §6.6.3: the record of the domain itself, else that of the organisation with its `sp`.
    @Test func subdomain() async {
        #expect(await Self.check(Self.reject, author: "news.shop.test").outcome == .failQuarantine)
        #expect(
            await Self.check(Self.reject + ["_dmarc.news.shop.test TXT v=DMARC1; p=none"], author: "news.shop.test").outcome == .failNone)
        #expect(await Self.check(Self.reject).outcome == .failReject)
        #expect(await Self.check([]).outcome == .noPolicy)
        let twice = Self.reject + ["_dmarc.shop.test TXT v=DMARC1; p=none"]
        #expect(await Self.check(twice).outcome == .noPolicy)
    }

    @Test func silentDNS() async {
        #expect(await Self.check(["_dmarc.shop.test FAIL"]).outcome == .temporaryError)
        #expect(await Self.check(Self.reject, spf: SPFVerdict(.temporaryError, domain: "shop.test")).outcome == .temporaryError)
        #expect(await Self.check(Self.reject, spf: SPFVerdict(.temporaryError, domain: "other.test")).outcome == .failReject)
        #expect(await Self.check(Self.reject, dkim: Self.signed(by: "shop.test", .temporaryError)).outcome == .temporaryError)
    }

    /// RFC 6376 §3.6.1: a signature under test is as good as none.
    @Test func whatDoesNotVouch() async {
        #expect(await Self.check(Self.reject, dkim: Self.signed(by: "shop.test", testing: true)).outcome == .failReject)
        for result in [DKIMResult.fail, .policy, .permanentError] {
            #expect(await Self.check(Self.reject, dkim: Self.signed(by: "shop.test", result)).outcome == .failReject)
        }
        for result in [SPFResult.none, .neutral, .softfail, .fail, .permanentError] {
            #expect(await Self.check(Self.reject, spf: SPFVerdict(result, domain: "shop.test")).outcome == .failReject)
        }
    }

    @Test(arguments: [(0, DMARCOutcome.failReject), (29, .failReject), (30, .failQuarantine), (99, .failQuarantine)])
    func percent(sample: Int, outcome: DMARCOutcome) async {
        #expect(await Self.check(["_dmarc.shop.test TXT v=DMARC1; p=reject; pct=30"], sample: sample).outcome == outcome)
    }

    /// Nobody hides behind a second author (§6.6.1).
    @Test func severalAuthors() async {
        let signed = Self.signed(by: "shop.test")
        #expect(await Self.check(Self.reject, author: "shop.test", dkim: signed, fields: 2).outcome == .failReject)
        let records = Self.reject + ["_dmarc.bank.test TXT v=DMARC1; p=quarantine"]
        #expect(await Self.check(records, author: "shop.test,bank.test", dkim: signed).outcome == .failQuarantine)
        #expect(await Self.check(records, author: "shop.test,shop.test", dkim: signed).outcome == .pass)
        #expect(await Self.check(Self.reject, author: "a.test,b.test,c.test,d.test,e.test,f.test").outcome == .failReject)
    }

    /// Without the sender's address nothing is said, but a good signature still is one.
    @Test func withoutAddress() async {
        #expect(await Self.check(Self.reject, spf: nil).outcome == .notChecked)
        #expect(await Self.check(Self.reject, spf: nil, fields: 2).outcome == .notChecked)
        #expect(await Self.check(Self.reject, spf: nil, dkim: Self.signed(by: "other.test")).outcome == .notChecked)
        #expect(await Self.check(Self.reject, spf: nil, dkim: Self.signed(by: "shop.test")).outcome == .pass)
    }

    @Test func otherScripts() async {
        let records = ["_dmarc.xn--bcher-kva.test TXT v=DMARC1; p=reject"]
        #expect(await Self.check(records, author: "Bücher.test").outcome == .failReject)
        #expect(await Self.check(records, author: "bücher.test", dkim: Self.signed(by: "xn--bcher-kva.test")).outcome == .pass)
        #expect(asciiDomain("例え.テスト") == "xn--r8jz45g.xn--zckzah")
        #expect(asciiDomain("faß.de") == "xn--fa-hia.de")
    }

    @Test(arguments: [
        ("example.co.uk", "example.co.uk"), ("mail.example.co.uk", "example.co.uk"), ("co.uk", "co.uk"), ("A.Example.COM.", "example.com"),
        ("me.github.io", "me.github.io"), ("a.b.c.test", "c.test"), ("test", "test"), ("", ""), ("..", "."),
    ])
    func organisationalDomain(domain: String, organisation: String) { #expect(OrganisationalDomain.of(domain) == organisation) }
}
