import Foundation
import Testing

@testable import Settings

@Suite struct ReportTests {
    /// The keys that others build on.
    @Test func tableHoldsExactlyTheDocumentedKeys() {
        let keys = [
            "data.directory", "database.url", "http.listen", "http.public-url", "smtp.listen", "smtp.hostname", "smtp.tls-certificate",
            "smtp.tls-key", "smtp.max-message-bytes", "smtp.trusted-proxies", "lmtp.listen", "mail.relay-url", "mail.relay-connections",
            "mail.relay-per-minute", "mail.reply-domain", "mail.from",
            "mail.keep-raw-for", "mail.uncertain-wait", "mail.notify-agents-after", "mail.dns", "mail.trusted-certificates",
            "mail.check-patience",
            "mail.check-port", "continuity.closed-after",
            "continuity.unseen-after",
            "continuity.quiet-for",
            "continuity.at-latest",
            "continuity.min-interval", "continuity.undo-window", "log.level", "log.format",
        ]
        #expect(SettingsTable.all.map(\.key) == keys)
        #expect(SettingsTable.all.first { $0.key == "http.public-url" }?.flag == "--http-public-url")
        #expect(SettingsTable.all.first { $0.key == "http.public-url" }?.environmentName == "THROUGHLINE_HTTP_PUBLIC_URL")
    }

    @Test func rowsTellValueAndOrigin() throws {
        let rows = try load(
            ["--log-level", "debug"], environment: ["THROUGHLINE_LOG_FORMAT": "json"], yaml: "smtp:\n  hostname: mx.example.com"
        ).rows
        let find = { (key: String) in rows.first { $0.setting.key == key }.map { "\($0.value) from \($0.origin.text ?? "default")" } }
        #expect(rows.map(\.setting.key) == SettingsTable.all.map(\.key))
        #expect(find("log.level") == "debug from --log-level")
        #expect(find("log.format") == "json from THROUGHLINE_LOG_FORMAT")
        #expect(find("smtp.hostname") == "mx.example.com from throughline.yaml line 2")
        #expect(find("http.public-url") == "http://localhost:3000 from default")
        #expect(find("mail.from") == " from default")
    }

    @Test func jsonHasEveryFieldOfEverySetting() throws {
        let json = try JSONSerialization.jsonObject(with: SettingsReport.json(load(["--log-level=debug"]).rows))
        let rows = try #require(json as? [[String: Any]])
        #expect(rows.count == SettingsTable.all.count)
        let fields: Set = ["key", "meaning", "kind", "flag", "environment", "default", "value", "source", "secret"]
        for row in rows { #expect(Set(row.keys) == fields) }
        let level = try #require(rows.first { $0["key"] as? String == "log.level" })
        #expect(level["value"] as? String == "debug")
        #expect(level["default"] as? String == "info")
        #expect(level["source"] as? String == "--log-level")
        let from = try #require(rows.first { $0["key"] as? String == "mail.from" })
        #expect(from["value"] is NSNull && from["default"] is NSNull && from["source"] is NSNull)
    }

    @Test func textNamesEverySetting() throws {
        let text = SettingsReport.text(try load().rows)
        for entry in SettingsTable.all {
            #expect(text.contains("\(entry.key) = "))
            #expect(text.contains(entry.meaning))
        }
        #expect(text.contains("continuity.closed-after = 45s\n"))
    }

    /// docs/settings.md holds the table as it is here. To renew it, put the text that the failure shows between the two marks.
    @Test func documentationIsTheTable() throws {
        let docs = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../docs/settings.md").standardized
        let page = try String(contentsOf: docs, encoding: .utf8)
        #expect(page.contains(SettingsReport.markdown()), "docs/settings.md should hold:\n\(SettingsReport.markdown())")
    }

    @Test func exampleInTheDocumentationLoads() throws {
        let docs = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../docs/settings.md").standardized
        let page = try String(contentsOf: docs, encoding: .utf8)
        let example = try #require(page.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first)
        let settings = try load(yaml: String(example))
        #expect(settings.smtp.listen.map(\.description) == ["0.0.0.0:25", "[::]:25"])
        #expect(settings.mail.replyDomain == "reply.example.com")
    }

    @Test(arguments: [(0, "0s"), (45, "45s"), (90, "90s"), (180, "3m"), (3600, "1h"), (86400 * 7, "7d"), (86401, "86401s")])
    func durationsAreWrittenInTheLargestUnit(seconds: Int, text: String) {
        #expect(DurationText.write(.seconds(seconds)) == text)
        #expect(DurationText.parse(text) == .seconds(seconds))
    }
}
