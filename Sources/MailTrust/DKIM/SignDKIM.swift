import Crypto
import CryptoExtras
import Foundation

/// Signs mail that goes out (RFC 6376 §5, relaxed/relaxed).
public struct SignDKIM: Sendable {
    public enum Key: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    public enum KeyProblem: Error, Hashable, CustomStringConvertible {
        case unreadable

        public var description: String {
            "The key for signing is neither an RSA key of at least 1024 bits nor an Ed25519 key in PEM. "
                + "`openssl genrsa -out dkim.pem 2048` makes one."
        }
    }

    /// `d=`, small letters.
    public let domain: String
    public let selector: String
    private let key: Key

    /// What is signed: whatever of it the mail has, and once more, so that nobody adds another behind our back (§8.15). RFC 8058 §4 wants
    /// the two List fields in it.
    static let names = [
        "from", "reply-to", "subject", "date", "to", "cc", "message-id", "in-reply-to", "references", "mime-version", "content-type",
        "content-transfer-encoding", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
    ]

    public init(domain: String, selector: String, key: Key) {
        self.domain = domain.domainKey
        self.selector = selector
        self.key = key
    }

    /// - Parameter pem: a private key: RSA as PKCS #1 or PKCS #8, or Ed25519 as PKCS #8 (RFC 8410).
    public init(domain: String, selector: String, pem: String) throws(KeyProblem) {
        self.init(domain: domain, selector: selector, key: try Self.key(pem))
    }

    /// RFC 8410 §7: 16 bytes that say “an Ed25519 key”, then the key's 32.
    static let ed25519Head: [UInt8] = [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

    private static func key(_ pem: String) throws(KeyProblem) -> Key {
        if let key = try? _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem) { return .rsa(key) }
        let lines = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        guard let der = Data(base64Encoded: lines.joined()), der.count == 48, der.prefix(16).elementsEqual(ed25519Head),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der.suffix(32))
        else { throw .unreadable }
        return .ed25519(key)
    }

    /// The TXT record to publish at `<selector>._domainkey.<domain>`.
    public var record: String {
        switch key {
        case .rsa(let key): "v=DKIM1; k=rsa; p=\(key.publicKey.derRepresentation.base64EncodedString())"
        case .ed25519(let key): "v=DKIM1; k=ed25519; p=\(key.publicKey.rawRepresentation.base64EncodedString())"
        }
    }

    /// The mail with a `DKIM-Signature` before it.
    public func run(_ raw: [UInt8], at now: Date) throws -> [UInt8] {
        let mail = RawFields(raw)
        let present = Set(mail.fields.map(\.name))
        let names = Self.names.flatMap { name in
            let count = mail.all(name).count
            return present.contains(name) || SignedContent.once.contains(name) ? Array(repeating: name, count: count + 1) : []
        }
        let bodyHash = Data(Canonicalization.relaxed.bodyDigest(mail.body).digest).base64EncodedString()
        let algorithm =
            switch key {
            case .rsa: DKIMClaim.Algorithm.rsa
            case .ed25519: DKIMClaim.Algorithm.ed25519
            }
        var lines = [
            "DKIM-Signature: v=1; a=\(algorithm.rawValue); c=relaxed/relaxed; d=\(domain); s=\(selector);",
            "\tt=\(Int64(now.timeIntervalSince1970)); bh=\(bodyHash);",
        ]
        lines += Self.folded("h=" + names.joined(separator: ":") + ";", after: ":")
        lines.append("\tb=")
        let unsigned = Array(lines.joined(separator: "\r\n").utf8)
        let content = SignedContent.header(mail.fields, names: names, signature: RawField(unsigned), .relaxed)
        let signature =
            switch key {
            case .rsa(let key): try key.signature(for: content, padding: .insecurePKCS1v1_5).rawRepresentation
            case .ed25519(let key): try key.signature(for: Data(SHA256.hash(data: content)))
            }
        let folded = Self.folded(signature.base64EncodedString(), after: nil).joined(separator: "\r\n").dropFirst()
        return unsigned + Array((String(folded) + "\r\n").utf8) + raw
    }

    /// Lines of at most 76 characters behind a tab, broken behind a mark, or anywhere.
    private static func folded(_ text: String, after mark: Character?) -> [String] {
        var lines: [String] = []
        var line = "\t"
        for piece in text.split(after: mark) {
            if line.utf8.count + piece.utf8.count > 76 {
                lines.append(line)
                line = "\t"
            }
            line += piece
        }
        return lines + [line]
    }
}

extension String {
    /// The text in pieces that end in the mark; character by character without one.
    fileprivate func split(after mark: Character?) -> [String] {
        guard let mark else { return map { String($0) } }
        var pieces: [String] = [""]
        for character in self {
            pieces[pieces.count - 1].append(character)
            if character == mark { pieces.append("") }
        }
        return pieces
    }
}
