import ArgumentParser
import Foundation
import Synchronization
import throughline_wire

/// Replies by SMTP on several connections, until the last of them has come out of the agent's event stream.
struct MailLoad: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "mail", abstract: "Replies in by SMTP, events out.")

    @OptionGroup var server: ServerOptions
    @Option(help: "Port of SMTP.") var smtpPort: Int
    @Option(help: "The inbox that the customers write to.") var inbox: String
    @Option var connections = 10
    @Option var mails = 5_000
    @Option(help: "Customers, each with a conversation.") var customers = 100
    @Option(help: "Bytes of a mail.") var size = 4_096

    /// What the threads share: the next mail, and when each was answered and shown.
    private struct Times {
        var next = 0
        var answered: [Double]
        var shown: [Double]
        var problem: String?
    }

    func run() throws {
        let streamToken = try server.agentStreamToken()
        let total = customers + mails
        let times = Times(answered: Array(repeating: 0, count: total), shown: Array(repeating: 0, count: total))
        let shared = Shared(times)
        let watcher = EventWatcher(port: server.httpPort, path: "/events?pubsub_token=\(streamToken)")
        try watcher.start { number in
            let now = seconds()
            shared.book.withLock { book in
                if number < total, book.shown[number] == 0 { book.shown[number] = now }
            }
        }
        // The first mails open the conversations; the replies are measured.
        try send(upTo: customers, shared)
        let begin = seconds()
        try send(upTo: total, shared)
        let book = shared.book.withLock { $0 }
        let last = book.shown[customers...].max() ?? 0
        let lastAnswer = book.answered[customers...].max() ?? 0
        let lags = (customers..<total).map { max(0, book.shown[$0] - book.answered[$0]) }
        try printJSON([
            "mails": mails, "seconds": last - begin, "mails_per_second": Double(mails) / (last - begin),
            "accepted_per_second": Double(mails) / (lastAnswer - begin), "answer_to_event_ms_p50": milliseconds(percentile(lags, 50)),
            "answer_to_event_ms_p99": milliseconds(percentile(lags, 99)),
        ])
    }

    private final class Shared: Sendable {
        let book: Mutex<Times>
        init(_ times: Times) { book = Mutex(times) }
    }

    /// Sends all mails below this number and waits until each was shown.
    private func send(upTo end: Int, _ shared: Shared) throws {
        let group = DispatchGroup()
        for _ in 0..<connections {
            group.enter()
            Thread.detachNewThread {
                do { try self.sendAll(upTo: end, shared) } catch { shared.book.withLock { $0.problem = "\(error)" } }
                group.leave()
            }
        }
        group.wait()
        let limit = seconds() + 120
        while true {
            let (problem, missing) = shared.book.withLock { book in (book.problem, book.shown[..<end].count { $0 == 0 }) }
            if let problem { throw Socket.Failure(description: problem) }
            if missing == 0 { return }
            if seconds() > limit { throw Socket.Failure(description: "\(missing) of \(end) mails were answered 250 but never shown") }
            usleep(1_000)
        }
    }

    private func sendAll(upTo end: Int, _ shared: Shared) throws {
        let connection = try SMTPConnection(port: smtpPort)
        let filler = String(
            repeating: "All work and no play makes a dull reply to a question about chairs.\r\n", count: max(0, (size - 600) / 69))
        while true {
            let number = shared.book.withLock { book -> Int? in
                guard book.next < end, book.problem == nil else { return nil }
                book.next += 1
                return book.next - 1
            }
            guard let number else { break }
            let customer = number % customers
            let isReply = number >= customers
            let thread =
                isReply ? "In-Reply-To: <first.\(customer)@customers.test>\r\nReferences: <first.\(customer)@customers.test>\r\n" : ""
            let text =
                "From: Customer \(customer) <c\(customer)@customers.test>\r\nTo: <\(inbox)>\r\nSubject: \(isReply ? "Re: " : "")Chair \(customer)\r\n"
                + "Message-ID: <\(isReply ? "reply.\(number)" : "first.\(customer)")@customers.test>\r\n\(thread)"
                + "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + "\(Marks.word(number)) is this one.\r\n" + filler
            try connection.send(from: "c\(customer)@customers.test", to: inbox, text: text)
            let now = seconds()
            shared.book.withLock { $0.answered[number] = now }
        }
        connection.quit()
    }
}

/// Reads one event stream in a thread of its own and tells every mark in it.
final class EventWatcher: Sendable {
    private let port: Int
    private let path: String

    init(port: Int, path: String) {
        self.port = port
        self.path = path
    }

    /// Returns when the stream is open.
    func start(_ found: @escaping @Sendable (Int) -> Void) throws {
        let streams = try EventStreams(port: port)
        try streams.open([path])
        // The thread takes the lock once, for as long as it lives.
        let owned = Mutex(streams)
        Thread.detachNewThread {
            owned.withLock { streams in
                while (try? streams.wait(1, onMark: { _, number in found(number) })) != nil {}
            }
        }
    }
}
