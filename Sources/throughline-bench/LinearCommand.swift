import ArgumentParser
import Desk
import Foundation
import MailFormat
import ReplyExtraction

/// Hostile input, one unit repeated, through every step of reading mail: how long a megabyte takes, and how it grows from half of that.
struct LinearCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "linear", abstract: "Reading a megabyte of whatever is hostile.")

    @Option(help: "Bytes of the larger input.") var size = 1_000_000
    @Option(help: "One step alone.") var only: String?

    private static let head = "From: a@b.test\r\nSubject: x\r\nMIME-Version: 1.0\r\n"

    private static func inspect(_ raw: String) { _ = InspectMail.line(Array(raw.utf8), file: nil) }

    private static let steps: [(name: String, work: @Sendable (String) -> Void)] = [
        ("reply", { _ = ReplyExtractor.extract(text: $0) }),
        ("reply of HTML", { _ = ReplyExtractor.extract(text: "", html: $0) }),
        ("text of HTML", { _ = HTMLText.text(of: $0) }),
        ("safe HTML", { _ = SafeHTML().clean($0) }),
        ("addresses", { _ = MailAddress.list($0) }),
        ("inspect, text", { inspect(head + "\r\n" + $0) }),
        ("inspect, HTML", { inspect(head + "Content-Type: text/html\r\n\r\n" + $0) }),
        ("inspect, flowed", { inspect(head + "Content-Type: text/plain; format=flowed\r\n\r\n" + $0) }),
        ("inspect, parts", { inspect(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + $0) }),
        ("inspect, report", { inspect(head + "Content-Type: message/delivery-status\r\n\r\n" + $0) }),
        ("inspect, calendar", { inspect(head + "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + $0) }),
        (
            "inspect, headers",
            {
                let value = $0.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n ")
                let names = [
                    "From", "To", "Subject", "References", "Content-Disposition: attachment; filename", "Content-Type: text/plain; a",
                ]
                inspect(names.map { $0 + ($0.contains(":") ? "=" : ": ") + value + "\r\n" }.joined() + "\r\nx")
            }
        ),
    ]

    private static let units = [
        ">", "> ", "On ", "<div>", "\"", "&#", "&", "x", " ", "\t", "(", ",", ";", ":", "@", "\\", "<", "=?", "=?utf-8?q?a", "=", "<!--",
        "<a ",
        "<a href=\"", "<a href=x>", "<blockquote>", "<p>", "</p>", "<p><span>", "<table>", "<td>", "<ol><li>", "<script>", "<svg>",
        "<title>",
        "<td style='", "<div style=\"display:none\">", "<pre>", "<o:p>", "</div>", "<br>", "--", "-- \n", "--\n", "--b\n", "\n", "> a\n",
        "a\n> b\n", "From: a@b.test\n", "From: a@b.test\n\n", "On 1 Jan 2026 wrote:\n", "On 1 Jan 2026 10:00 <a@b.test\n",
        "<a@b.test> wrote:\n", "<a@b.test>,", "x:\n", "1:", "Date: 1.1.2026 10:00\nTo: x\n", "Sent from my iPhone\n", "-x\n\n",
        "-----Original Message-----\n", "____________________\n", "Tel 1234567\n\n", "Forwarded message:\n", "---- a ----\n", "\u{200E}",
        "写道：\n", "http://", "begin 644 x\r\n", "BEGIN:VEVENT\n",
    ]

    func run() throws {
        var worst = (milliseconds: 0.0, words: "")
        var superlinear: [String] = []
        var runs = 0
        for step in Self.steps where only == nil || only == step.name {
            for unit in Self.units {
                runs += 1
                let whole = Self.milliseconds(step.work, unit, size)
                let words = "\(step.name) of \(unit.debugDescription)"
                if whole > worst.milliseconds { worst = (whole, words) }
                // What is done at once says nothing about growth; what seems to grow too fast is looked at again.
                guard whole > 20, whole / Self.milliseconds(step.work, unit, size / 2) > 3 else { continue }
                if Self.growsOn(step.work, unit, size) { superlinear.append(words) }
            }
        }
        let encoder = JSONEncoder()
        func quoted(_ words: String) throws -> String { String(decoding: try encoder.encode(words), as: UTF8.self) }
        print(
            """
            {"runs": \(runs), "worst_ms": \(worst.milliseconds), "worst": \(try quoted(worst.words)), \
            "superlinear": [\(try superlinear.map(quoted).joined(separator: ", "))]}
            """)
    }

    /// Whether the time grows faster than the size from half the size to the whole, and again to twice the size: what no longer fits into a
    /// cache, or what the allocator no longer keeps, makes one such step, and then no other. A neighbour on the machine makes work slower,
    /// never quicker, so the best of five counts.
    private static func growsOn(_ work: (String) -> Void, _ unit: String, _ size: Int) -> Bool {
        let times = [size / 2, size, size * 2].map { size in
            (0..<5).map { _ in milliseconds(work, unit, size) }.min() ?? 0
        }
        return times[1] > 3 * times[0] && times[2] > 3 * times[1]
    }

    /// CPU time, so that a busy machine does not count.
    private static func milliseconds(_ work: (String) -> Void, _ unit: String, _ size: Int) -> Double {
        let input = String(repeating: unit, count: size / unit.utf8.count)
        let begun = cpuSeconds()
        work(input)
        return (cpuSeconds() - begun) * 1000
    }
}

/// CPU time of this process in seconds.
func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
