import CMailParts
import Foundation

/// Reads raw mail (RFC 5322, RFC 2045 ff.) into a `ParsedMail`. Takes any bytes: what is damaged is described, nothing is refused.
public struct MailReader: Sendable {
    /// What is read of one mail; what goes beyond is left out and named as a defect. The raw bytes are for the caller to keep.
    public struct Limits: Sendable {
        /// Parts within parts.
        public var depth = 64
        public var parts = 2_000
        /// Headers of the whole mail, those of its parts included.
        public var headers = 20_000
        /// Headers of the message itself that `ParsedMail.headers` keeps.
        public var keptHeaders = 1_000
        /// Bytes of one header value.
        public var headerBytes = 32_768
        /// Addresses of one header.
        public var addresses = 1_000
        /// Bytes of the text and of the HTML, each.
        public var bodyBytes = 8_000_000

        public init() {}
    }

    private let limits: Limits

    /// GMime wants its first call to be finished before any other begins.
    private static let initialised: Void = mail_initialise()

    public init(limits: Limits = Limits()) {
        self.limits = limits
        _ = Self.initialised
    }

    public func read(_ raw: [UInt8]) -> ParsedMail { raw.withUnsafeBytes(read) }

    public func read(_ raw: Data) -> ParsedMail { raw.withUnsafeBytes(read) }

    public func read(_ raw: UnsafeRawBufferPointer) -> ParsedMail {
        var mail = ParsedMail()
        let bytes = raw.bindMemory(to: UInt8.self)
        let skipped = Self.beginOfHeaders(bytes)
        let rest = UnsafeBufferPointer(rebasing: bytes[skipped...])
        guard let base = rest.baseAddress, !rest.isEmpty else {
            mail.defects.append("the mail is empty")
            return mail
        }
        var trimming = HeaderTrimming(limits: limits)
        if let shorter = trimming.trimmed(rest) {
            mail = shorter.withUnsafeBufferPointer { read(trimmed: $0) }
            if let defect = trimming.defect, !mail.defects.contains(defect) { mail.defects.append(defect) }
            return mail
        }
        return read(trimmed: UnsafeBufferPointer(start: base, count: rest.count))
    }

    private func read(trimmed rest: UnsafeBufferPointer<UInt8>) -> ParsedMail {
        var mail = ParsedMail()
        guard let base = rest.baseAddress, let document = MailDocument(base, rest.count, limits) else {
            mail.defects += ["no headers could be read", "there is no From"]
            mail.text = Charsets.decode(Array(rest.prefix(limits.bodyBytes)).cleanText(), named: nil).text
            return mail
        }
        var collector = BodyCollector(document: document, limits: limits)
        collector.collect()
        HeaderReader(limits: limits).read(document.headers(of: 0), into: &mail)
        collector.finish(&mail)
        if document.wasCut { mail.defects.append("more parts, headers or depth than are read") }
        return mail
    }

    /// Skips blank lines, a byte order mark and an mbox `From ` line before the first header.
    private static func beginOfHeaders(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = 0
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x20 || bytes[index] == 0x09 {
            index += 1
        }
        // White space directly before a header belongs to no line before it.
        if bytes[index...].starts(with: "From ".utf8) || bytes[index...].starts(with: ">From ".utf8) {
            while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            if index < bytes.count { index += 1 }
        }
        return index
    }
}

/// A parsed mail in C's memory; freed with the last reference. The bytes it was made from must outlive it.
final class MailDocument {
    private let document: OpaquePointer
    let parts: UnsafeBufferPointer<mail_part>
    private let headerList: UnsafeBufferPointer<mail_header>
    /// The parts within each part, in their order.
    let children: [[Int]]

    init?(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ limits: MailReader.Limits) {
        guard let document = mail_parse(bytes, count, mail_limits(depth: limits.depth, parts: limits.parts, headers: limits.headers)) else {
            return nil
        }
        self.document = document
        var partCount = 0
        var headerCount = 0
        let partBase = mail_parts(document, &partCount)
        let headerBase = mail_headers(document, &headerCount)
        parts = UnsafeBufferPointer(start: partBase, count: partCount)
        headerList = UnsafeBufferPointer(start: headerBase, count: headerCount)
        var children = [[Int]](repeating: [], count: partCount)
        for index in 0..<partCount {
            let parent = Int(parts[index].parent)
            if parent >= 0, parent < index { children[parent].append(index) }
        }
        self.children = children
    }

    deinit { mail_free(document) }

    var wasCut: Bool { mail_was_cut(document) }

    func headers(of part: Int) -> UnsafeBufferPointer<mail_header> {
        guard part < parts.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let first = parts[part].first_header
        let end = min(first + parts[part].header_count, headerList.count)
        return UnsafeBufferPointer(rebasing: headerList[min(first, end)..<end])
    }

    /// The raw value of a part's first header of that name.
    func header(_ name: StaticString, of part: Int) -> [UInt8]? {
        let wanted = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        for header in headers(of: part) where strcasecmp(header.name, wanted) == 0 { return Self.bytes(header.value, limit: 65_536) }
        return nil
    }

    static func bytes(_ text: UnsafePointer<CChar>, limit: Int) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: text, count: strnlen(text, limit)))
    }

    /// A leaf's content with its transfer encoding undone.
    func content(of part: Int) -> [UInt8] {
        guard part < parts.count, let body = parts[part].body else { return [] }
        let length = parts[part].body_length
        let encoding = parts[part].encoding
        return [UInt8](unsafeUninitializedCapacity: mail_decoded_bound(encoding, length)) { buffer, count in
            guard let out = buffer.baseAddress else { return }
            count = mail_decode(encoding, body, length, out)
        }
    }

    /// What stands before the first and behind the last boundary of a multipart.
    func loose(of part: Int) -> [UInt8] {
        guard part < parts.count else { return [] }
        var out: [UInt8] = []
        if let body = parts[part].body { out += UnsafeBufferPointer(start: body, count: parts[part].body_length) }
        if let epilogue = parts[part].epilogue { out += UnsafeBufferPointer(start: epilogue, count: parts[part].epilogue_length) }
        return out
    }

    /// The mail inside a `message/rfc822` part.
    func message(in part: Int) -> [UInt8] {
        let length = mail_message_bytes(document, part, nil, 0)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            guard let out = buffer.baseAddress else { return }
            count = mail_message_bytes(document, part, out, length)
        }
    }
}
