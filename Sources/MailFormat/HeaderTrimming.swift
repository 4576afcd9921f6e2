/// Shortens what a mail parser would spend too long on: one header of megabytes, a hundred thousand headers or recipients, more parts than anybody
/// sends. Ordinary mail passes untouched and is not copied.
struct HeaderTrimming {
    private let limits: MailReader.Limits
    /// What was left out, in words.
    private(set) var defect: String?

    init(limits: MailReader.Limits) {
        self.limits = limits
    }

    /// The bytes to be read instead, or nil where all may stay.
    mutating func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let longest = max(limits.headerBytes, limits.addresses * 100)
        var kept: [Range<Int>] = []
        var headerBegin = 0
        var index = 0
        var count = 0
        var isCut = false
        var boundary: [UInt8]?
        func finish(_ end: Int) {
            guard end > headerBegin else { return }
            count += 1
            if boundary == nil, end - headerBegin < 4_096, bytes[headerBegin] | 0x20 == UInt8(ascii: "c") {
                boundary = Self.boundary(Array(bytes[headerBegin..<end]))
            }
            if count > limits.headers {
                isCut = true
            } else if end - headerBegin > longest {
                isCut = true
                // Up to the last line end before the limit, so that no line is half a header.
                kept.append(headerBegin..<(headerBegin + longest))
                kept.append(end - 1..<end)
            } else {
                kept.append(headerBegin..<end)
            }
        }
        while index < bytes.count {
            let end = Self.lineEnd(bytes, index)
            let first = bytes[index]
            if first == 0x0A || first == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A { break }
            if first != 0x20, first != 0x09, index > headerBegin {
                finish(index)
                headerBegin = index
            }
            index = end
        }
        finish(index)
        let bodyEnd = self.bodyEnd(bytes, index, boundary)
        if bodyEnd < bytes.count { isCut = true }
        guard isCut else { return nil }
        defect = "more parts, headers or depth than are read"
        var out: [UInt8] = []
        out.reserveCapacity(bodyEnd)
        for range in kept { out += bytes[range] }
        out += bytes[index..<bodyEnd]
        return out
    }

    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int) -> Int {
        var index = begin
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return min(index + 1, bytes.count)
    }

    private static func boundary(_ header: [UInt8]) -> [UInt8]? {
        guard let colon = header.firstIndex(of: UInt8(ascii: ":")),
            String(decoding: header[..<colon], as: UTF8.self).lowercased() == "content-type"
        else { return nil }
        return HeaderParameters(Array(header[(colon + 1)...]))["boundary"].map { Array("--\($0)".utf8) }
    }

    /// Where the parts of the outermost multipart become too many.
    private func bodyEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ boundary: [UInt8]?) -> Int {
        guard let boundary, bytes.count - begin > limits.parts * (boundary.count + 3) else { return bytes.count }
        var index = begin
        var count = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-"), bytes[index...].starts(with: boundary) {
                count += 1
                if count > limits.parts { return index }
            }
            index = Self.lineEnd(bytes, index)
        }
        return bytes.count
    }
}
