import Desk
import Foundation
import Logging

/// One JSON object a line on standard error, for programs that collect logs.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var members: [(String, JSON)] = [
            ("time", .string(Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true)))),
            ("level", .string(event.level.rawValue)), ("message", .string("\(event.message)")),
        ]
        members += all.sorted { $0.key < $1.key }.map { ($0.key, .string("\($0.value)")) }
        FileHandle.standardError.write(Data(JSON.object(members).bytes + [UInt8(ascii: "\n")]))
    }
}
