import Foundation

/// A form with files, as browsers send it (RFC 7578): its text fields and its files, in order.
///
/// Reads the whole form from memory, linear in its size; parts, names and header lines are bounded.
struct MultipartForm {
    struct File {
        var field: String
        var filename: String
        var contentType: String
        var bytes: [UInt8]
    }

    enum Problem: Error {
        case noBoundary, notClosed, badPart, tooManyParts
    }

    struct Field {
        var name: String
        var bytes: [UInt8]

        var value: String { String(decoding: bytes, as: UTF8.self) }
    }

    private(set) var fields: [Field] = []
    private(set) var files: [File] = []

    static let mostParts = 200
    /// Bytes of one part's headers.
    static let longestHead = 8_192

    /// The last value of a field.
    subscript(name: String) -> String? { fields.last { $0.name == name }?.value }

    /// All values of a list field (`labels[]`).
    func list(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    init(_ body: [UInt8], contentType: String) throws(Problem) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty, boundary.utf8.count <= 70 else {
            throw .noBoundary
        }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary may stand at the very beginning, without a line break before it.
        var at: Int
        if body.starts(with: delimiter.dropFirst(2)) {
            at = delimiter.count - 2
        } else if let first = Self.find(delimiter, in: body, from: 0) {
            at = first + delimiter.count
        } else {
            throw .notClosed
        }
        var parts = 0
        while true {
            if body[at...].starts(with: "--".utf8) { return }
            while at < body.count, body[at] == UInt8(ascii: " ") || body[at] == UInt8(ascii: "\t") { at += 1 }
            guard body[at...].starts(with: "\r\n".utf8) else { throw .badPart }
            guard let end = Self.find(delimiter, in: body, from: at) else { throw .notClosed }
            parts += 1
            guard parts <= Self.mostParts else { throw .tooManyParts }
            try add(body[(at + 2)..<max(at + 2, end)])
            at = end + delimiter.count
        }
    }

    private mutating func add(_ part: ArraySlice<UInt8>) throws(Problem) {
        let blank = Array("\r\n\r\n".utf8)
        let head = part.prefix(Self.longestHead + blank.count)
        guard let end = Self.find(blank, in: head, from: head.startIndex) else { throw .badPart }
        var disposition: String?
        var type = "application/octet-stream"
        for line in String(decoding: part[part.startIndex..<end], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingPrefix { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = String(value)
            case "content-type": type = String(value.prefix(255))
            default: break
            }
        }
        guard let disposition, let name = Self.parameter("name", of: disposition), name.utf8.count <= 255 else { throw .badPart }
        let bytes = part[(end + blank.count)...]
        if let filename = Self.parameter("filename", of: disposition) {
            // A file field that was left empty.
            if filename.isEmpty && bytes.isEmpty { return }
            files.append(File(field: name, filename: filename, contentType: type, bytes: Array(bytes)))
        } else {
            fields.append(Field(name: name, bytes: Array(bytes)))
        }
    }

    /// `name="value"` or `name=value` of a header; browsers write `"` in names as `%22`.
    static func parameter(_ name: String, of header: String) -> String? {
        var rest = Substring(header)
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].trimmingPrefix { $0 == " " || $0 == "\t" }
            guard let equals = rest.firstIndex(where: { $0 == "=" || $0 == ";" }), rest[equals] == "=" else { continue }
            let key = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            var value = ""
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while let next = rest.popFirst(), next != "\"" {
                    if next == "\\", rest.first == "\"" || rest.first == "\\", let escaped = rest.popFirst() {
                        value.append(escaped)
                    } else {
                        value.append(next)
                    }
                }
            } else {
                value = String(rest.prefix { $0 != ";" && $0 != " " })
            }
            if key == name { return value.replacing("%22", with: "\"") }
        }
        return nil
    }

    /// Where `needle` begins. The first byte of a delimiter (CR) is rare in what follows it, so this stays linear in practice and is
    /// bounded by the delimiter's length times the body's.
    private static func find<Bytes: RandomAccessCollection<UInt8>>(_ needle: [UInt8], in bytes: Bytes, from start: Int) -> Int?
    where Bytes.Index == Int {
        guard let first = needle.first else { return nil }
        var at = start
        while let next = bytes[at...].firstIndex(of: first) {
            guard bytes.endIndex - next >= needle.count else { return nil }
            if bytes[next..<(next + needle.count)].elementsEqual(needle) { return next }
            at = next + 1
        }
        return nil
    }
}
