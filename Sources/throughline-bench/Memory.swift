import Foundation

/// Memory of a server's processes: what is theirs alone and their part of what they share (PSS), from `/proc`.
struct Memory {
    let pids: [Int]

    var kilobytes: Double {
        pids.reduce(0) { sum, pid in
            guard let text = try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8) else { return sum }
            let line = text.split(separator: "\n").first { $0.hasPrefix("Pss:") }
            return sum + (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0)
        }
    }

    /// Waits until it has fallen to a level or the time is over; the last reading.
    func settled(to level: Double, seconds limit: Double) -> Double {
        let end = seconds() + limit
        var now = kilobytes
        while now > level, seconds() < end {
            usleep(200_000)
            now = kilobytes
        }
        return now
    }
}
