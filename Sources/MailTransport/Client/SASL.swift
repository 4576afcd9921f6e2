import Crypto
import Foundation

/// Signing in (RFC 4954): one mechanism and how far it has come.
struct SASL: Sendable, Equatable {
    private let mechanism: SMTPRelay.SignIn
    private let credentials: SMTPRelay.Credentials
    private var step = 0

    /// The one that the relay's address wants, else the best that the server offers too; nil where there is none.
    /// - Parameter isEncrypted: where it is not, a way that does not say the password goes first.
    init?(offered: Set<String>, credentials: SMTPRelay.Credentials, wanted: SMTPRelay.SignIn? = nil, isEncrypted: Bool = true) {
        let order = wanted.map { [$0] } ?? (isEncrypted ? [.plain, .login, .cramMD5] : [.cramMD5, .plain, .login])
        guard let mechanism = order.first(where: { offered.contains($0.rawValue) }) else { return nil }
        self.mechanism = mechanism
        self.credentials = credentials
    }

    /// Those that are tried.
    static func names(wanted: SMTPRelay.SignIn?) -> String {
        (wanted.map { [$0] } ?? [.plain, .login, .cramMD5]).map(\.rawValue).joined(separator: ", ")
    }

    /// The AUTH command.
    var command: String {
        switch mechanism {
        case .plain: "AUTH PLAIN \(Self.base64("\0\(credentials.user)\0\(credentials.password)"))"
        case .xoauth2: "AUTH XOAUTH2 \(Self.base64("user=\(credentials.user)\u{1}auth=Bearer \(credentials.password)\u{1}\u{1}"))"
        case .login, .cramMD5: "AUTH \(mechanism.rawValue)"
        }
    }

    /// What to answer to a 334; `*`, once, where the server asks for more than there is to say; then nil.
    /// - Parameter challenge: the text of the 334.
    mutating func nextResponse(to challenge: String) -> String? {
        let answers: [String] =
            switch mechanism {
            case .plain: ["*"]
            case .login: [Self.base64(credentials.user), Self.base64(credentials.password), "*"]
            case .cramMD5: [proof(of: challenge) ?? "*", "*"]
            // The 334 says in JSON why the token is not good; an empty line has the server refuse it.
            case .xoauth2: ["", "*"]
            }
        guard step < answers.count else { return nil }
        defer { step += 1 }
        return answers[step]
    }

    /// RFC 2195 §2: HMAC-MD5 of the challenge with the password.
    private func proof(of challenge: String) -> String? {
        guard let text = Data(base64Encoded: challenge) else { return nil }
        let code = HMAC<Insecure.MD5>.authenticationCode(for: text, using: SymmetricKey(data: Data(credentials.password.utf8)))
        return Self.base64("\(credentials.user) \(code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())")
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
