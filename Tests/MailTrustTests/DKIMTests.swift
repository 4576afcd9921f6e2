import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import MailTrust

@Suite struct DKIMTests {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048)
    static let mail = "From: Sam <sam@shop.test>\r\nSubject: Hello\r\nTo: desk@example.test\r\n\r\nA question.\r\n\r\n\r\n"

    static func signer() throws -> SignDKIM { SignDKIM(domain: "Shop.test", selector: "s", key: .rsa(try #require(key))) }
    static func signed(_ text: String = mail) throws -> String {
        String(decoding: try signer().run(Array(text.utf8), at: now), as: UTF8.self)
    }

    static func check(_ mail: String, record: String? = nil, at time: Date = now, more: [String] = []) async throws -> [DKIMVerdict] {
        let dns = TableDNS(["s._domainkey.shop.test TXT \(try record ?? signer().record)"] + more)
        return await CheckDKIM(dns: dns, now: time).run(TrustClaims(Array(mail.utf8)).signatures)
    }

    /// What may happen to a signed mail on its way, and what may not.
    @Test(arguments: [
        ("", "", DKIMResult.pass), ("Subject: Hello", "SUBJECT:  Hello ", .pass), ("A question.", "A question. \t", .pass),
        ("\r\n\r\n\r\n", "\r\n\r\n\r\n\r\n\r\n", .fail), ("question", "Question", .fail), ("Hello", "Hallo", .fail),
        ("A question.\r\n", "A question.\r\nmore\r\n", .fail), ("To: desk", "X-New: 1\r\nTo: desk", .pass), ("\r\n", "\n", .pass),
        ("From: Sam", "From: Boss <boss@bank.test>\r\nFrom: Sam", .fail), ("Subject: Hello", "Subject: Hello\r\nSubject: Pay", .fail),
        ("To: desk@example.test\r\n", "", .fail), ("To: desk", "Cc: all@example.test\r\nTo: desk", .fail),
        ("From: Sam", "Content-Type: text/html\r\nFrom: Sam", .fail),
    ])
    func onTheWay(part: String, becomes: String, result: DKIMResult) async throws {
        var mail = try Self.signed()
        if part == "\r\n\r\n\r\n" {
            mail = mail.replacing("A question.", with: "A\r\n\r\n\r\n\r\nquestion.")
        } else if part == "From: Sam" || part == "Subject: Hello" || part == "To: desk" {
            mail = mail.replacing("\r\n" + part, with: "\r\n" + becomes)
        } else if !part.isEmpty {
            mail = mail.replacing(part, with: becomes)
        }
        let verdicts = try await Self.check(mail)
        #expect(verdicts.map(\.result) == [result])
        #expect((verdicts[0].problem == nil) == (result == .pass))
    }

    /// The owner of a key says what it is good for (RFC 6376 §3.6.1).
    @Test(arguments: [
        ("%", DKIMResult.pass, false), ("v=DKIM1; t=y; %", .pass, true), ("v=DKIM1; t=s; %", .pass, false),
        ("v=DKIM1; g=; %", .pass, false),
        ("v=DKIM1; p=", .permanentError, false), ("v=DKIM2; %", .permanentError, false), ("v=DKIM1; h=sha1; %", .permanentError, false),
        ("v=DKIM1; h=sha1:sha256; %", .pass, false), ("v=DKIM1; s=other; %", .permanentError, false), ("v=DKIM1; s=email; %", .pass, false),
        ("v=DKIM1; k=ed25519; %", .permanentError, false), ("%; v=DKIM1", .permanentError, false), ("v=spf1 -all", .permanentError, false),
        ("v=DKIM1; p=AAAA", .permanentError, false), ("v=DKIM1; p=!!!", .permanentError, false),
    ])
    func key(record: String, result: DKIMResult, testing: Bool) async throws {
        let own = try Self.signer().record.replacing("v=DKIM1; k=rsa; ", with: "")
        let verdict = try #require(try await Self.check(try Self.signed(), record: record.replacing("%", with: own)).first)
        #expect(verdict.result == result)
        #expect(verdict.testing == testing)
        #expect(verdict.vouches == (result == .pass && !testing))
    }

    @Test func keyInDNS() async throws {
        let claims = TrustClaims(Array(try Self.signed().utf8)).signatures
        #expect(
            await CheckDKIM(dns: TableDNS(["s._domainkey.shop.test FAIL"]), now: Self.now).run(claims).map(\.result) == [.temporaryError])
        #expect(await CheckDKIM(dns: TableDNS([]), now: Self.now).run(claims).map(\.result) == [.permanentError])
        let twice = try await Self.check(Self.signed(), more: ["s._domainkey.shop.test TXT p=AAAA"])
        #expect(twice.map(\.result) == [.permanentError])
        let beside = try await Self.check(Self.signed(), more: ["s._domainkey.shop.test TXT v=spf1 -all"])
        #expect(beside.map(\.result) == [.pass])
    }

    /// Below 1024 bits a key protects nothing (RFC 8301 §3.2); the crypto library reads none below that.
    @Test(arguments: [(1024, DKIMResult.pass), (4096, .pass)])
    func sizes(bits: Int, result: DKIMResult) async throws {
        let key = try _RSA.Signing.PrivateKey(unsafeKeySize: _RSA.Signing.KeySize(bitCount: bits))
        let signer = SignDKIM(domain: "shop.test", selector: "s", key: .rsa(key))
        let mail = String(decoding: try signer.run(Array(Self.mail.utf8), at: Self.now), as: UTF8.self)
        #expect(try await Self.check(mail, record: signer.record).map(\.result) == [result])
    }

    /// Tags of the signature, each put into one that would be good (the signature itself no longer fits then: only refusals are asked for).
    @Test(arguments: [
        ("v=1", "v=2", DKIMResult.permanentError), ("a=rsa-sha256", "a=rsa-sha1", .permanentError), ("d=shop.test", "d=", .permanentError),
        ("d=shop.test", "d=shop.test; i=sam@other.test", .permanentError), ("h=from:from:", "h=", .permanentError),
        ("t=", "l=5; t=", .policy), ("t=", "l=9999; t=", .fail), ("t=", "x=1; t=", .permanentError), ("t=", "q=ldap; t=", .permanentError),
        ("t=", "s=other; t=", .permanentError), ("t=", "l=-1; t=", .permanentError), ("c=relaxed/relaxed", "c=nofws", .permanentError),
        ("bh=", "bh=AAAA", .fail), ("b=", "b=!", .permanentError),
    ])
    func tags(tag: String, becomes: String, result: DKIMResult) async throws {
        let mail = try Self.signed()
        let range = try #require(mail.range(of: tag == "b=" ? "\tb=" : tag))
        let verdicts = try await Self.check(mail.replacingCharacters(in: range, with: tag == "b=" ? "\tb=!" : becomes))
        #expect(verdicts.map(\.result) == [result])
    }

    @Test func times() async throws {
        let mail = try Self.signed()
        #expect(try await Self.check(mail, at: Self.now - 36_001).map(\.result) == [.permanentError])
        #expect(try await Self.check(mail, at: Self.now - 35_000).map(\.result) == [.pass])
    }

    /// Each is judged by itself, at most ten.
    @Test func severalSignatures() async throws {
        let other = SignDKIM(domain: "list.test", selector: "e", key: .ed25519(Curve25519.Signing.PrivateKey()))
        let both = String(decoding: try other.run(Array(Self.signed().utf8), at: Self.now), as: UTF8.self)
        let verdicts = try await Self.check(both, more: ["e._domainkey.list.test TXT \(other.record)"])
        #expect(verdicts.map(\.domain) == ["list.test", "shop.test"])
        #expect(verdicts.map(\.result) == [.pass, .pass])
        let crowd = String(repeating: "DKIM-Signature: v=1\r\n", count: 50) + Self.mail
        #expect(TrustClaims(Array(crowd.utf8)).signatures.count == 10)
    }

    /// The example of RFC 8463 appendix A, both signatures.
    @Test func exampleOfTheRFC() async throws {
        let head = """
            d=football.example.com; i=@football.example.com;
             q=dns/txt; s=%; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
            """
        let mail = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             \(head.replacing("%", with: "brisbane"))
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             \(head.replacing("%", with: "test"))
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.

            """
        let dns = TableDNS([
            "brisbane._domainkey.football.example.com TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "test._domainkey.football.example.com TXT v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk"
                + "08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2"
                + "EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
        ])
        let verdicts = await CheckDKIM(dns: dns, now: Self.now).run(TrustClaims(Array(mail.utf8)).signatures)
        #expect(verdicts.map(\.result) == [.pass, .pass])
    }

    /// RFC 6376 §3.4.5.
    @Test func canonicalForms() {
        let mail = RawFields(Array("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n".utf8))
        #expect(mail.fields.map { String(decoding: Canonicalization.relaxed.field($0), as: UTF8.self) } == ["a:X", "b:Y Z"])
        #expect(mail.fields.map { String(decoding: Canonicalization.simple.field($0), as: UTF8.self) } == ["A: X", "B : Y\t\r\n\tZ  "])
        #expect(Canonicalization.relaxed.bodyDigest(mail.body).digest == Array(SHA256.hash(data: Array(" C\r\nD E\r\n".utf8))))
        #expect(Canonicalization.simple.bodyDigest(mail.body).digest == Array(SHA256.hash(data: Array(" C \r\nD \t E\r\n".utf8))))
        #expect(Canonicalization.relaxed.bodyDigest([]).count == 0)
        #expect(Canonicalization.simple.bodyDigest([]).count == 2)
    }

    /// Any bytes give an answer.
    @Test(arguments: [
        "", "\r\n", "\n\n", ":", " folded\r\n\r\n", "From", "DKIM-Signature:", "DKIM-Signature: =;;=\r\nARC-Seal: i=\r\n\r\n", "\u{0}",
    ])
    func anyBytes(text: String) { #expect(TrustClaims(Array(text.utf8)).signatures.allSatisfy { $0.settled != nil }) }

    @Test func keysInPEM() throws {
        let rsa = try #require(Self.key)
        let wanted = SignDKIM(domain: "a.test", selector: "s", key: .rsa(rsa)).record
        #expect(try SignDKIM(domain: "a.test", selector: "s", pem: rsa.pemRepresentation).record == wanted)
        #expect(try SignDKIM(domain: "a.test", selector: "s", pem: rsa.pkcs8PEMRepresentation).record == wanted)
        let pem =
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n"
        #expect(try SignDKIM(domain: "a.test", selector: "s", pem: pem).record.hasSuffix("p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
        #expect(throws: SignDKIM.KeyProblem.unreadable) { try SignDKIM(domain: "a.test", selector: "s", pem: "no key") }
    }
}
