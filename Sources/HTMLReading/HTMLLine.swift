/// An HTML mail as it would be read on a screen: lines of text, all in one run of UTF-8.
public struct HTMLPage: Sendable, Equatable {
    /// The text of all lines; what lies between two ranges belongs to none.
    public internal(set) var bytes: [UInt8] = []
    public internal(set) var lines: [HTMLLine] = []

    public func text(_ line: HTMLLine) -> String { String(decoding: bytes[line.range], as: UTF8.self) }
}

/// One line of an HTML mail.
public struct HTMLLine: Sendable, Equatable {
    /// Where its text stands in the page's bytes; empty for a blank line.
    public var range: Range<Int>
    /// How many `blockquote` elements stand around it.
    public var depth: Int
    /// What the elements around it were said to be.
    public var regions: HTMLRegions

    public var isBlank: Bool { range.isEmpty }
}

/// What a reader of mail may want to know of the elements around a line. Who asks for lines decides which element is what.
public struct HTMLRegions: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Inside an element that holds an earlier mail.
    public static let quote = HTMLRegions(rawValue: 1)
    /// Inside the sender's signature.
    public static let signature = HTMLRegions(rawValue: 2)
    /// Inside the line "On … wrote:".
    public static let attribution = HTMLRegions(rawValue: 4)
    /// Behind an element from which on everything is an earlier mail.
    public static let tail = HTMLRegions(rawValue: 8)
    /// The first line below a rule (`hr`, or a border drawn above a block).
    public static let belowRule = HTMLRegions(rawValue: 16)
}
