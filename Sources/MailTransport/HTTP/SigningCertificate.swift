import Foundation
import NIOSSL

/// The certificate of somebody who signs messages, as far as a signature needs it.
public struct SigningCertificate: Sendable, Hashable {
    /// Its public key (SubjectPublicKeyInfo, RFC 5280 §4.1.2.7) in DER.
    public var publicKey: [UInt8]
    /// The host names that it is for, in small letters.
    public var names: [String]
    public var validFrom: Date
    public var validUntil: Date

    /// The first certificate of a PEM text; nil where there is none.
    public init?(pem: [UInt8]) {
        guard let certificate = try? NIOSSLCertificate.fromPEMBytes(pem).first,
            let key = try? certificate.extractPublicKey().toSPKIBytes()
        else { return nil }
        publicKey = key
        names = certificate._subjectAlternativeNames().filter { $0.nameType == .dnsName }
            .map { String(decoding: Array($0.contents), as: UTF8.self).lowercased() }
        validFrom = Date(timeIntervalSince1970: TimeInterval(certificate.notValidBefore))
        validUntil = Date(timeIntervalSince1970: TimeInterval(certificate.notValidAfter))
    }
}
