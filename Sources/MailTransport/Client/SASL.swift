import Foundation

/// Signing in (RFC 4954): one mechanism and how far it has come.
struct SASL: Sendable, Equatable {
    enum Mechanism: String, Sendable, CaseIterable {
        /// RFC 4616.
        case plain = "PLAIN"
        /// Not in an RFC, and what some servers offer alone.
        case login = "LOGIN"
    }

    private let mechanism: Mechanism
    private let credentials: SMTPRelay.Credentials
    private var step = 0

    /// The first that the server offers too; nil where there is none.
    init?(offered: Set<String>, credentials: SMTPRelay.Credentials) {
        guard let mechanism = Mechanism.allCases.first(where: { offered.contains($0.rawValue) }) else { return nil }
        self.mechanism = mechanism
        self.credentials = credentials
    }

    static var names: String { Mechanism.allCases.map(\.rawValue).joined(separator: ", ") }

    /// The AUTH command.
    var command: String {
        switch mechanism {
        case .plain: "AUTH PLAIN \(Self.base64("\0\(credentials.user)\0\(credentials.password)"))"
        case .login: "AUTH LOGIN"
        }
    }

    /// What to answer to a 334; `*`, once, where the server asks for more than there is to say; then nil.
    mutating func nextResponse() -> String? {
        let answers = mechanism == .login ? [Self.base64(credentials.user), Self.base64(credentials.password), "*"] : ["*"]
        guard step < answers.count else { return nil }
        defer { step += 1 }
        return answers[step]
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
