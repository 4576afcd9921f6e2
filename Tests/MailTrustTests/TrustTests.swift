import Foundation
import Testing

@testable import MailTrust

@Suite struct TrustTests {
    static let world = [
        "shop.test TXT v=spf1 ip4:192.0.2.1 -all", "_dmarc.shop.test TXT v=DMARC1; p=reject", "forwarder.test TXT v=spf1 +all",
    ]

    static func check(
        _ mail: String, client: String?, sender: String = "sam@shop.test", forwarders: [String] = []
    ) async -> TrustReport {
        await CheckTrust(dns: TableDNS(world), receiver: "desk.test").run(
            TrustClaims(Array(mail.utf8)), authors: ["shop.test"],
            envelope: TrustEnvelope(client: client.flatMap { IPAddress($0) }, helo: "x.test", sender: sender),
            forwarders: forwarders.compactMap { TrustedForwarder(line: $0) }, receivedAt: DKIMTests.now, sample: 0)
    }

    static let mail = "From: sam@shop.test\r\n\r\nHello\r\n"

    @Test(arguments: [
        ("192.0.2.1", DMARCOutcome.pass), ("192.0.2.2", .failReject), ("", .notChecked), ("local", .notChecked), ("127.0.0.1", .notChecked),
        ("10.1.2.3", .notChecked),
        ("::1", .notChecked), ("fe80::1", .notChecked), ("::ffff:192.0.2.1", .pass), ("::ffff:10.0.0.1", .notChecked),
    ])
    func client(address: String, outcome: DMARCOutcome) async { #expect(await Self.check(Self.mail, client: address).outcome == outcome) }

    /// What others wrote into a mail counts only where the inbox says so, and only if it came from there.
    @Test(arguments: [
        ([], "198.51.100.7", false), (["forwarder.test"], "198.51.100.7", false),
        (["forwarder.test 198.51.100.0/24"], "198.51.100.7", true),
        (["forwarder.test 198.51.100.0/24"], "203.0.113.1", false), (["other.test 198.51.100.0/24"], "198.51.100.7", false),
        (["forwarder.test 127.0.0.1"], "127.0.0.1", true),
    ])
    func resultsOfOthers(forwarders: [String], client: String, believed: Bool) async {
        let field = "Authentication-Results: forwarder.test 1; spf=pass; dmarc=pass (p=reject) header.from=shop.test\r\n"
        let report = await Self.check(field + Self.mail, client: client, forwarders: forwarders)
        #expect((report.outcome == .pass) == believed)
        #expect((report.forwarder == "forwarder.test") == believed)
    }

    /// The topmost field is the forwarder's own; one below it somebody else wrote, one for another author says nothing of this one.
    @Test(arguments: [
        "Authentication-Results: forwarder.test; dmarc=fail header.from=shop.test\r\nAuthentication-Results: forwarder.test; dmarc=pass header.from=shop.test\r\n",
        "Authentication-Results: forwarder.test; dmarc=pass header.from=other.test\r\n",
        "Authentication-Results: forwarder.test; dmarc=pass\r\n",
        "Authentication-Results: forwarder.test (dmarc=pass header.from=shop.test); none\r\n",
        "Authentication-Results: forwarder.test; x=\"; dmarc=pass header.from=shop.test\"\r\n",
    ])
    func notBelieved(field: String) async {
        let report = await Self.check(field + Self.mail, client: "198.51.100.7", forwarders: ["forwarder.test 198.51.100.0/24"])
        #expect(report.outcome == .failReject)
    }

    @Test func authenticationResults() throws {
        let text = " MX.test 1 ; spf = pass (comment; (nested) \\) ) smtp.mailfrom=\"a b@c.test\"; dkim=fail/1 header.d=x.test;; dmarc=pass"
        let results = try #require(AuthenticationResults(text))
        #expect(results.server == "mx.test")
        #expect(results.items.map(\.method) == ["spf", "dkim", "dmarc"])
        #expect(results.items.map(\.result) == ["pass", "fail/1", "pass"])
        #expect(results.items[0].properties == ["smtp.mailfrom": "a b@c.test"])
        #expect(AuthenticationResults("") == nil)
        #expect(AuthenticationResults("spf=pass") == nil)
    }

    @Test(arguments: [
        ("a.test", true), ("a.test 192.0.2.0/24 2001:db8::/32", true), ("a.test 192.0.2.1", true), ("", false), ("192.0.2.1", false),
        ("a.test 192.0.2.0/33", false), ("a.test x", false), ("a..test", false),
    ])
    func forwarderLine(line: String, isOne: Bool) { #expect((TrustedForwarder(line: line) != nil) == isOne) }

    @Test func sentences() async {
        #expect(await Self.check(Self.mail, client: "192.0.2.1").sentence == "SPF confirms that the mail is from shop.test.")
        #expect(
            await Self.check(Self.mail, client: "192.0.2.2").sentence
                == "Nothing confirms that the mail is from shop.test, which asks to reject such mail. SPF for shop.test: fail. No DKIM signature."
        )
        #expect(TrustReport.notChecked.sentence.hasPrefix("Not checked"))
    }

    /// One mail gets a number of questions and a time, and then no answer.
    @Test func bounded() async {
        let start = ContinuousClock.now
        let few = BoundedDNS(TableDNS(Self.world), questions: 2, deadline: start + .seconds(5), now: { start })
        for expected in [true, true, false] { #expect((await few.ask("shop.test", .txt) != .failed) == expected) }
        let late = BoundedDNS(TableDNS(Self.world), deadline: start, now: { start })
        #expect(await late.ask("shop.test", .txt) == .failed)
    }

    @Test func recordsAsDNSSendsThem() {
        #expect(DNSRecordData.read([192, 0, 2, 1], type: .a) == IPAddress("192.0.2.1").map { .address($0) })
        #expect(DNSRecordData.read([1, 2], type: .a) == nil)
        #expect(DNSRecordData.read([2, 97, 98, 1, 99], type: .txt) == .text([97, 98, 99]))
        #expect(DNSRecordData.read([9, 97], type: .txt) == nil)
        #expect(DNSRecordData.read([0, 10, 1, 97, 2, 98, 99, 0], type: .mx) == .mailExchanger(preference: 10, host: "a.bc"))
        #expect(DNSRecordData.read([0, 10, 5, 97], type: .mx) == nil)
        #expect(DNSRecordData.read([3, 97, 46, 98, 0], type: .ptr) == nil)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.0", 24, true), ("192.0.3.7", "192.0.2.0", 23, true), ("192.0.4.7", "192.0.2.0", 23, false),
        ("192.0.2.7", "::", 0, false), ("2001:db8::1", "2001:db8::", 127, true), ("2001:db8::2", "2001:db8::", 127, false),
    ])
    func network(address: String, network: String, length: Int, inside: Bool) throws {
        #expect(try #require(IPAddress(address)).isIn(try #require(IPAddress(network)), prefix: length) == inside)
    }

    @Test func addresses() {
        for text in ["1.2.3", "1.2.3.4:5", "01.2.3.4", "::g", "fe80::1%eth0", "", "a"] { #expect(IPAddress(text) == nil) }
        #expect(IPAddress("2001:DB8::1")?.description == "2001:db8::1")
        #expect(IPAddress("192.0.2.1")?.reverseName == "1.2.0.192.in-addr.arpa")
    }
}
