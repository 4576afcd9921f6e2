import Foundation

/// A row's number with the kind of row in its type, so that a contact can never be passed where a conversation is meant.
public struct ID<Kind>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    public static func < (left: ID, right: ID) -> Bool { left.value < right.value }

    public var description: String { String(value) }
}

/// A moment in milliseconds since 1970-01-01 UTC: what the store keeps and what every rule computes with.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(_ date: Date) { milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded()) }

    /// Whole seconds since 1970, as Chatwoot's API gives times.
    public var seconds: Int64 { milliseconds / 1000 }

    /// Seconds with their fraction.
    public var fractionalSeconds: Double { Double(milliseconds) / 1000 }

    public var date: Date { Date(timeIntervalSince1970: fractionalSeconds) }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (left: Instant, right: Duration) -> Instant {
        Instant(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }

    public static func - (left: Instant, right: Duration) -> Instant {
        Instant(milliseconds: left.milliseconds - right.wholeMilliseconds)
    }

    public func since(_ earlier: Instant) -> Duration { .milliseconds(milliseconds - earlier.milliseconds) }
}

extension Duration {
    /// The duration in milliseconds, cut to whole ones.
    public var wholeMilliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}
