import NIOCore
import NIOSSL
import Synchronization
import Testing

@testable import MailTransport

/// One request to a provider: what is certain, what is not, and whom it is said to.
@Suite struct WebClientTests {
    /// A web server of the test's: says `answer` once all of the request has come, and closes.
    final class Site: Sendable {
        let received = Mutex<String>("")

        static func run(
            tls: NIOSSLContext? = nil, answer: @escaping @Sendable (String) -> String?, _ body: (Site, Int) async throws -> Void
        ) async throws {
            let site = Site()
            try await withConnections(
                { channel in
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Talker(site: site, answer: answer))
                }, { try await body(site, $0) })
        }

        private final class Talker: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer
            typealias OutboundOut = ByteBuffer
            private let site: Site
            private let answer: @Sendable (String) -> String?

            init(site: Site, answer: @escaping @Sendable (String) -> String?) {
                self.site = site
                self.answer = answer
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                let text = site.received.withLock { text in
                    text += String(buffer: unwrapInboundIn(data))
                    return text
                }
                guard let words = answer(text) else { return }
                let channel = context.channel
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: words))).whenComplete { _ in channel.close(promise: nil) }
            }
        }
    }

    private static let taken = "HTTP/1.1 200 OK\r\nX-Message-Id: abc\r\nContent-Length: 2\r\n\r\n{}"

    private static func request(_ port: Int, host: String = "127.0.0.1", isEncrypted: Bool = false, body: String = "mail!") -> WebRequest {
        WebRequest(
            address: WebAddress(host: host, port: port, isEncrypted: isEncrypted), path: "/v1/send?x=1", headers: [("X-Key", "k")],
            body: Array(body.utf8))
    }

    @Test func `that the request is on its way is recorded before its last byte`() async throws {
        try await Site.run(answer: { $0.hasSuffix("mail!") ? Self.taken : nil }) { site, port in
            let before = Mutex("")
            let outcome = try await WebClient().run(Self.request(port)) {
                // All but the last byte has left; the other side may not have read it yet.
                before.withLock { $0 = site.received.withLock { $0 } }
            }
            guard case .answered(let answer) = outcome else { throw Unexpected(outcome: outcome) }
            #expect(answer.status == 200 && answer.header("x-message-id") == "abc" && answer.body == Array("{}".utf8))
            #expect(!before.withLock { $0 }.hasSuffix("mail!"))
            let text = site.received.withLock { $0 }
            #expect(text.hasPrefix("POST /v1/send?x=1 HTTP/1.1\r\n") && text.contains("\r\nHost: 127.0.0.1:\(port)\r\n"))
            #expect(text.contains("\r\nX-Key: k\r\n") && text.contains("\r\nContent-Length: 5\r\n"))
        }
    }

    @Test func `what cannot be recorded does not go out`() async throws {
        try await Site.run(answer: { _ in nil }) { site, port in
            struct Full: Error {}
            let outcome = try await WebClient().run(Self.request(port)) { throw Full() }
            guard case .notSent(_, isFault: false) = outcome else { throw Unexpected(outcome: outcome) }
            #expect(!site.received.withLock { $0 }.hasSuffix("!"))
        }
    }

    @Test func `no answer behind the last byte is uncertain, by a drop and by silence`() async throws {
        try await Site.run(answer: { $0.hasSuffix("mail!") ? "" : nil }) { _, port in
            let outcome = try await WebClient().run(Self.request(port))
            guard case .unanswered = outcome else { throw Unexpected(outcome: outcome) }
        }
        try await Site.run(answer: { _ in nil }) { _, port in
            var timeouts = WebClient.Timeouts()
            timeouts.answer = .milliseconds(200)
            let outcome = try await WebClient(timeouts: timeouts).run(Self.request(port))
            guard case .unanswered("it did not answer in time") = outcome else { throw Unexpected(outcome: outcome) }
        }
    }

    @Test func `an answer to a part of the request is one, and nobody there is none`() async throws {
        try await Site.run(answer: { $0.contains("\r\n\r\n") ? "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n" : nil }) { _, port in
            let outcome = try await WebClient().run(Self.request(port, body: String(repeating: "x", count: 8_000_000)))
            switch outcome {
            case .answered(let answer): #expect(answer.status == 413)
            // The site closed before we had read its answer: nothing of it can have been taken.
            case .notSent(_, isFault: false): break
            default: throw Unexpected(outcome: outcome)
            }
        }
        let outcome = try await WebClient().run(Self.request(1))
        guard case .notSent(_, isFault: false) = outcome else { throw Unexpected(outcome: outcome) }
    }

    @Test(arguments: [("DNS:api.provider.test", true, true), ("DNS:api.other.test", true, false), ("DNS:api.provider.test", false, false)])
    func `a certificate has to be the host's own, of somebody trusted`(name: String, isTrusted: Bool, works: Bool) async throws {
        let certificates = try await Certificates(name)
        let tls = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificates.certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: certificates.key, format: .pem))))
        let roots = isTrusted ? certificates.certificate : nil
        try await Site.run(tls: tls, answer: { $0.hasSuffix("mail!") ? Self.taken : nil }) { site, port in
            let web = try WebClient(additionalTrustRoots: roots, reach: { _ in WebAddress(host: "127.0.0.1", port: port) })
            let outcome = await web.run(Self.request(443, host: "api.provider.test", isEncrypted: true))
            switch outcome {
            case .answered(let answer): #expect(works && answer.status == 200)
            case .notSent(_, let isFault): #expect(!works && isFault && site.received.withLock { $0.isEmpty })
            case .unanswered: throw Unexpected(outcome: outcome)
            }
        }
    }

    private struct Unexpected: Error {
        var outcome: WebOutcome
    }
}
