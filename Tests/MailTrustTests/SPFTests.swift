import Foundation
import Testing

@testable import MailTrust

@Suite struct SPFTests {
    static let world = [
        "one.test A 192.0.2.1", "one.test AAAA 2001:db8::1", "two.test A 198.51.100.2", "mx.test MX 10 two.test", "mx.test MX 20 one.test",
        "down.test FAIL", "pass.test TXT v=spf1 +all", "fail.test TXT v=spf1 -all", "broken.test TXT v=spf1 foo",
        "temp.test TXT v=spf1 a:down.test", "1.2.0.192.in-addr.arpa PTR one.test", "1.2.0.192.in-addr.arpa PTR liar.test",
        "liar.test A 203.0.113.9", "1.2.0.192.sam.x.test A 127.0.0.2", "words.test TXT %{i} is not %{d}'s. See http://%{o}/%{S}",
        "many.test MX 1 a.test", "many.test MX 2 b.test", "many.test MX 3 c.test", "many.test MX 4 d.test", "many.test MX 5 e.test",
        "many.test MX 6 f.test", "many.test MX 7 g.test", "many.test MX 8 h.test", "many.test MX 9 i.test", "many.test MX 10 j.test",
        "many.test MX 11 k.test",
    ]

    static func check(_ record: String, client: String = "192.0.2.1", more: [String] = []) async throws -> SPFVerdict {
        let dns = TableDNS(world + ["sender.test TXT \(record)"] + more)
        return await CheckSPF(dns: dns).run(client: try #require(IPAddress(client)), helo: "mail.sender.test", sender: "sam@sender.test")
    }

    @Test(arguments: [
        // §5.1, §5.6
        ("v=spf1", "neutral"), ("v=spf1 -all", "fail"), ("v=spf1 ~all", "softfail"), ("v=spf1 ?all", "neutral"), ("v=spf1 all", "pass"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"), ("v=spf1 ip4:192.0.3.0/24 -all", "fail"), ("v=spf1 ip4:0.0.0.0/0 -all", "pass"),
        ("v=spf1 ip6:::ffff:192.0.2.1 -all", "fail"), ("V=SPF1 IP4:192.0.2.1 -ALL", "pass"),
        // §4.5, §4.6.1
        ("v=spf10 -all", "none"), ("spf1 -all", "none"), ("v=spf1\t-all", "none"), ("v=spf1  -all ", "fail"),
        ("v=spf1 -all foo", "permerror"), ("v=spf1 ip4:192.0.2.1 -all:x", "permerror"), ("v=spf1 moo=x -all", "fail"),
        ("v=spf1 moo=%x -all", "permerror"), ("v=spf1 redirect=fail.test redirect=fail.test", "permerror"),
        ("v=spf1 -all exp=words.test exp=words.test", "permerror"), ("v=spf1 ip4:192.0.2.1/33", "permerror"),
        ("v=spf1 ip4:192.0.2.01", "permerror"), ("v=spf1 a:%{c}.test", "permerror"), ("v=spf1 a:%{d0}", "permerror"),
        // §5.2
        ("v=spf1 include:pass.test -all", "pass"), ("v=spf1 include:fail.test ~all", "softfail"), ("v=spf1 include:none.test", "permerror"),
        ("v=spf1 include:broken.test", "permerror"), ("v=spf1 include:temp.test", "temperror"),
        // §5.3, §5.4
        ("v=spf1 a:one.test -all", "pass"), ("v=spf1 a:two.test -all", "fail"), ("v=spf1 a:two.test/0 -all", "pass"),
        ("v=spf1 a:down.test +all", "temperror"), ("v=spf1 mx:mx.test -all", "pass"), ("v=spf1 mx:many.test -all", "permerror"),
        ("v=spf1 a -all", "fail"), ("v=spf1 a:one.test//64 -all", "pass"), ("v=spf1 a:one.test/24//64 -all", "pass"),
        // §5.5: the name that leads back counts, not the one that lies.
        ("v=spf1 ptr:one.test -all", "pass"), ("v=spf1 ptr:liar.test -all", "fail"), ("v=spf1 ptr -all", "fail"),
        // §5.7, §7
        ("v=spf1 exists:%{ir}.%{l}.x.test -all", "pass"), ("v=spf1 exists:%{i}.%{l}.x.test -all", "fail"),
        ("v=spf1 a:%{p} -all", "pass"),
        // §6.1
        ("v=spf1 redirect=pass.test", "pass"), ("v=spf1 redirect=none.test", "permerror"), ("v=spf1 -all redirect=pass.test", "fail"),
    ])
    func verdict(record: String, result: String) async throws {
        #expect(try await Self.check(record).result.rawValue == result)
    }

    @Test func sixthVersionOfTheProtocol() async throws {
        #expect(try await Self.check("v=spf1 a:one.test//64 -all", client: "2001:db8::77").result == .pass)
        #expect(try await Self.check("v=spf1 a:one.test -all", client: "2001:db8::77").result == .fail)
        #expect(try await Self.check("v=spf1 ip4:192.0.2.0/24 -all", client: "::ffff:192.0.2.1").result == .pass)
    }

    /// §4.6.4: ten terms that ask, whatever way they hang together; the eleventh is too many.
    @Test(arguments: [(9, SPFResult.pass), (10, .pass), (11, .permanentError)])
    func atMostTenTerms(steps: Int, result: SPFResult) async throws {
        let more = (1..<steps).map { "s\($0).test TXT v=spf1 include:s\($0 + 1).test -all" } + ["s\(steps).test TXT v=spf1 +all"]
        #expect(try await Self.check("v=spf1 include:s1.test -all", more: more).result == result)
    }

    /// A record that includes itself ends at the same bound.
    @Test func circle() async throws {
        #expect(try await Self.check("v=spf1 include:sender.test -all").result == .permanentError)
        #expect(try await Self.check("v=spf1 redirect=sender.test").result == .permanentError)
    }

    @Test(arguments: [("a:v1.test a:v2.test", SPFResult.softfail), ("a:v1.test mx:v2.test exists:v3.test", .permanentError)])
    func atMostTwoVoidTerms(terms: String, result: SPFResult) async throws {
        #expect(try await Self.check("v=spf1 \(terms) ~all").result == result)
    }

    @Test func twoRecordsAreAnError() async throws {
        #expect(try await Self.check("v=spf1 -all", more: ["sender.test TXT v=spf1 +all"]).result == .permanentError)
        #expect(try await Self.check("v=spf1 -all", more: ["sender.test TXT other"]).result == .fail)
    }

    @Test func explanation() async throws {
        let verdict = try await Self.check("v=spf1 -all exp=words.test")
        #expect(verdict.explanation == "192.0.2.1 is not sender.test's. See http://sender.test/sam%40sender.test")
        #expect(try await Self.check("v=spf1 ~all exp=words.test").explanation == nil)
        #expect(try await Self.check("v=spf1 include:fail.test -all").explanation == nil)
    }

    /// §2.4: a bounce is judged by HELO. §4.3: what is no domain has no record.
    @Test(arguments: [
        ("", "one.sender.test", SPFResult.pass), ("", "localhost", .none), ("", "[192.0.2.1]", .none),
        ("sam@sender..test", "x.test", .none),
        ("@sender.test", "x.test", .fail), ("a@\(String(repeating: "l", count: 64)).test", "x.test", .none),
        ("sam@bücher.test", "x", .pass),
    ])
    func identity(sender: String, helo: String, result: SPFResult) async throws {
        let dns = TableDNS([
            "one.sender.test TXT v=spf1 +all", "sender.test TXT v=spf1 -all", "xn--bcher-kva.test TXT v=spf1 +all",
        ])
        let verdict = await CheckSPF(dns: dns).run(client: try #require(IPAddress("192.0.2.1")), helo: helo, sender: sender)
        #expect(verdict.result == result)
    }

    @Test(arguments: [
        ("%{s}", "strong-bad@email.example.com"), ("%{o}", "email.example.com"), ("%{d4}", "email.example.com"), ("%{d2}", "example.com"),
        ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"), ("%{l-}", "strong.bad"), ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"), ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"), ("%{S}", "strong-bad%40email.example.com"),
        ("a%%b%_c%-", "a%b c%20"),
    ])
    func macrosOfTheRFC(text: String, expanded: String) throws {
        let values = SPFMacroValues(
            client: try #require(IPAddress("192.0.2.3")), helo: "h.test", local: "strong-bad", senderDomain: "email.example.com",
            receiver: "r.test", seconds: 0)
        #expect(values.expand(try #require(SPFMacroText(text)), domain: "email.example.com", clientName: "unknown") == expanded)
    }

    @Test(arguments: ["%", "%{", "%{x}", "%{d", "%{d-x}", "%a", "a b", "ü", "%{d0}"])
    func noMacroText(text: String) { #expect(SPFMacroText(text) == nil) }
}
