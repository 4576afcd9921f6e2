import HTMLReading

/// Text with an OpenPGP signature around it (RFC 9580 §7): `-----BEGIN PGP SIGNED MESSAGE-----`, the text, the signature.
public enum ClearSignedText {
    private static let begin = "-----BEGIN PGP SIGNED MESSAGE-----"
    private static let signature = "-----BEGIN PGP SIGNATURE-----"
    private static let end = "-----END PGP SIGNATURE-----"

    /// The text without the lines of the signature; as it is where it has none, or one that is not closed. Linear in the input.
    public static func plain(_ text: String) -> String {
        guard text.hasPart("-----BEGIN PGP SIGNED MESSAGE-----") else { return text }
        var out: [Substring] = []
        var pending: [Substring] = []
        var state = State.outside
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.last == " " ? String(line).foldingWhiteSpace()[...] : line
            switch state {
            case .outside:
                if trimmed == begin { state = .headers } else { out.append(line) }
            case .headers:
                // `Hash: SHA512`, then a blank line.
                if trimmed.isEmpty { state = .signed }
            case .signed:
                if trimmed == signature { state = .signature } else { pending.append(line.hasPrefix("- ") ? line.dropFirst(2) : line) }
            case .signature:
                guard trimmed == end else { continue }
                out += pending
                pending = []
                state = .outside
            }
        }
        guard case .outside = state else { return text }
        return out.joined(separator: "\n")
    }

    private enum State { case outside, headers, signed, signature }
}
