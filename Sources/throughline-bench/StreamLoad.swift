import ArgumentParser
import Foundation
import throughline_wire

/// Idle event streams: what each costs, how soon one message reaches one of them, and how fast one message reaches many.
struct StreamLoad: ParsableCommand {
    enum Kind: String, ExpressibleByArgument { case throughline, nchan }

    static let configuration = CommandConfiguration(commandName: "streams", abstract: "Event streams, here or in nginx with nchan.")

    @Option(help: "throughline or nchan.") var kind: Kind
    @Option(help: "Port of HTTP.") var httpPort: Int
    @Option(help: "The server's processes, with commas.") var pids: String
    @Option var account = 1
    @Option var token = ""
    @Option var websiteToken = ""
    @Option(help: "Idle streams.") var count = 10_000
    @Option(help: "How often they come and go.") var rounds = 3
    @Option(help: "Seconds in which the memory may fall back after they left.") var patience = 10
    @Option(help: "Single messages to one of them.") var samples = 300
    @Option(help: "Streams that get the same message.") var fanout = 1_000
    @Option(help: "Messages to all of those.") var fanoutMessages = 50

    func run() throws {
        raiseDescriptorLimit()
        var result: [String: Any] = ["kind": kind.rawValue, "streams": count]
        let preparing = seconds()
        let channel: any Channel =
            switch kind {
            case .nchan: NchanChannel(port: httpPort)
            case .throughline:
                try ThroughlineChannel(
                    port: httpPort, account: account, token: token, websiteToken: websiteToken, count: count, talking: min(samples, count))
            }
        result["prepared_seconds"] = seconds() - preparing
        let memory = Memory(pids: pids.split(separator: ",").compactMap { Int($0) })
        let streams = try EventStreams(port: httpPort)
        // Once before anything is measured, so that what is allocated once is there.
        try streams.open((0..<min(count, 200)).map(channel.path))
        streams.close()
        usleep(2_000_000)
        let begin = memory.kilobytes
        var each: [Double] = []
        var left: [Double] = []
        for round in 0..<rounds {
            let begun = seconds()
            try streams.open((0..<count).map(channel.path))
            if round == 0 { result["opened_per_second"] = Double(count) / (seconds() - begun) }
            usleep(1_000_000)
            each.append((memory.kilobytes - begin) / Double(count))
            if round == 0 { result.merge(try single(channel, streams)) { _, new in new } }
            streams.close()
            left.append(memory.settled(to: begin * 1.1, seconds: Double(patience)))
        }
        result["kb_each"] = each.first ?? 0
        result["kb_each_rounds"] = each
        result["begin_mb"] = begin / 1024
        result["left_mb"] = left.map { $0 / 1024 }
        result["back_to_begin_percent"] = (left.last ?? 0) / begin * 100 - 100
        result.merge(try many(channel)) { _, new in new }
        try printJSON(result)
    }

    /// One message to one of all: from the first byte of its request to its last on the stream.
    private func single(_ channel: any Channel, _ streams: EventStreams) throws -> [String: Any] {
        let publisher = try Publisher(port: httpPort)
        var times: [Double] = []
        for sample in 0..<samples {
            let target = sample % channel.talking
            let begin = seconds()
            try publisher.send(channel.request(to: target, Marks.word(sample)))
            var end = 0.0
            while end == 0 {
                try streams.wait(0.01) { _, number in if number == sample { end = seconds() } }
                if seconds() - begin > 10 { throw Socket.Failure(description: "message \(sample) did not reach its stream within 10 s") }
            }
            try publisher.takeAnswers(1)
            if sample >= samples / 10 { times.append(end - begin) }
        }
        return ["one_ms_p50": milliseconds(percentile(times, 50)), "one_ms_p99": milliseconds(percentile(times, 99))]
    }

    /// The same messages to many: one after the other, each as soon as the one before was answered.
    private func many(_ channel: any Channel) throws -> [String: Any] {
        let streams = try EventStreams(port: httpPort)
        try streams.open(Array(repeating: channel.everyonesPath, count: fanout))
        let publisher = try Publisher(port: httpPort)
        var last = [Int](repeating: -1, count: fanout)
        var delivered = 0
        let first = 1_000_000
        let begin = seconds()
        var firstDone = 0.0
        for message in 0..<fanoutMessages {
            try publisher.send(channel.requestToEveryone(Marks.word(first + message)))
            var isAnswered = false
            while !isAnswered {
                try streams.wait(0.001) { stream, number in
                    if number >= first, number > last[stream] {
                        delivered += 1
                        last[stream] = number
                    }
                }
                if delivered >= fanout, firstDone == 0 { firstDone = seconds() }
                isAnswered = try publisher.hasAnswer()
            }
            try publisher.takeAnswers(1)
        }
        while delivered < fanout * fanoutMessages {
            try streams.wait(0.01) { stream, number in
                if number >= first, number > last[stream] {
                    delivered += 1
                    last[stream] = number
                }
            }
            if seconds() - begin > 60 {
                throw Socket.Failure(description: "\(delivered) of \(fanout * fanoutMessages) deliveries within 60 s")
            }
        }
        return ["fanout": fanout, "fanout_messages": fanoutMessages, "deliveries_per_second": Double(delivered) / (seconds() - begin)]
    }

    private func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
