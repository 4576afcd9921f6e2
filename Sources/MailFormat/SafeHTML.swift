import HTMLReading

/// Writes foreign HTML anew from an allow-list of elements, attributes and style properties: what is not on a list is not in the output, so
/// no script, handler, form, frame, style sheet, SVG or MathML can be. Output is balanced, and stable under a second pass.
/// Show it in a sandboxed frame with a content security policy all the same. Linear in the input; never fails.
public struct SafeHTML: Sendable {
    /// What becomes of a picture that came with the mail (`cid:`, RFC 2392).
    public enum AttachedPictures: Sendable {
        /// Stays `cid:…`, which no browser loads: for HTML that is kept, and cleaned once more when it is shown.
        case asTheyStand
        /// For each `Content-ID` (without brackets) the URL under which that attachment is served. Others lose their source.
        case at([String: String])
    }

    /// Cleaned HTML and what was found in it.
    public struct Result: Sendable, Equatable {
        public var html: String
        /// Pictures of other servers that were not let through.
        public var blockedRemoteImages: Int
        /// Pictures of other servers that were let through.
        public var remoteImages: Int
        /// Whether it sets colours of its own, so that it cannot be shown on any other ground than its own.
        public var hasColours: Bool
        /// Where, in bytes of `html`, the text that was asked for ends: cleaned again, what stands before is a document of its own. nil
        /// where the HTML does not begin with that text, and where nothing stands behind it.
        public var newBytes: Int?
    }

    let remoteImages: Bool
    let attached: AttachedPictures
    private let ownURLs: Set<String>

    /// - Parameters:
    ///   - remoteImages: whether pictures may be fetched from other servers: it tells their sender that the mail was opened.
    ///   - attached: what becomes of pictures that came with the mail.
    public init(remoteImages: Bool = false, attached: AttachedPictures = .at([:])) {
        self.remoteImages = remoteImages
        self.attached = attached
        if case .at(let urls) = attached { ownURLs = Set(urls.values) } else { ownURLs = [] }
    }

    public func clean(_ html: String) -> String { cleaned(html).html }

    /// - Parameters:
    ///   - newText: the text that the new part of a mail has; `Result.newBytes` says where it ends.
    ///   - byteLimit: what is behind so many bytes of output is left out.
    public func cleaned(_ html: String, newText: String? = nil, byteLimit: Int = .max) -> Result {
        var writer = SafeHTMLWriter(rules: self, following: newText)
        var tokens = HTMLTokenizer(html)
        // Most mails have no such element.
        var ends: EndsOfDropped?
        while writer.byteCount <= byteLimit, let token = tokens.next() {
            ends?.count(token)
            writer.take(token, tokens.bytes) { name in
                let found = ends ?? EndsOfDropped(behind: tokens)
                ends = found
                return found.ahead(name)
            }
        }
        return writer.finish()
    }

    /// The source that a picture gets; nil where it loses it.
    func source(_ src: String, blocked: inout Int, loaded: inout Int) -> String? {
        if ownURLs.contains(src) { return src }
        switch SafeURL.picture(src) {
        case .own(let url): return url
        case .attached(let id):
            switch attached {
            case .asTheyStand: return "cid:" + id
            case .at(let urls): return urls[id] ?? id.removingPercentEncodings.flatMap { urls[$0] }
            }
        case .remote(let url):
            guard remoteImages else {
                blocked += 1
                return nil
            }
            loaded += 1
            return url
        case nil: return nil
        }
    }
}

/// Where the ends of elements that go whole are still to come: one that is never closed does not take the rest of the mail with it.
private struct EndsOfDropped {
    private var left: [String: Int] = [:]

    init(behind place: HTMLTokenizer) {
        var tokens = place
        while let token = tokens.next() {
            if case .end(let name) = token, SafeElement.all[name]?.traits.contains(.dropped) == true { left[name, default: 0] += 1 }
        }
    }

    mutating func count(_ token: HTMLToken) {
        if case .end(let name) = token, left[name] != nil { left[name, default: 1] -= 1 }
    }

    func ahead(_ name: String) -> Bool { left[name, default: 0] > 0 }
}

extension String {
    /// With `%` and two digits read as a byte (RFC 3986 §2.1), as `cid:` URLs are written (RFC 2392 §2); nil where that is no UTF-8.
    fileprivate var removingPercentEncodings: String? {
        let bytes = Array(utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                out.append(value)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(validating: out, as: UTF8.self)
    }
}
