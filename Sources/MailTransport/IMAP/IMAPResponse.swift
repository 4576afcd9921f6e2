import NIOCore

/// One reply of the server, as far as we look at it (RFC 9051 §7).
enum IMAPResponse: Sendable, Equatable {
    enum Status: String, Sendable, Equatable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    /// What stands in brackets: `[UIDVALIDITY 17]`, in capitals.
    struct Code: Sendable, Equatable {
        var name: String
        var words: [String]
    }

    /// What a FETCH tells of one mail.
    struct Fetched: Sendable, Equatable {
        enum Body: Sendable, Equatable {
            case bytes(ByteBuffer)
            /// It has so many bytes and was not kept.
            case tooLarge(Int)
            /// The server has none.
            case none
        }

        var uid: UInt32?
        var size: Int?
        var internalDate: String?
        var body: Body?
    }

    case tagged(String, Status, Code?, text: String)
    case status(Status, Code?, text: String)
    /// `+`: go on.
    case goOn
    case capability(Set<String>)
    /// So many mails are in the folder.
    case exists(Int)
    case fetch(Fetched)
    /// Nothing that we asked for.
    case other

    /// nil where the reply is no IMAP.
    init?(_ parts: [IMAPReplyReader.Part]) {
        guard case .text(let head)? = parts.first else { return nil }
        let line = Self.clean(head.readableBytesView.prefix(4_096))
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard let first = words.first, !first.isEmpty else { return nil }
        if first == "+" {
            self = .goOn
            return
        }
        guard words.count > 1 else { return nil }
        let kind = words[1].uppercased()
        if let status = Status(rawValue: kind) {
            let (code, text) = Self.code(words.count > 2 ? words[2] : "")
            self = first == "*" ? .status(status, code, text: text) : .tagged(first, status, code, text: text)
            return
        }
        guard first == "*" else { return nil }
        if kind == "CAPABILITY" {
            self = .capability(Self.names(words.count > 2 ? words[2].split(separator: " ") : []))
            return
        }
        guard let number = UInt32(kind), words.count > 2 else {
            self = .other
            return
        }
        let rest = words[2].uppercased()
        if rest == "EXISTS" {
            self = .exists(Int(number))
        } else if rest.hasPrefix("FETCH ") || rest.hasPrefix("FETCH(") {
            guard let tokens = IMAPToken.read(parts), let fetched = Self.fetched(tokens.dropFirst(3)) else { return nil }
            self = .fetch(fetched)
        } else {
            self = .other
        }
    }

    static func names(_ words: some Sequence<some StringProtocol>) -> Set<String> { Set(words.map { $0.uppercased() }) }

    /// `(UID 17 RFC822.SIZE 100 BODY[] {3}…)`
    static func fetched(_ tokens: ArraySlice<IMAPToken>) -> Fetched? {
        guard tokens.first == .open else { return nil }
        var fetched = Fetched()
        var rest = tokens.dropFirst()
        while let token = rest.popFirst(), token != .close {
            guard case .atom(let name) = token, let value = rest.popFirst() else { return nil }
            switch (name.uppercased(), value) {
            case ("UID", .atom(let number)): fetched.uid = UInt32(number)
            case ("RFC822.SIZE", .atom(let number)): fetched.size = Int(number)
            case ("INTERNALDATE", .string(let text)): fetched.internalDate = String(buffer: text)
            case ("BODY[]", .string(let bytes)), ("BODY[HEADER]", .string(let bytes)): fetched.body = .bytes(bytes)
            case ("BODY[]", .skipped(let count)), ("BODY[HEADER]", .skipped(let count)): fetched.body = .tooLarge(count)
            case ("BODY[]", .atom), ("BODY[HEADER]", .atom): fetched.body = Fetched.Body.none
            case (_, .open):
                var depth = 1
                while depth > 0, let inner = rest.popFirst() { depth += inner == .open ? 1 : inner == .close ? -1 : 0 }
            case (_, .close): return nil
            default: break
            }
        }
        return fetched
    }

    /// The bracketed code at the beginning, and the words behind it.
    private static func code(_ text: String) -> (Code?, text: String) {
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else { return (nil, text) }
        let words = text[text.index(after: text.startIndex)..<end].split(separator: " ").map { $0.uppercased() }
        let rest = String(text[text.index(after: end)...].drop { $0 == " " })
        guard let name = words.first else { return (nil, rest) }
        return (Code(name: name, words: Array(words.dropFirst())), rest)
    }

    /// Text that may be shown: no control characters.
    private static func clean(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }
}
