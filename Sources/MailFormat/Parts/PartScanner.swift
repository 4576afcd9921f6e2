import Foundation
/// Finds the parts of a mail in one pass over its lines. Levels of nesting stand in a list, not on the stack, and a boundary line is
/// looked up among all open ones at once: so neither depth nor the number of boundaries costs more than their bytes.
struct PartScanner {
    private let bytes: [UInt8]
    private let limits: MailReader.Limits
    private(set) var parts: [PartList.Part] = []
    private(set) var headers: [PartList.Header] = []
    private(set) var wasCut = false

    /// A multipart whose boundary is still looked for.
    private struct Level {
        /// Where its parts are filed: itself, or the last ancestor within the limit of depth.
        var part: Int
        var boundary: ArraySlice<UInt8>
        /// The level further out with the same boundary.
        var shadowed: Int?
        var isOwnPart: Bool
    }

    private var levels: [Level] = []
    private var levelOf: [ArraySlice<UInt8>: Int] = [:]
    private var longestBoundary = 0
    /// The leaf, or prologue, whose body goes on.
    private var open: Int?

    /// Levels beyond this are no longer opened; those beyond `limits.depth` are opened, but not kept as parts of their own.
    private static let deepest = 30_000

    /// For the mail itself, instead of the one that it names.
    private let firstBoundary: ArraySlice<UInt8>?

    init(_ bytes: [UInt8], _ limits: MailReader.Limits, boundary: ArraySlice<UInt8>? = nil) {
        self.bytes = bytes
        self.limits = limits
        firstBoundary = boundary
    }

    mutating func scan(from begin: Int) {
        var at = addPart(at: begin, parent: nil)
        // Without a multipart nothing ends before the mail does.
        while at < bytes.count, !levels.isEmpty {
            let end = lineEnd(at)
            // Asked here as well: most lines are none, and end with that.
            guard bytes[at] == UInt8(ascii: "-"), let found = boundary(at, end) else {
                at = end
                continue
            }
            endOpen(at: at)
            leave(downTo: found.level)
            guard !found.closes else {
                close(found.level)
                at = end
                continue
            }
            guard parts.count < limits.parts else {
                wasCut = true
                return
            }
            at = addPart(at: end, parent: levels[found.level].part)
        }
        if let open { parts[open].body = parts[open].body.lowerBound..<max(parts[open].body.lowerBound, lastByte()) }
    }

    /// The end of the last part; a closing boundary that lost the line end before it is no part of it.
    private func lastByte() -> Int {
        guard let boundary = levels.last?.boundary else { return bytes.count }
        var end = bytes.count
        while end > 0, bytes[end - 1] <= 0x20, bytes.count - end < 8 { end -= 1 }
        let closing = Array("--".utf8) + boundary + Array("--".utf8)
        return bytes[..<end].suffix(closing.count).elementsEqual(closing) ? end - closing.count : bytes.count
    }

    // MARK: - Levels

    /// The line is a boundary of an open multipart: which, and whether it closes it.
    private func boundary(_ begin: Int, _ end: Int) -> (level: Int, closes: Bool)? {
        guard !levels.isEmpty, end - begin > 2, bytes[begin] == UInt8(ascii: "-"), bytes[begin + 1] == UInt8(ascii: "-") else { return nil }
        var last = end
        while last > begin + 2, bytes[last - 1] <= 0x20 { last -= 1 }
        let line = bytes[(begin + 2)..<last]
        guard line.count <= longestBoundary + 2 else { return nil }
        if let level = level(line) { return (level, false) }
        if line.count > 2, line[last - 1] == UInt8(ascii: "-"), line[last - 2] == UInt8(ascii: "-"), let level = level(line.dropLast(2)) {
            return (level, true)
        }
        return nil
    }

    private func level(_ boundary: ArraySlice<UInt8>) -> Int? {
        if levels.count == 1 { return levels[0].boundary == boundary ? 0 : nil }
        return levelOf[boundary]
    }

    private mutating func enter(_ boundary: ArraySlice<UInt8>, part: Int, isOwnPart: Bool) {
        levels.append(Level(part: part, boundary: boundary, shadowed: levelOf[boundary], isOwnPart: isOwnPart))
        levelOf[boundary] = levels.count - 1
        longestBoundary = max(longestBoundary, boundary.count)
    }

    private mutating func leave(downTo level: Int) {
        while levels.count > level + 1, let last = levels.popLast() { levelOf[last.boundary] = last.shadowed }
    }

    /// What stands behind the last boundary of a multipart is nobody's (RFC 2046 §5.1.1 "epilogue").
    private mutating func close(_ level: Int) {
        if levels[level].isOwnPart { parts[levels[level].part].isEnded = true }
        leave(downTo: level - 1)
    }

    // MARK: - Parts

    /// Reads the headers of a part and opens its body or its level. Returns where its body begins.
    private mutating func addPart(at begin: Int, parent: Int?) -> Int {
        let firstHeader = headers.count
        var type: Range<Int>?
        let body = readHeaders(at: begin, isMail: parent == nil, &type)
        let described = HeaderParameters(type.map { Array(bytes[$0.prefix(limits.headerBytes)]) } ?? [])
        let named = parent == nil ? firstBoundary ?? described.boundary : described.boundary
        let boundary = described.value.hasPrefix("multipart/") ? named : nil
        if let boundary, levels.count < Self.deepest {
            if levels.count >= limits.depth, let last = levels.last {
                // Too deep to be kept as a part: what it holds is filed further out.
                wasCut = true
                headers.removeSubrange(firstHeader...)
                open = nil
                enter(boundary, part: last.part, isOwnPart: false)
                return body
            }
            enter(boundary, part: parts.count, isOwnPart: true)
        }
        if let parent { parts[parent].children.append(parts.count) }
        open = parts.count
        parts.append(
            PartList.Part(
                parent: parent, isMultipart: boundary != nil && levels.last?.part == parts.count, headers: firstHeader..<headers.count,
                type: described, body: body..<body))
        return body
    }

    /// The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
    private mutating func endOpen(at line: Int) {
        guard let part = open else { return }
        open = nil
        var end = line
        let begin = parts[part].body.lowerBound
        if end > begin, bytes[end - 1] == 0x0A { end -= 1 }
        if end > begin, bytes[end - 1] == 0x0D { end -= 1 }
        parts[part].body = begin..<max(begin, end)
        if !parts[part].isMultipart { parts[part].isEnded = true }
    }

    // MARK: - Headers

    /// Files the headers from there on. Returns where the body begins.
    private mutating func readHeaders(at begin: Int, isMail: Bool, _ type: inout Range<Int>?) -> Int {
        var at = begin
        let first = headers.count
        // The header whose value may go on in the next line; kept or not.
        var last: PartList.Header?
        var late = Set<[UInt8]>()
        func file(_ scanner: inout PartScanner) {
            guard let header = last else { return }
            last = nil
            // Of two that say different things the last one counts, as in most mail programs.
            if scanner.isNamed(header, "content-type") { type = header.value }
            if scanner.headers.count - first < scanner.limits.headers, scanner.headers.count < scanner.limits.headers {
                scanner.headers.append(header)
                return
            }
            scanner.wasCut = true
            // Beyond the limit, each of those that a reader needs is still kept once.
            guard header.name.count <= 25 else { return }
            let name = scanner.bytes[header.name].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
            if Self.needed.contains(name), late.insert(name).inserted { scanner.headers.append(header) }
        }
        while at < bytes.count {
            let end = lineEnd(at)
            let byte = bytes[at]
            if byte == 0x0A || byte == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A {
                at = end
                break
            }
            if byte == 0x20 || byte == 0x09 {
                // A line of spaces ends the headers where no header follows: a blank line that gained spaces on its way.
                if isBlank(at, end), end < bytes.count, !isHeaderOrFold(end) {
                    at = end
                    break
                }
                if let header = last {
                    last?.value = header.value.lowerBound..<end
                } else if !isBlank(at, end) {
                    break
                }
            } else if byte == UInt8(ascii: "-"), boundary(at, end) != nil {
                break
            } else if let colon = headerColon(at, end) {
                file(&self)
                var nameEnd = colon
                while nameEnd > at, bytes[nameEnd - 1] <= 0x20 { nameEnd -= 1 }
                last = PartList.Header(name: at..<nameEnd, value: (colon + 1)..<end)
            } else if let header = last, bytes[header.value].last(where: { $0 > 0x20 }) == UInt8(ascii: ";") {
                // A line that lost its indent: parameters of the header above.
                last?.value = header.value.lowerBound..<end
            } else if let next = nextHeader(after: end, isMail: isMail, isFirst: last == nil) {
                // Lines that are no headers, between or before those that are.
                at = next
                continue
            } else {
                break
            }
            at = end
        }
        file(&self)
        return at
    }

    private static let needed: Set<[UInt8]> = Set(
        [
            "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "content-type",
            "content-transfer-encoding", "content-disposition", "content-id", "auto-submitted", "precedence", "list-id", "return-path",
            "received", "mime-version",
        ].map { Array($0.utf8) })

    private func isNamed(_ header: PartList.Header, _ name: StaticString) -> Bool {
        guard header.name.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in
            for (offset, index) in header.name.enumerated() where !bytes[index].isSameLetter(wanted[offset]) { return false }
            return true
        }
    }

    /// The colon of `Name: value`; nil where the line is no header.
    private func headerColon(_ begin: Int, _ end: Int) -> Int? {
        var index = begin
        var spaced = false
        while index < end, index - begin < 256 {
            let byte = bytes[index]
            if byte == UInt8(ascii: ":") { return index > begin ? index : nil }
            if byte == 0x20 || byte == 0x09 {
                spaced = true
            } else if spaced || byte < 0x21 || byte > 0x7E {
                return nil
            }
            index += 1
        }
        return nil
    }

    private func isHeaderOrFold(_ begin: Int) -> Bool {
        let end = lineEnd(begin)
        if bytes[begin] == 0x20 || bytes[begin] == 0x09 { return true }
        return headerColon(begin, end) != nil
    }

    /// Where the headers go on behind a line that is none, before a blank line; nil where the body has begun. Of a mail's own headers only
    /// known ones count: a body may say `Note: …`.
    private func nextHeader(after begin: Int, isMail: Bool, isFirst: Bool) -> Int? {
        var at = begin
        var lines = 0
        while at < bytes.count {
            let end = lineEnd(at)
            if isBlank(at, end) || boundary(at, end) != nil { return nil }
            if let colon = headerColon(at, end), colon - at <= 25 {
                let name = bytes[at..<colon].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
                if isFirst ? Self.traces.contains(name) : Self.needed.contains(name) { return at }
                if !isFirst, lines < 2 { return at }
            }
            lines += 1
            guard isMail || lines < 2 else { return nil }
            at = end
        }
        return nil
    }

    /// Headers that no text begins a line with.
    private static let traces: Set<[UInt8]> = Set(
        ["received", "return-path", "delivered-to", "message-id", "mime-version", "x-original-to", "content-type"].map { Array($0.utf8) })

    private func isBlank(_ begin: Int, _ end: Int) -> Bool { bytes[begin..<end].allSatisfy { $0 <= 0x20 } }

    /// Behind the next line feed, or the end.
    private func lineEnd(_ begin: Int) -> Int { bytes.lineEnd(begin) }
}

extension [UInt8] {
    /// Behind the next line feed, or the end.
    func lineEnd(_ begin: Int) -> Int {
        guard begin < count else { return count }
        return withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base + begin, 0x0A, buffer.count - begin) else { return buffer.count }
            return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found)) + 1
        }
    }
}
