import Foundation
import Testing

@testable import Settings

/// A password is never shown: not in a report, not in an error.
@Suite struct SecretTests {
    @Test(arguments: [
        ("smtp://user:secret@relay.test:587", "smtp://…@relay.test:587"),
        ("smtp://user:secret@relay.test:587?tls=none", "smtp://…@relay.test:587?tls=none"),
        ("smtps://secret:secret@relay.test", "smtps://…@relay.test"),
        ("smtp://user:sec@secret@relay.test", "smtp://…@relay.test"),
        ("smtp://user:5/secret@relay.test", "smtp://…@relay.test"),
        ("smtp://user:5?secret@relay.test", "smtp://…@relay.test"),
        ("smtp://user:secret", "smtp://…"), ("smtp://user:secret/relay.test", "smtp://…"),
        ("smtp://relay.test?secret", "smtp://relay.test?…"), ("user:secret@relay.test", "…"), ("secret", "…"), ("", ""),
        ("mailbox:", "mailbox:"), ("postgres://u:secret@db.test/desk", "postgres://…@db.test/desk"),
        ("postgres://db.test/desk?password=secret", "postgres://db.test/desk?…"),
    ])
    func urlIsShownWithout(url: String, shown: String) {
        #expect(Concealed.url(url) == shown)
    }

    @Test(arguments: [
        "smtp://user:p@secret@relay.test", "smtp://user:secret@re lay.test", "smtp://user:secret@relay.test:0",
        "smtp//user:secret@relay.test",
        "smtp://user:secret#@relay.test", "smtp://user:secret/@relay.test", "smtp://user:%secret@relay.test",
        "http://user:secret@relay.test",
    ])
    func errorHidesIt(url: String) throws {
        let line = try refusal { _ = try load(["--mail-relay-url", url]) }
        #expect(line.hasPrefix("mail.relay-url: “"))
        #expect(!line.contains("secret"))
    }

    @Test func refusalHidesIt() throws {
        let settings = try load(["--mail-relay-url=smtp://user:secret@relay.test"])
        let error = settings.refusal(of: "mail.relay-url", problem: "would send mail out", advice: "Leave it out.")
        #expect(
            error.description
                == "mail.relay-url: “smtp://…@relay.test” would send mail out. Leave it out. (from --mail-relay-url)")
    }

    @Test func reportsHideIt() throws {
        let settings = try load(
            ["--mail-relay-url=smtp://user:secret@relay.test"], environment: ["THROUGHLINE_DATABASE_URL": "postgres://u:secret@h/d"])
        #expect(settings.mail.relayURL == "smtp://user:secret@relay.test")
        #expect(settings.database.url == "postgres://u:secret@h/d")
        let text = SettingsReport.text(settings.rows)
        let json = String(decoding: try SettingsReport.json(settings.rows), as: UTF8.self)
        for report in [text, json] {
            #expect(report.contains("smtp://…@relay.test"))
            #expect(report.contains("postgres://…@h/d"))
            #expect(!report.contains("secret@") && !report.contains(":secret"))
        }
    }
}
