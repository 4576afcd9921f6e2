import Foundation
import Synchronization
import throughline_wire

/// A relay that takes every mail and writes down what it took, before it says so: what the server never heard of was still delivered.
struct MailSink: Sendable {
    let port: Int

    /// Begins to take mail in threads of its own, for as long as the process lives.
    static func start(_ ledger: Ledger) throws -> MailSink {
        let (listener, port) = try Socket.listen()
        let listening = Mutex(listener)
        Thread.detachNewThread {
            while let connection = listening.withLock({ try? $0.accept() }) {
                let connected = Mutex(connection)
                Thread.detachNewThread { connected.withLock { try? serve($0, ledger) } }
            }
        }
        return MailSink(port: port)
    }

    private static func serve(_ socket: Socket, _ ledger: Ledger) throws {
        var recipient = ""
        try socket.write("220 sink.test ESMTP\r\n")
        while let line = try socket.line() {
            let word = line.prefix(4).uppercased()
            switch word {
            case "EHLO": try socket.write("250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
            case "RCPT":
                recipient = between(line, "<", ">") ?? ""
                try socket.write("250 2.1.5 OK\r\n")
            case "DATA":
                try socket.write("354 Go on\r\n")
                guard let lines = try data(socket) else { return }
                switch mood(lines, ledger) {
                case .later:
                    try socket.write("451 4.3.0 Later\r\n")
                    continue
                case .hangsUp:
                    take(lines, to: recipient, ledger)
                    return
                case .takes: take(lines, to: recipient, ledger)
                }
                // As a busy relay does: it has the mail, and is slow to say so. Kills fall into this gap too.
                usleep(UInt32.random(in: 0...50_000))
                try socket.write("250 2.0.0 Taken\r\n")
            case "QUIT":
                try socket.write("221 2.0.0 Bye\r\n")
                return
            default: try socket.write("250 2.0.0 OK\r\n")
            }
        }
    }

    /// The lines up to the final dot; nil if the connection ended before it: such a mail was never taken.
    private static func data(_ socket: Socket) throws -> [String]? {
        var lines: [String] = []
        while let line = try socket.line() {
            if line == "." { return lines }
            lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
        }
        return nil
    }

    private enum Mood { case takes, later, hangsUp }

    /// What a moody relay does with a mail: told by its Message-ID, and each only once.
    private static func mood(_ lines: [String], _ ledger: Ledger) -> Mood {
        let id = field("Message-ID", lines)
        // FNV-1a: the same for the same mail, whatever the process.
        let hash = id.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } >> 8
        return ledger.with { book in
            guard book.isMoody else { return .takes }
            if hash % 50 == 0, book.putOff.insert(id).inserted { return .later }
            if hash % 50 == 1, book.hungUp.insert(id).inserted { return .hangsUp }
            return .takes
        }
    }

    private static func field(_ name: String, _ lines: [String]) -> String {
        let begin = name.lowercased() + ":"
        let header = unfolded(Array(lines.prefix { !$0.isEmpty }))
        return header.first { $0.lowercased().hasPrefix(begin) }.map { String($0.dropFirst(begin.count)) } ?? ""
    }

    private static func take(_ lines: [String], to recipient: String, _ ledger: Ledger) {
        func field(_ name: String) -> String { Self.field(name, lines) }
        let body = lines.joined(separator: "\n")
        let mail = SunkMail(
            to: recipient, replyTo: between(field("Reply-To"), "<", ">") ?? field("Reply-To").trimmingCharacters(in: .whitespaces),
            messageID: between(field("Message-ID"), "<", ">") ?? "", body: body)
        ledger.with { book in
            for mark in Set(Marks.replies(in: newText(lines))) { book.mailed[mark, default: []].append(mail.messageID) }
            book.copies[mail.messageID, default: 0] += 1
            book.lastMail[recipient] = mail
        }
    }

    /// The text part without the earlier messages that it quotes. Without the HTML part, which says the same again.
    private static func newText(_ lines: [String]) -> String {
        lines.prefix { !$0.lowercased().hasPrefix("content-type: text/html") }.filter { !$0.hasPrefix(">") }.joined(separator: "\n")
    }

    private static func unfolded(_ lines: [String]) -> [String] {
        var fields: [String] = []
        for line in lines {
            if let first = line.first, first == " " || first == "\t", !fields.isEmpty {
                fields[fields.count - 1] += line
            } else {
                fields.append(line)
            }
        }
        return fields
    }

    private static func between(_ text: String, _ open: Character, _ close: Character) -> String? {
        guard let begin = text.lastIndex(of: open), let end = text[begin...].firstIndex(of: close) else { return nil }
        return String(text[text.index(after: begin)..<end])
    }
}

/// Words that a message is found by.
enum Marks {
    static func reply(seed: UInt64, number: Int) -> String { "reply-\(seed)-\(number)-end" }

    static func mail(seed: UInt64, number: Int) -> String { "mail-\(seed)-\(number)-end" }

    /// All agents' marks in a text.
    static func replies(in text: String) -> [String] { find("reply-", in: text) }

    static func mails(in text: String) -> [String] { find("mail-", in: text) }

    private static func find(_ begin: String, in text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let start = rest.range(of: begin) {
            let word = rest[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            if let end = word.range(of: "-end") { found.append(String(word[..<end.upperBound])) }
            rest = rest[start.upperBound...]
        }
        return found
    }
}
