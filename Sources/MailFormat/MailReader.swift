import Foundation

/// Reads raw mail (RFC 5322, RFC 2045 ff.) into a `ParsedMail`. Takes any bytes: what is damaged is described, nothing is refused.
///
/// Time and memory grow with the size of the mail and not faster, whatever stands in it; what goes beyond `Limits` is left out.
public struct MailReader: Sendable {
    /// What is read of one mail; what goes beyond is left out and named as a defect. The raw bytes are for the caller to keep.
    public struct Limits: Sendable {
        /// Parts within parts. What stands deeper is filed under the last part within the limit.
        public var depth = 64
        /// Parts of the whole mail.
        public var parts = 2_000
        /// Headers of the whole mail, those of its parts included. Beyond, only those are kept that are read.
        public var headers = 20_000
        /// Headers of the message itself that `ParsedMail.headers` keeps.
        public var keptHeaders = 1_000
        /// Bytes of one header value.
        public var headerBytes = 32_768
        /// Addresses of one header.
        public var addresses = 1_000
        /// Bytes of all texts and all HTML together.
        public var bodyBytes = 4_000_000
        /// Containers within containers that are unpacked: signed mails, `winmail.dat`.
        public var containers = 4

        public init() {}
    }

    private let limits: Limits

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// - Parameter raw: is copied, and not used after this returns.
    public func read(_ raw: UnsafeRawBufferPointer) -> ParsedMail { read([UInt8](raw)) }

    public func read(_ raw: Data) -> ParsedMail { read([UInt8](raw)) }

    /// - Parameter raw: as it came over SMTP or out of a file: any line ends, with or without an mbox line before it.
    public func read(_ raw: [UInt8]) -> ParsedMail {
        var mail = ParsedMail()
        let bytes = Self.withLineFeeds(raw)
        let begin = Self.beginOfHeaders(bytes)
        guard begin < bytes.count else {
            mail.defects.append("the mail is empty")
            return mail
        }
        let list = PartList(bytes, from: begin, limits: limits)
        if list.headers(of: 0).isEmpty { mail.defects.append("no headers could be read") }
        HeaderReader(limits: limits).read(list, into: &mail)
        var collector = BodyCollector(list, limits: limits)
        collector.collect()
        collector.finish(&mail)
        if list.boundaryWasGuessed { mail.defects.append("a multipart without the boundary that it names") }
        if list.wasCut { mail.defects.append("more parts, headers or depth than are read") }
        return mail
    }

    /// Skips blank lines, a byte order mark and an mbox `From ` line before the first header.
    private static func beginOfHeaders(_ bytes: [UInt8]) -> Int {
        var index = 0
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        // White space directly before a header belongs to no line before it.
        if bytes[index...].starts(with: "From ".utf8) || bytes[index...].starts(with: ">From ".utf8) { index = bytes.lineEnd(index) }
        return index
    }

    /// Bare carriage returns as line ends, where a mail has no others.
    private static func withLineFeeds(_ raw: [UInt8]) -> [UInt8] {
        guard raw.prefix(2_000).contains(0x0D), !raw.contains(0x0A) else { return raw }
        return raw.map { $0 == 0x0D ? 0x0A : $0 }
    }
}
