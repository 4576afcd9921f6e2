import Foundation
import NIOCore
import Testing

@testable import MailTransport

/// Where a message ends, and what it then is. Each case is read whole and cut at every byte.
struct ReadingCase: Sendable, CustomTestStringConvertible {
    var name: String
    var wire: String
    /// Nil where the message has not ended.
    var content: String?
    var rest = ""

    init(_ name: String, _ wire: String, _ content: String?, rest: String = "") {
        self.name = name
        self.wire = wire
        self.content = content
        self.rest = rest
    }

    var testDescription: String { name }
}

private let cases = [
    ReadingCase("plain", "Hi\r\n.\r\n", "Hi\r\n"),
    ReadingCase("empty", ".\r\n", ""),
    ReadingCase("one empty line", "\r\n.\r\n", "\r\n"),
    ReadingCase("stuffed dot", "..\r\n.\r\n", ".\r\n"),
    ReadingCase("stuffed line", "..a\r\n...b\r\n.\r\n", ".a\r\n..b\r\n"),
    ReadingCase("a dot that nobody stuffed goes", ".a\r\n.\r\n", "a\r\n"),
    ReadingCase("dot at the end of a line", "a.\r\n.\r\n", "a.\r\n"),
    ReadingCase("what follows stays", "a\r\n.\r\nMAIL FROM:<>\r\n", "a\r\n", rest: "MAIL FROM:<>\r\n"),
    // Smuggling: every other spelling of an end is content.
    ReadingCase("LF . LF", "a\n.\nMAIL\r\n.\r\n", "a\n.\nMAIL\r\n"),
    ReadingCase("LF . CRLF", "a\n.\r\nMAIL\r\n.\r\n", "a\n.\r\nMAIL\r\n"),
    ReadingCase("CRLF . LF", "a\r\n.\nMAIL\r\n.\r\n", "a\r\n\nMAIL\r\n"),
    ReadingCase("CR . CR", "a\r.\rMAIL\r\n.\r\n", "a\r.\rMAIL\r\n"),
    ReadingCase("CRLF . CR", "a\r\n.\rMAIL\r\n.\r\n", "a\r\n\rMAIL\r\n"),
    ReadingCase("CR . CRLF", "a\r.\r\nMAIL\r\n.\r\n", "a\r.\r\nMAIL\r\n"),
    ReadingCase("CRLF . CR CR LF", "a\r\n.\r\r\nMAIL\r\n.\r\n", "a\r\n\r\r\nMAIL\r\n"),
    ReadingCase("CRLF NUL . CRLF", "a\r\n\0.\r\nMAIL\r\n.\r\n", "a\r\n\0.\r\nMAIL\r\n"),
    ReadingCase("CRLF . NUL CRLF", "a\r\n.\0\r\nMAIL\r\n.\r\n", "a\r\n\0\r\nMAIL\r\n"),
    ReadingCase("CR CRLF . CRLF ends", "a\r\r\n.\r\n", "a\r\r\n"),
    ReadingCase("LF CRLF . CRLF ends", "a\n\r\n.\r\n", "a\n\r\n"),
    ReadingCase("LF at the beginning", "\n.\r\nx\r\n.\r\n", "\n.\r\nx\r\n"),
    ReadingCase("not ended: LF . LF", "a\n.\n", nil),
    ReadingCase("not ended: LF . CRLF", "a\n.\r\n", nil),
    ReadingCase("not ended: CRLF . LF", "a\r\n.\n", nil),
    ReadingCase("not ended: CR . CR", "a\r.\r", nil),
    ReadingCase("not ended: no line end behind the dot", "a\r\n.", nil),
    ReadingCase("not ended: half a line end behind the dot", "a\r\n.\r", nil),
]

@Suite struct MessageReaderTests {
    @Test(arguments: cases) func whole(_ example: ReadingCase) {
        #expect(read(example.wire, cutAt: []) == Read(content: example.content, rest: example.rest))
    }

    @Test(arguments: cases) func cutAnywhere(_ example: ReadingCase) {
        let count = example.wire.utf8.count
        for cut in 1..<max(count, 2) {
            #expect(read(example.wire, cutAt: [cut]) == Read(content: example.content, rest: example.rest), "cut at \(cut)")
        }
        #expect(read(example.wire, cutAt: Array(1..<max(count, 2))) == Read(content: example.content, rest: example.rest), "byte by byte")
    }

    @Test func theLimitIsExact() {
        for (size, tooLarge) in [(99, false), (100, false), (101, true)] {
            var reader = MessageReader(limit: 100)
            var input = ByteBuffer(string: String(repeating: "a", count: size - 2) + "\r\n.\r\n")
            var message = ByteBuffer()
            #expect(reader.read(from: &input, into: &message))
            #expect(reader.isTooLarge == tooLarge)
            #expect(reader.contentBytes == size)
        }
    }

    @Test func whatIsTooLargeIsNotKept() {
        var reader = MessageReader(limit: 100)
        var message = ByteBuffer()
        for _ in 0..<1_000 {
            var input = ByteBuffer(string: String(repeating: "a\r\n", count: 100))
            #expect(!reader.read(from: &input, into: &message))
        }
        #expect(message.readableBytes <= 100)
        #expect(reader.contentBytes == 300_000)
    }

    @Test func tooLargeIs552AndNothingIsStored() {
        let text = String(repeating: "a", count: 50) + "\r\n"
        let toData: [ServerInput] = [
            .bytes("EHLO c\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n"), .answer(.accept),
            .bytes("DATA\r\n\(text)\(text)\(text).\r\n"),
            .bytes("MAIL FROM:<a@x.test>\r\n"),
        ]
        let played = play(toData) { $0.maxMessageBytes = 120 }
        #expect(played.actions == ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "354", "note 552 b@y.test", "552 5.3.4", "250 2.1.0"])
        #expect(played.mails.isEmpty)
    }

    @Test func theWriterAndTheReaderAgree() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = [0x0D, 0x0A, 0x2E, 0x61, 0x0D, 0x0A, 0xC3]
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let writer = MessageWriter(ByteBuffer(bytes: bytes))
            var wire = writer.text
            wire.writeString(".\r\nREST")
            var reader = MessageReader(limit: 1_000)
            var message = ByteBuffer()
            #expect(reader.read(from: &wire, into: &message), "\(bytes)")
            #expect(String(buffer: wire) == "REST", "\(bytes)")
            #expect(Array(message.readableBytesView) == Self.normalised(bytes), "\(bytes)")
            #expect(writer.isEightBit == bytes.contains { $0 >= 0x80 })
        }
    }

    /// The slow and obvious way: every line end becomes CR LF, and the last line has one.
    private static func normalised(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x0D:
                result += [0x0D, 0x0A]
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
            case 0x0A: result += [0x0D, 0x0A]
            default: result.append(bytes[index])
            }
            index += 1
        }
        if let last = bytes.last, last != 0x0A, last != 0x0D { result += [0x0D, 0x0A] }
        return result
    }

    private struct Read: Equatable {
        var content: String?
        var rest: String
    }

    private func read(_ wire: String, cutAt cuts: [Int]) -> Read {
        var reader = MessageReader(limit: 1_000_000)
        var message = ByteBuffer()
        let bytes = Array(wire.utf8)
        var start = 0
        for end in cuts + [bytes.count] {
            var input = ByteBuffer(bytes: bytes[start..<end])
            if reader.read(from: &input, into: &message) {
                return Read(content: String(buffer: message), rest: String(buffer: input) + String(decoding: bytes[end...], as: UTF8.self))
            }
            start = end
        }
        return Read(content: nil, rest: "")
    }
}
