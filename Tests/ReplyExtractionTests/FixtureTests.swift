import Foundation
import Testing

@testable import ReplyExtraction

/// Every `Fixtures/NAME.txt` or `NAME.html` is a body written for what its name says; `NAME.reply` is the new text that it must give.
@Suite struct FixtureTests {
    static let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures") ?? URL(fileURLWithPath: "Fixtures")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".html") }.sorted()
    }()

    static func content(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    @Test func thereAreFixtures() {
        #expect(Self.names.count >= 280)
    }

    @Test(arguments: names)
    func givesItsNewText(_ name: String) throws {
        let body = try Self.content(name)
        let stem = name.prefix { $0 != "." }
        let expected = try Self.content(stem + ".reply")
        let got = name.hasSuffix(".html") ? ReplyExtractor.extract(text: "", html: body) : ReplyExtractor.extract(text: body)
        #expect(got.reply == expected)
    }

    /// Nothing is lost: what is not in the reply is in the quoted text or the signature.
    @Test(arguments: names)
    func losesNoWords(_ name: String) throws {
        guard name.hasSuffix(".txt"), !name.contains("banner") else { return }
        let body = try Self.content(name)
        let got = ReplyExtractor.extract(text: body)
        let parts = got.reply + "\n" + got.quoted + "\n" + (got.signature ?? "")
        // Marks of direction at the end of a line cannot be seen.
        func words(_ text: String) -> [String] {
            let seen = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .format }))
            return seen.split { $0.isWhitespace || $0 == ">" }.map(String.init).sorted()
        }
        #expect(words(parts) == words(body))
    }

    /// What was new stays new.
    @Test(arguments: names)
    func isTheSameTheSecondTime(_ name: String) throws {
        guard name.hasSuffix(".txt") else { return }
        let once = ReplyExtractor.extract(text: try Self.content(name)).reply
        #expect(ReplyExtractor.extract(text: once).reply == once)
    }
}
