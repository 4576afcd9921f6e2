import Foundation
import Testing

@testable import Settings

/// Command line over environment over file over default.
@Suite struct PrecedenceTests {
    @Test func everyDefaultIsAsDocumented() throws {
        let settings = try load()
        #expect(settings.data.directory == "/somewhere/data")
        #expect(settings.database.url == nil)
        #expect(settings.http == .init(listen: .init(host: "127.0.0.1", port: 3000), publicURL: "http://localhost:3000"))
        #expect(settings.smtp.listen == [.init(host: "127.0.0.1", port: 2525)])
        #expect(settings.smtp.tls == nil)
        #expect(settings.smtp.maxMessageBytes == 26_214_400)
        #expect(HostName.isName(settings.smtp.hostname))
        #expect(settings.lmtp.listen == nil)
        #expect(settings.mail.relayURL == "mailbox:")
        #expect(settings.mail.staysHere)
        #expect(settings.mail.replyDomain == nil)
        #expect(settings.mail.from == nil)
        #expect(settings.mail.keepRawFor == .seconds(30 * 86400))
        #expect(settings.mail.dns == .system)
        let wait = settings.continuity
        #expect([wait.closedAfter, wait.unseenAfter, wait.quietFor] == [.seconds(45), .seconds(180), .seconds(45)])
        #expect([wait.atLatest, wait.minInterval, wait.undoWindow] == [.seconds(600), .seconds(300), .seconds(20)])
        #expect(settings.log == .init(level: .info, format: .text))
    }

    @Test(arguments: [
        (["--http-listen", "127.0.0.1:1"], ["THROUGHLINE_HTTP_LISTEN": "127.0.0.1:2"], "http.listen: 127.0.0.1:3", 1),
        (["--http-listen=127.0.0.1:1"], ["THROUGHLINE_HTTP_LISTEN": "127.0.0.1:2"], "http.listen: 127.0.0.1:3", 1),
        ([], ["THROUGHLINE_HTTP_LISTEN": "127.0.0.1:2"], "http.listen: 127.0.0.1:3", 2),
        ([], ["THROUGHLINE_HTTP_LISTEN": ""], "http.listen: 127.0.0.1:3", 3),
        ([], [:], "http.listen: 127.0.0.1:3", 3),
        ([], [:], "http:\n  listen: 127.0.0.1:3", 3),
        ([], [:], "http:\n  listen:\n", 4),
        (["--http-listen=127.0.0.1:1", "--http-listen=127.0.0.1:5"], [:], "", 5),
    ])
    func strongestWins(arguments: [String], environment: [String: String], yaml: String, port: Int) throws {
        let settings = try load(arguments, environment: environment, yaml: yaml, defaults: ["http.listen": "127.0.0.1:4"])
        #expect(settings.http.listen.port == port)
    }

    @Test func whatIsNoSettingIsHandedBackInOrder() throws {
        let arguments = ["serve", "--data-directory", "/d", "--fresh", "-v", "--log-level=debug", "x", "--", "--http-listen", "no"]
        let (settings, rest) = try Settings.load(arguments: arguments, environment: [:], workingDirectory: "/nowhere")
        #expect(rest == ["serve", "--fresh", "-v", "x", "--", "--http-listen", "no"])
        #expect(settings.data.directory == "/d")
        #expect(settings.log.level == .debug)
    }

    @Test(arguments: [
        (["demo", "--log-level", "debug"], "demo"), (["--log-level", "debug", "demo", "--fresh"], "demo"),
        (["--log-level=demo", "serve"], "serve"), (["--log-level", "demo"], nil), ([], nil),
    ])
    func commandIsFoundAmongSettings(arguments: [String], command: String?) throws {
        #expect(try Settings.command(in: arguments) == command)
    }

    @Test func fileIsFoundByNameAndByOption() throws {
        let folder = try TemporaryFolder()
        try folder.write("throughline.yaml", "log.level: error")
        try folder.write("other.yaml", "log:\n  format: json")
        let here = { (arguments: [String]) in
            try Settings.load(arguments: arguments, environment: [:], workingDirectory: folder.path).settings.log
        }
        #expect(try here([]) == .init(level: .error, format: .text))
        #expect(try here(["--config", "other.yaml"]) == .init(level: .info, format: .json))
        #expect(try here(["--config=\(folder.path)/other.yaml"]) == .init(level: .info, format: .json))
        let without = try Settings.load(arguments: [], environment: [:], workingDirectory: folder.path, fileName: nil)
        #expect(without.settings.log.level == .info)
    }

    /// `off` is a boolean in YAML and `0x10` a number: the text counts as it was typed.
    @Test func fileHoldsTextAsTyped() throws {
        let settings = try load(
            yaml: """
                smtp:
                  listen: off
                  max-message-bytes: 2048
                lmtp.listen: [::1]:24
                mail:
                  from: "desk@example.com"
                continuity: { quiet-for: 10s, at-latest: 1m }
                """.replacing("[::1]:24", with: "'[::1]:24'"))
        #expect(settings.smtp.listen == [])
        #expect(settings.smtp.maxMessageBytes == 2048)
        #expect(settings.lmtp.listen == .address(.init(host: "::1", port: 24)))
        #expect(settings.mail.from == "desk@example.com")
        #expect(settings.continuity.quietFor == .seconds(10))
    }

    @Test func fileMayHoldAList() throws {
        let settings = try load(yaml: "smtp:\n  listen:\n    - 127.0.0.1:25\n    - '[::1]:25'\n")
        #expect(settings.smtp.listen.map(\.description) == ["127.0.0.1:25", "[::1]:25"])
    }

    @Test func publicURLFollowsThePort() throws {
        #expect(try load(["--http-listen", "0.0.0.0:8080"]).http.publicURL == "http://localhost:8080")
        #expect(try load(["--http-public-url", "HTTPS://Chat.Example.com/"]).http.publicURL == "https://chat.example.com")
    }

    @Test func pathsBecomeAbsolute() throws {
        let settings = try load(["--data-directory", "../x/", "--lmtp-listen", "run/lmtp"])
        #expect(settings.data.directory == "/x")
        #expect(settings.lmtp.listen == .unix(path: "/somewhere/run/lmtp"))
    }

    @Test func emptyOptionalIsAbsent() throws {
        #expect(try load(["--mail-from="], yaml: "mail.from: a@example.com").mail.from == nil)
    }
}

/// Settings from a folder whose `throughline.yaml` holds `yaml`; the working directory is `/somewhere` where there is none.
func load(
    _ arguments: [String] = [], environment: [String: String] = [:], yaml: String? = nil, defaults: [String: String] = [:]
) throws -> Settings {
    guard let yaml else {
        return try load(in: "/somewhere")
    }
    let folder = try TemporaryFolder()
    try folder.write("throughline.yaml", yaml)
    return try load(in: folder.path)

    func load(in folder: String) throws -> Settings {
        try Settings.load(arguments: arguments, environment: environment, workingDirectory: folder, defaults: defaults).settings
    }
}

/// A folder that goes when its last user does.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "settings-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path).appending(path: name))
    }
}
