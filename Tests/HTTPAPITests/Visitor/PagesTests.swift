import Desk
import Foundation
import Testing

/// Pages and files of the web folder.
@Suite struct PagesTests {
    private func withFiles(_ files: [String: String], _ body: @Sendable (TestServer) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "throughline-web-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: "\(folder)/assets", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        try await TestServer.run(assets: folder, body)
    }

    @Test func filesAreServedCompressedAndNotTwice() async throws {
        try await withFiles(["sdk.js": "plain", "sdk.js.gz": "small", "assets/a.css": "x"]) { server in
            let plain = try await server.request("GET", "/packs/js/sdk.js")
            #expect(plain.body == "plain")
            #expect(plain.headers["content-type"] == "text/javascript; charset=utf-8")
            let gzip = try await server.request("GET", "/packs/js/sdk.js", headers: ["Accept-Encoding": "br, gzip;q=0.8"])
            #expect(gzip.body == "small" && gzip.headers["content-encoding"] == "gzip")
            #expect(try await server.request("GET", "/packs/js/sdk.js", headers: ["Accept-Encoding": "gzip;q=0"]).body == "plain")
            let tag = try #require(plain.headers["etag"])
            let again = try await server.request("GET", "/packs/js/sdk.js", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try await server.request("GET", "/assets/a.css").status == 200)
            for path in ["/assets/../sdk.js", "/assets/%2e%2e/sdk.js", "/assets/none.js", "/assets/sdk.js.gz"] {
                #expect(try await server.request("GET", path).status == 404)
            }
        }
    }

    @Test func theFrameKnowsItsSessionAndItsWebsites() async throws {
        try await withFiles(["widget.html": "<script>{{config}}</script>"]) { server in
            let page = try await server.request("GET", "/widget?website_token=\(server.token)")
            #expect(page.headers["content-security-policy"]?.hasSuffix("frame-ancestors *") == true)
            #expect(page.body.contains(#""authToken":"ey"#))
            #expect(page.body.dropFirst("<script>".count).dropLast("</script>".count).contains("<") == false)
            #expect(try await server.request("GET", "/widget?website_token=none").status == 404)
        }
    }

    @Test func aFrameIsOnlyForTheAllowedDomains() async throws {
        let folder = NSTemporaryDirectory() + "throughline-web-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("{{config}}".utf8).write(to: URL(fileURLWithPath: "\(folder)/widget.html"))
        let domains = JSON.object([("allowed_domains", .string("https://shop.example.test, x'; script-src *"))])
        try await TestServer.run(inbox: { $0.settings = domains }, assets: folder) { server in
            let page = try await server.request("GET", "/widget?website_token=\(server.token)")
            #expect(
                page.headers["content-security-policy"]?.hasSuffix("frame-ancestors 'self' https://shop.example.test script-src *") == true)
        }
    }

    @Test func whoeverWatchesTheServerGetsNumbers() async throws {
        try await TestServer.run { server in
            #expect(try await server.request("GET", "/healthz").status == 200)
            #expect(try await server.request("GET", "/readyz")["status"].stringValue == "ready")
            let text = try await server.request("GET", "/metrics").body
            #expect(text.contains("throughline_event_streams 0\n"))
            #expect(text.contains("throughline_queue_jobs{queue=\"outbox\"} 0\n"))
        }
    }
}
