/// One line of an HTML mail as it would be read on a screen.
public struct HTMLLine: Sendable, Equatable {
    public var text: String
    /// How many `blockquote` elements stand around it.
    public var depth: Int
    /// What the elements around it were said to be.
    public var regions: HTMLRegions

    public init(text: String, depth: Int, regions: HTMLRegions) {
        self.text = text
        self.depth = depth
        self.regions = regions
    }
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
