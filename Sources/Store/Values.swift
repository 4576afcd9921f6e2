import Conversations

/// A value as databases know it.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What can stand for a `?` in a statement.
public protocol Bindable: Sendable {
    var databaseValue: Value { get }
}

extension Int64: Bindable { public var databaseValue: Value { .integer(self) } }
extension Int: Bindable { public var databaseValue: Value { .integer(Int64(self)) } }
extension Double: Bindable { public var databaseValue: Value { .real(self) } }
extension Bool: Bindable { public var databaseValue: Value { .integer(self ? 1 : 0) } }
extension String: Bindable { public var databaseValue: Value { .text(self) } }
extension [UInt8]: Bindable { public var databaseValue: Value { .blob(self) } }
extension ID: Bindable { public var databaseValue: Value { .integer(value) } }
extension Instant: Bindable { public var databaseValue: Value { .integer(milliseconds) } }
extension Value: Bindable { public var databaseValue: Value { self } }

/// One row of an answer.
public struct Row: Sendable {
    public let values: [Value]

    public init(values: [Value]) { self.values = values }

    public func reader() -> RowReader { RowReader(values: values) }
}

/// Reads a row's columns in their order, each as the kind the program expects.
public struct RowReader {
    private let values: [Value]
    private var position = 0

    init(values: [Value]) { self.values = values }

    private mutating func next() throws -> Value {
        guard position < values.count else { throw StoreError.tooFewColumns }
        defer { position += 1 }
        return values[position]
    }

    public mutating func optionalInteger() throws -> Int64? {
        switch try next() {
        case .null: nil
        case .integer(let number): number
        case .real(let number): Int64(exactly: number.rounded())
        default: throw StoreError.unexpectedValue(column: position - 1)
        }
    }

    public mutating func integer() throws -> Int64 {
        guard let number = try optionalInteger() else { throw StoreError.unexpectedValue(column: position - 1) }
        return number
    }

    public mutating func optionalText() throws -> String? {
        switch try next() {
        case .null: nil
        case .text(let text): text
        default: throw StoreError.unexpectedValue(column: position - 1)
        }
    }

    public mutating func text() throws -> String {
        guard let text = try optionalText() else { throw StoreError.unexpectedValue(column: position - 1) }
        return text
    }

    public mutating func blob() throws -> [UInt8] {
        switch try next() {
        case .blob(let bytes): return bytes
        case .text(let text): return Array(text.utf8)
        case .null: return []
        default: throw StoreError.unexpectedValue(column: position - 1)
        }
    }

    public mutating func bool() throws -> Bool { try integer() != 0 }

    public mutating func id<Kind>() throws -> ID<Kind> { ID(try integer()) }

    public mutating func optionalID<Kind>() throws -> ID<Kind>? { try optionalInteger().map { ID($0) } }

    public mutating func instant() throws -> Instant { Instant(milliseconds: try integer()) }

    public mutating func optionalInstant() throws -> Instant? {
        try optionalInteger().map { Instant(milliseconds: $0) }
    }

    /// A word of an enumeration that the program itself wrote.
    public mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        guard let word = Word(rawValue: try text()) else { throw StoreError.unexpectedValue(column: position - 1) }
        return word
    }

    public mutating func optionalWord<Word: RawRepresentable<String>>() throws -> Word? {
        guard let text = try optionalText() else { return nil }
        guard let word = Word(rawValue: text) else { throw StoreError.unexpectedValue(column: position - 1) }
        return word
    }
}

/// `?, ?, ?` for `IN (…)`; callers bound the count.
func placeholders(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
