import NIOCore
import Testing

@testable import MailTransport

/// The PROXY protocol: the header alone, what a session makes of it, and who may send one.
@Suite struct ProxyHeaderTests {
    private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

    /// Version 2: command, family, addresses and what follows them.
    private static func binary(_ command: UInt8, _ family: UInt8, _ rest: [UInt8]) -> [UInt8] {
        signature + [command, family, UInt8(rest.count >> 8), UInt8(rest.count & 0xFF)] + rest
    }

    private static let v4: [UInt8] = [192, 0, 2, 7, 198, 51, 100, 1, 0xC8, 0x22, 0, 25]
    private static let v6: [UInt8] =
        [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [7] + Array(repeating: 0, count: 16) + [1, 1, 0, 25]

    private static let headers: [(String, [UInt8], ProxyHeader)] = [
        ("TCP4", Array("PROXY TCP4 192.0.2.7 198.51.100.1 51234 25\r\n".utf8), .source("192.0.2.7")),
        ("TCP6", Array("PROXY TCP6 2001:db8::7 2001:db8::1 51234 25\r\n".utf8), .source("2001:db8::7")),
        ("UNKNOWN", Array("PROXY UNKNOWN\r\n".utf8), .source(nil)),
        ("UNKNOWN with words", Array("PROXY UNKNOWN ff:: ff:: 1 1\r\n".utf8), .source(nil)),
        ("TCP4 with IPv6", Array("PROXY TCP4 ::1 ::1 1 1\r\n".utf8), .malformed),
        ("TCP6 with IPv4", Array("PROXY TCP6 192.0.2.7 192.0.2.7 1 1\r\n".utf8), .malformed),
        ("a name", Array("PROXY TCP4 good.test 198.51.100.1 1 1\r\n".utf8), .malformed),
        ("a port too high", Array("PROXY TCP4 192.0.2.7 198.51.100.1 65536 1\r\n".utf8), .malformed),
        ("a word too few", Array("PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n".utf8), .malformed),
        ("a word too many", Array("PROXY TCP4 192.0.2.7 198.51.100.1 1 1 1\r\n".utf8), .malformed),
        ("bare LF", Array("PROXY TCP4 192.0.2.7 198.51.100.1 1 1\n".utf8), .malformed),
        ("too long", Array("PROXY UNKNOWN \(String(repeating: "a", count: 200))\r\n".utf8), .malformed),
        ("lower case", Array("proxy TCP4 192.0.2.7 198.51.100.1 1 1\r\n".utf8), .malformed),
        ("a mail client", Array("EHLO c.test\r\n".utf8), .malformed),
        ("2, IPv4", binary(0x21, 0x11, v4), .source("192.0.2.7")),
        ("2, IPv4 and extensions", binary(0x21, 0x11, v4 + [4, 0, 1, 0]), .source("192.0.2.7")),
        ("2, IPv6", binary(0x21, 0x21, v6), .source("2001:db8::7")),
        ("2, LOCAL", binary(0x20, 0x00, []), .source(nil)),
        ("2, LOCAL with addresses", binary(0x20, 0x11, v4), .source(nil)),
        ("2, unspecified", binary(0x21, 0x00, []), .source(nil)),
        ("2, unix socket", binary(0x21, 0x31, Array(repeating: 0, count: 216)), .source(nil)),
        ("2, UDP", binary(0x21, 0x12, v4), .malformed),
        ("2, half an address", binary(0x21, 0x11, Array(v4.prefix(11))), .malformed),
        ("2, version 3", binary(0x31, 0x11, v4), .malformed),
        ("2, endless", signature + [0x21, 0x11, 0xFF, 0xFF], .malformed),
    ]

    @Test(arguments: headers) func header(_ name: String, _ bytes: [UInt8], _ expected: ProxyHeader) {
        var input = ByteBuffer(bytes: bytes + Array("EHLO".utf8))
        #expect(ProxyHeader.read(from: &input) == expected)
        if expected != .malformed { #expect(String(buffer: input) == "EHLO") }
        // Every piece of a good one is the beginning of it, and takes nothing.
        guard expected != .malformed else { return }
        for length in 1..<bytes.count {
            var piece = ByteBuffer(bytes: bytes.prefix(length))
            #expect(ProxyHeader.read(from: &piece) == .incomplete, "\(length) bytes")
            #expect(piece.readableBytes == length)
        }
    }

    @Test func theSessionSaysNothingBeforeTheHeader() {
        let header = ServerInput.bytes("PROXY TCP4 203.0.113.9 198.51.100.1 51234 25\r\n")
        #expect(play([], isProxy: true).actions == [])
        #expect(play([.bytes("PROXY TCP4 203.0")], isProxy: true).actions == [])
        #expect(play([header], isProxy: true).actions == ["admit 203.0.113.9"])
        let mail = ServerInput.bytes("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\n")
        let played = play([header, .admitted(nil), mail, .answer(.accept), .bytes("DATA\r\nHi\r\n.\r\n")], isProxy: true)
        #expect(played.actions == ["admit 203.0.113.9", "220", "250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "354", "store"])
        #expect(played.envelopes.first?.remoteAddress == "203.0.113.9")
        #expect(play([header, .admitted(SMTPReply(421, "4.7.0", "x"))], isProxy: true).actions.suffix(2) == ["421 4.7.0", "close"])
        #expect(play([.bytes("EHLO c\r\n")], isProxy: true).actions == ["close"])
        #expect(play([.timeout], isProxy: true).actions == ["close"])
        #expect(play([.shutDown], isProxy: true).actions == ["close"])
    }

    /// Nobody else speaks for others: a header where none is expected ends the connection.
    @Test func nobodyElseMaySendOne() {
        let ended = ["554 5.7.0", "close"]
        #expect(play([.bytes("PROXY TCP4 203.0.113.9 198.51.100.1 51234 25\r\nEHLO c\r\n")]).actions == ended)
        #expect(play([.raw(Self.binary(0x21, 0x11, Self.v4))]).actions == ended)
        let second = "PROXY TCP4 203.0.113.9 198.51.100.1 1 25\r\n"
        #expect(play([.bytes(second), .admitted(nil), .bytes(second)], isProxy: true).actions == ["admit 203.0.113.9", "220"] + ended)
    }

    @Test func behindAProxyEachPeerHasHisOwnLimit() async throws {
        let desk = RecordingDesk()
        let greetings = try await withServer(desk: desk) {
            $0.trustedProxies = [AddressRange(parsing: "127.0.0.0/8")].compactMap(\.self)
            $0.proxyTimeout = .minutes(5)  // The machine may be busy with other tests.
            $0.maxConnectionsPerAddress = 1
        } _: { server in
            try await RawClient.run(port: server.port) { first in
                try await first.say("PROXY TCP6 2001:db8::7 2001:db8::1 1 25")
                var greetings = [try await first.line()]
                for other in ["2001:db8::8", "2001:db8:0:1::7"] {
                    greetings.append(
                        try await RawClient.run(port: server.port) { client in
                            try await client.say("PROXY TCP6 \(other) 2001:db8::1 1 25")
                            return try await client.line()
                        })
                }
                return greetings
            }
        }
        // The second shares the first one's /64.
        #expect(greetings.map { $0.prefix(4) } == ["220 ", "421 ", "220 "])
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("10.0.0.0/8", "10.200.1.1", true),
        ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.200", true),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false), ("10.0.0.0/8", "local", false),
    ])
    func ranges(range: String, address: String, isInside: Bool) throws {
        #expect(try #require(AddressRange(parsing: range)).contains(address) == isInside)
    }

    @Test(arguments: ["", "good.test", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "1.2.3", "10.0.0.0/8/8"])
    func noRange(_ text: String) { #expect(AddressRange(parsing: text) == nil) }
}
