/// A report as lines under named columns, from which JSON and CSV are written alike.
public struct ReportTable: Sendable {
    public enum Cell: Sendable, Hashable {
        case text(String)
        case number(Int64)
        /// Seconds; nil where there were none to measure.
        case time(Duration?)
        /// From 0 to 1; nil where there is nothing to have a share of.
        case share(Double?)
    }

    public var columns: [String]
    public var rows: [[Cell]]

    public init(columns: [String], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }

    /// Each line as an object.
    public var json: [JSON] { rows.map { .object(Array(zip(columns, $0.map(\.json)))) } }

    /// RFC 4180, with a byte order mark: without it spreadsheets take UTF-8 for something else.
    public var csv: String {
        let lines = [columns.map(Self.quoted)] + rows.map { $0.map(\.csv) }
        return "\u{FEFF}" + lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// Spreadsheets take a text for a formula that begins with one of these (also behind spaces): it gets an apostrophe, which they hide.
    static func quoted(_ text: String) -> String {
        let first = text.unicodeScalars.first { $0 != " " }
        let isFormula = first.map { "=+-@\t\r\n|＝＋－＠".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { "\",;\r\n\t'".unicodeScalars.contains($0) }) else { return safe }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
}

extension ReportTable.Cell {
    var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .integer(number)
        case .time(let time): time.map { .number(Double($0.wholeMilliseconds) / 1000) } ?? .null
        case .share(let share): share.map { .number(($0 * 10_000).rounded() / 10_000) } ?? .null
        }
    }

    fileprivate var csv: String {
        switch self {
        case .text(let text): ReportTable.quoted(text)
        case .number(let number): String(number)
        case .time(let time): time.map { String(Double($0.wholeMilliseconds) / 1000) } ?? ""
        case .share(let share): share.map { String(($0 * 10_000).rounded() / 10_000) } ?? ""
        }
    }
}
