import Foundation
import Testing

@testable import Settings

/// Every nonsense becomes one line that names the key, what was written and what to write instead.
@Suite struct NonsenseTests {
    @Test(arguments: [
        ("http.listen", "abc", "is not an address. Write host:port, for example 127.0.0.1:3000."),
        ("http.listen", "", "is not an address"), ("http.listen", ":3000", "has no host. Write 0.0.0.0:3000"),
        ("http.listen", "*:3000", "has no host"), ("http.listen", "127.0.0.1:0", "has no possible port. Write a port from 1 to 65535"),
        ("http.listen", "127.0.0.1:65536", "has no possible port"), ("http.listen", "127.0.0.1:+80", "is not an address"),
        ("http.listen", "127.0.0.1:99999999999999999999", "has no possible port"), ("http.listen", "1.2.3:80", "is not an address"),
        ("http.listen", "::1:80", "Write an IPv6 address in brackets"), ("http.listen", "[::x]:80", "is not an address"),
        ("http.listen", "off", "is not an address"), ("http.listen", "a b:80", "is not an address"),
        ("http.public-url", "chat.example.com", "does not begin with http:// or https://"),
        ("http.public-url", "ftp://chat.example.com", "does not begin with http://"),
        ("http.public-url", "https://", "has no possible host"), ("http.public-url", "https://a_b", "has no possible host"),
        ("http.public-url", "https://a.test/desk", "has a path"), ("http.public-url", "https://a.test?x", "has a path"),
        ("http.public-url", "https://u:p@a.test", "has a user name"), ("http.public-url", "https://a.test:0", "has no possible host"),
        ("smtp.listen", "127.0.0.1:25,127.0.0.1:25", "names 127.0.0.1:25 twice. Write each address once."),
        ("smtp.listen", "127.0.0.1:25,", "is not an address. Write host:port, several with commas, or off"),
        ("smtp.listen", "no", "is not an address"), ("smtp.listen", "off,127.0.0.1:25", "is not an address"),
        ("smtp.listen", "127.0.0.1:3000", "is the address of http.listen as well. Write another port."),
        ("smtp.hostname", "my_host", "is not a domain. Write a domain such as mail.example.com."),
        ("smtp.hostname", "a..b", "is not a domain"), ("smtp.hostname", "-a.test", "is not a domain"),
        ("smtp.hostname", "10.0.0.1", "is not a domain"),
        ("smtp.tls-certificate", "/nowhere.pem", "has no key. Write smtp.tls-key as well."),
        ("smtp.tls-key", "/nowhere.pem", "has no certificate. Write smtp.tls-certificate as well."),
        ("smtp.max-message-bytes", "25MB", "is not a number of bytes. Write a whole number of bytes from 1024 to 268435456"),
        ("smtp.max-message-bytes", "-1", "is not a number of bytes"), ("smtp.max-message-bytes", "1023", "is out of bounds"),
        ("smtp.max-message-bytes", "99999999999999999999", "is not a number of bytes"),
        ("lmtp.listen", "lmtp", "is not an address. Write host:port, the path of a unix socket"),
        ("lmtp.listen", "/run/", "is a folder"), ("lmtp.listen", "/" + String(repeating: "x", count: 107), "is too long"),
        ("lmtp.listen", "127.0.0.1:2525", "is the address of smtp.listen as well"),
        ("mail.relay-url", "smtp.example.com", "does not begin with smtp:// or smtps://"),
        ("mail.relay-url", "smtp://", "has no possible host"), ("mail.relay-url", "smtp://h:x", "has no possible host"),
        ("mail.relay-url", "smtp://user@h", "needs a user and a password before the @"),
        ("mail.relay-url", "smtp://h/path", "has a path"), ("mail.relay-url", "smtp://h?tls=maybe", "has an option that is not known"),
        ("mail.relay-url", "smtps://h?tls=none", "smtps is always encrypted"),
        ("mail.relay-url", "smtp://u:50%@h", "needs a user and a password"), ("mail.relay-url", "", "does not begin with smtp://"),
        ("mail.reply-domain", "reply@acme.test", "is an address, not a domain. Write what stands after the @."),
        ("mail.reply-domain", "rëply.test", "has letters that DNS has not. Write its ASCII form"),
        ("mail.from", "acme.test", "is not a mail address. Write one address such as support@example.com."),
        ("mail.from", "Acme <a@acme.test>", "is not a mail address"), ("mail.from", "a@b@c.test", "is not a mail address"),
        ("mail.from", "a..b@c.test", "is not a mail address"),
        ("mail.keep-raw-for", "30", "is not a duration. Write a number with s, m, h or d, from 1m to 3650d"),
        ("mail.keep-raw-for", "59s", "is out of bounds"), ("mail.keep-raw-for", "9223372036854775807d", "is not a duration"),
        ("mail.dns", "", "is not an address"), ("mail.dns", "dns.example.com", "is not an address"),
        (
            "mail.dns", "dns.example.com:53",
            "is not an IP address. Write an IP address such as 127.0.0.1 or 127.0.0.1:5353, system, or off."
        ),
        ("mail.check-port", "0", "is not a port"), ("mail.check-patience", "2h", "is out of bounds"),
        ("mail.dns", "127.0.0.1:0", "has no possible port"), ("continuity.closed-after", "soon", "is not a duration"),
        ("continuity.unseen-after", "-3m", "is not a duration"),
        ("continuity.quiet-for", "11m", "is longer than continuity.at-latest, 10m. Write at most 10m"),
        ("continuity.at-latest", "44s", "is shorter than continuity.quiet-for, 45s. Write at least 45s"),
        ("continuity.at-latest", "8d", "is out of bounds"), ("continuity.min-interval", "1w", "is not a duration"),
        ("continuity.undo-window", "1.5m", "is not a duration"), ("continuity.undo-window", "m", "is not a duration"),
        ("log.level", "loud", "is not known. Write one of trace, debug, info, notice, warning, error, critical."),
        ("log.level", "INFO", "is not known"), ("log.format", "xml", "is not known. Write one of text, json."),
        ("data.directory", "", "is not a path. Write a path, for example ./data."),
        ("database.url", "mysql://h/d", "does not begin with postgres://"), ("database.url", "postgres://h", "names no database"),
    ])
    func isToldInOneLine(key: String, written: String, told: String) throws {
        let flag = "--" + key.replacing(".", with: "-")
        let line = try refusal { _ = try load(["\(flag)=\(written)"]) }
        #expect(line.hasPrefix("\(key): “\(Concealed.isURL(key) ? Concealed.url(written) : written)” "))
        #expect(line.contains(told), "\(line)")
        #expect(line.hasSuffix("(from \(flag))"))
        #expect(!line.contains("\n"))
    }

    /// So that a setting without a check cannot be added unseen.
    @Test func everySettingRefusesSomething() {
        for entry in SettingsTable.all where entry.kind != "path" {
            #expect(throws: SettingsError.self, "\(entry.key)") { try load(["\(entry.flag)=not sensible at all"]) }
        }
    }

    @Test(arguments: [
        (["--http-lisen", "x"], [:], "", "--http-lisen: there is no such setting. Write --http-listen."),
        (["--smtp-whatever-it-may-be=smtp://u:secret@h"], [:], "", "--smtp-whatever-it-may-be: there is no such setting. Leave it out"),
        (["--http-listen"], [:], "", "http.listen: no value follows --http-listen. Write --http-listen VALUE."),
        (["--http-listen", "--fresh"], [:], "", "http.listen: no value follows --http-listen."),
        (["--config"], [:], "", "config: no value follows --config. Write the path of a YAML file."),
        (["--config", "gone.yaml"], [:], "", "config: “gone.yaml” is not there. Write the path of a YAML file"),
        ([], ["THROUGHLINE_HTTP_LISTN": "x"], "", "THROUGHLINE_HTTP_LISTN: there is no such setting. Write THROUGHLINE_HTTP_LISTEN."),
        ([], ["THROUGHLINE_X": "x"], "", "THROUGHLINE_X: there is no such setting. Unset it; “throughline settings” lists"),
        ([], ["THROUGHLINE_LOG_LEVEL": "x"], "", "log.level: “x” is not known. Write one of trace"),
        ([], [:], "log:\n  levl: info", "log.levl: there is no such setting. Write log.level. (from throughline.yaml line 2)"),
        ([], [:], "\n\nlog.level: loud", "log.level: “loud” is not known"),
        ([], [:], "\n\nlog.level: loud", "(from throughline.yaml line 3)"),
        ([], [:], "smtp: yes", "smtp: holds no settings."), ([], [:], "- a", "throughline.yaml: holds no settings."),
        ([], [:], "log:\n  level: [a, [b]]", "log.level: holds a list or section. Write one value"),
        ([], [:], "log:\n  level: {a: b}", "log.level: holds a list or section"),
        ([], [:], "log.level: info\nlog:\n  level: info", "log.level: stands twice. Write it once. (from throughline.yaml line 3)"),
        ([], [:], "log.level: info\nlog.level: info", "log.level: stands twice"),
        ([], [:], "log: [", "throughline.yaml: is not YAML at line"), ([], [:], "\tlog: x", "throughline.yaml: is not YAML at line 1"),
        ([], [:], "[a]: b", "throughline.yaml: has a key that is no text"),
        ([], [:], "a: &x 1\nlog.level: *x", "a: there is no such setting"),
    ])
    func unknownAndUnreadable(arguments: [String], environment: [String: String], yaml: String, told: String) throws {
        let line = try refusal { _ = try load(arguments, environment: environment, yaml: yaml) }
        #expect(line.contains(told), "\(line)")
        #expect(!line.contains("\n"))
        #expect(!line.contains("secret"))
    }

    @Test func fileThatIsNoText() throws {
        let folder = try TemporaryFolder()
        try Data([0x6C, 0xFF, 0xFE]).write(to: URL(filePath: folder.path).appending(path: "throughline.yaml"))
        let line = try refusal { _ = try Settings.load(arguments: [], environment: [:], workingDirectory: folder.path) }
        #expect(line.hasPrefix("config: “throughline.yaml” is not UTF-8 text."))
        let directory = try refusal {
            _ = try Settings.load(arguments: ["--config", "."], environment: [:], workingDirectory: folder.path)
        }
        #expect(directory.hasPrefix("config: “.” cannot be read."))
        let endless = try refusal { _ = try Settings.load(arguments: ["--config=/dev/zero"], environment: [:], workingDirectory: "/") }
        #expect(endless.hasPrefix("config: “/dev/zero” is larger than 1 MiB."))
    }

    @Test func lineStaysOneLine() throws {
        let line = try refusal { _ = try load(["--log-level=a\nb\u{2028}c\u{1B}[31m" + String(repeating: "x", count: 10_000)]) }
        #expect(!line.unicodeScalars.contains { $0.value < 32 || $0.value == 0x2028 })
        #expect(line.count < 600)
    }

    @Test func tlsFilesAreLookedFor() throws {
        let folder = try TemporaryFolder()
        try folder.write("c.pem", "-")
        let load = { (key: String) in
            try Settings.load(
                arguments: ["--smtp-tls-certificate=c.pem", "--smtp-tls-key", key], environment: [:], workingDirectory: folder.path
            ).settings.smtp.tls
        }
        #expect(try load("./c.pem") == .init(certificate: folder.path + "/c.pem", key: folder.path + "/c.pem"))
        #expect(try refusal { _ = try load("k.pem") }.hasPrefix("smtp.tls-key: “k.pem” is no file that can be read."))
        #expect(try refusal { _ = try load(".") }.hasPrefix("smtp.tls-key: “.” is no file that can be read."))
    }

    @Test func replyDomainIsUsedForNothingElse() throws {
        let line = try refusal { _ = try load(["--mail-reply-domain=Acme.test", "--mail-from=help@ACME.test"]) }
        #expect(line.contains("is the domain of mail.from as well. Write a sub-domain that is used for nothing else"))
        #expect(try load(["--mail-reply-domain=reply.acme.test", "--mail-from=help@acme.test"]).mail.replyDomain == "reply.acme.test")
    }
}

/// The one line of the error that `work` must throw.
func refusal(_ work: () throws -> Void) throws -> String {
    let error = #expect(throws: SettingsError.self) { try work() }
    return try #require(error).description
}

extension Concealed {
    static func isURL(_ key: String) -> Bool { ["mail.relay-url", "database.url"].contains(key) }
}
