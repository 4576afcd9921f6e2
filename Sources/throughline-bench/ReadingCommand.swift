import ArgumentParser
import Desk
import Foundation
import ReplyExtraction

/// Bodies through the extraction of replies, in one process and on one thread.
struct RepliesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "replies", abstract: "Extract the replies of a file of bodies.")

    private struct Body: Decodable {
        var text: String
        var html: String?
    }

    @Argument(help: "A JSON array of objects with text and html.") var file: String
    @Option(help: "Seconds that are measured, at least.") var seconds = 5.0

    func run() throws {
        let bodies = try JSONDecoder().decode([Body].self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        var length = 0
        let passes = Passes(count: bodies.count, seconds: seconds) { index in
            length += ReplyExtractor.extract(text: bodies[index].text, html: bodies[index].html).reply.utf8.count
        }
        passes.print(characters: length)
    }
}

/// Raw mails through the whole of `mail inspect`, in one process and on one thread.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "inspect", abstract: "Explain the mails that a file lists.")

    @Argument(help: "A file with the path of one raw mail in each line.") var list: String
    @Option(help: "Seconds that are measured, at least.") var seconds = 5.0

    func run() throws {
        let paths = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init)
        let mails = try paths.map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
        var length = 0
        let passes = Passes(count: mails.count, seconds: seconds) { length += InspectMail.line(mails[$0], file: paths[$0]).count }
        passes.print(characters: length)
    }
}

/// The same work over all items again and again, timed by the CPU time of this process: a busy machine does not count.
private struct Passes {
    /// Of each item by itself.
    private var times: [[Double]]
    private var total = 0.0
    private var done = 0

    /// - Parameter seconds: at least so long, and at least three times over all; one time before that is not counted. The clock is asked
    ///   once for each time over all, as the peer in C does; then each item is timed alone.
    init(count: Int, seconds: Double, _ work: (Int) -> Void) {
        times = Array(repeating: [], count: count)
        guard count > 0 else { return }
        for index in 0..<count { work(index) }
        while total < seconds || done < 3 * count {
            let begun = cpuSeconds()
            for index in 0..<count { work(index) }
            total += cpuSeconds() - begun
            done += count
        }
        for _ in 0..<5 {
            for index in 0..<count {
                let begun = cpuSeconds()
                work(index)
                times[index].append(cpuSeconds() - begun)
            }
        }
    }

    /// The slowest item by the median of its times. `characters` only keeps the work from being
    /// left out.
    func print(characters: Int) {
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let slowest = medians.indices.max { medians[$0] < medians[$1] } ?? 0
        Swift.print(
            """
            {"items": \(times.count), "done": \(done), "seconds": \(total), "per_second": \(Double(done) / max(total, 1e-9)), \
            "slowest_ms": \((medians.max() ?? 0) * 1000), "slowest": \(slowest), "characters": \(characters)}
            """)
    }
}
