import Testing

@testable import MailTransport

@Suite struct RelayURLTests {
    @Test(arguments: [
        ("smtp://mail.test", SMTPRelay(host: "mail.test", port: 587)),
        ("SMTP://mail.test/", SMTPRelay(host: "mail.test", port: 587)),
        ("smtps://mail.test", SMTPRelay(host: "mail.test", port: 465, encryption: .implicit)),
        ("smtp://mail.test:25?tls=none", SMTPRelay(host: "mail.test", port: 25, encryption: .none)),
        ("smtp://mail.test?tls=opportunistic", SMTPRelay(host: "mail.test", port: 587, encryption: .opportunistic)),
        ("smtp://mail.test?tls=required", SMTPRelay(host: "mail.test", port: 587)),
        ("smtp://[::1]:2525", SMTPRelay(host: "::1", port: 2525)),
        (
            "smtp://user%40x.test:p%40ss%3Aw%2Frd@mail.test:2587",
            SMTPRelay(host: "mail.test", port: 2587, credentials: SMTPRelay.Credentials(user: "user@x.test", password: "p@ss:w/rd"))
        ),
    ])
    func good(url: String, relay: SMTPRelay) throws {
        #expect(try SMTPRelay(url: url) == relay)
    }

    @Test(arguments: [
        "", "mail.test", "http://mail.test", "mailbox:", "smtp://", "smtp://mail.test:0", "smtp://mail.test:99999", "smtp://mail.test/path",
        "smtp://mail.test?tls=maybe", "smtp://mail.test?ssl=1", "smtps://mail.test?tls=none", "smtp://user:hunter2@",
        "smtp://user@mail.test",
        "smtp://user:hunter2@mail.test#x", "smtp://user:hunter2@mail.test:port", "smtp://a:hunter2%00@mail.test",
    ])
    func bad(url: String) {
        let error = #expect(throws: MailTransportError.self) { try SMTPRelay(url: url) }
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
    }

    @Test func thePasswordIsNeverShown() throws {
        let relay = try SMTPRelay(url: "smtp://user:hunter2@mail.test")
        var dumped = ""
        dump(relay, to: &dumped)
        for text in ["\(relay)", String(reflecting: relay), String(describing: Optional(relay)), "\(relay.credentials as Any)", dumped] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test(arguments: [("127.0.0.1:25", "127.0.0.1", 25), ("[::1]:0", "::1", 0), ("localhost:2525", "localhost", 2525)])
    func listenAddresses(text: String, host: String, port: Int) {
        let address = ListenAddress(parsing: text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address?.description == text)
    }

    @Test(arguments: ["", "25", ":25", "host", "host:", "host:x", "host:-1", "host:65536", "::1:25", "a b:25"])
    func badListenAddresses(text: String) {
        #expect(ListenAddress(parsing: text) == nil)
    }

    @Test func listsOfListenAddresses() {
        #expect(ListenAddress.list(parsing: "a:1, [::1]:2")?.map(\.port) == [1, 2])
        #expect(ListenAddress.list(parsing: "a:1,") == nil)
    }
}
