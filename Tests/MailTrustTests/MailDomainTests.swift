import MailTrust
import Testing

@Suite struct MailDomainTests {
    private let dns = TableDNS([
        "mx.test MX 10 mail.mx.test", "none.test MX 0 .", "address.test A 192.0.2.1", "six.test AAAA 2001:db8::1", "slow.test",
        "xn--bcher-kva.test MX 10 mail.test",
    ])

    @Test(
        arguments: [
            ("mx.test", true), ("MX.test.", true), ("none.test", false), ("address.test", true), ("six.test", true), ("slow.test", nil),
            ("nothing.test", false), ("bücher.test", true), ("", false), ("a..test", false),
        ] as [(String, Bool?)])
    func aDomainTakesMailByItsExchangersElseByItsAddresses(domain: String, takes: Bool?) async {
        #expect(await MailDomain.takesMail(domain, dns: dns) == takes)
    }
}
