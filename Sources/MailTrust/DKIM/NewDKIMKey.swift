import Crypto
import CryptoExtras
import Foundation

extension SignDKIM {
    public enum KeyKind: String, Sendable, CaseIterable {
        /// 2048 bits: what every receiver knows.
        case rsa
        /// RFC 8463: short, and some receivers do not know it yet.
        case ed25519
    }

    /// A new private key in PEM, as `init(domain:selector:pem:)` reads it.
    public static func newKey(_ kind: KeyKind) throws -> String {
        switch kind {
        case .rsa: return try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation
        case .ed25519:
            let der = Data(ed25519Head) + Curve25519.Signing.PrivateKey().rawRepresentation
            return "-----BEGIN PRIVATE KEY-----\n\(der.base64EncodedString())\n-----END PRIVATE KEY-----\n"
        }
    }
}
