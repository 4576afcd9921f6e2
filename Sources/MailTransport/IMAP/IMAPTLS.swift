import Foundation
import NIOCore
import NIOSSL
import Synchronization

/// Encryption towards one server: its certificate must be valid, of somebody trusted, and for the host's name.
struct IMAPTLS: Sendable {
    private let context: NIOSSLContext
    /// nil for an IP address: a certificate is then checked against the address itself.
    private let serverName: String?
    private let look: CertificateLook?

    /// - Parameter look: the server's certificate is only looked at; the handshake then fails whatever it is.
    /// - Throws: where the additional certificates cannot be read.
    init(mailbox: IMAPMailbox, settings: IMAPClientSettings, look: CertificateLook? = nil) throws {
        self.look = look
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let path = settings.additionalTrustRoots { configuration.additionalTrustRoots = [.file(path)] }
        context = try NIOSSLContext(configuration: configuration)
        serverName = (try? SocketAddress(ipAddress: mailbox.host, port: 0)) == nil ? mailbox.host : nil
    }

    func handler() throws -> NIOSSLClientHandler {
        guard let look else { return try NIOSSLClientHandler(context: context, serverHostname: serverName) }
        return try NIOSSLClientHandler(context: context, serverHostname: serverName) { chain, promise in
            look.saw(chain.first)
            promise.succeed(NIOSSLVerificationResult.failed)
        }
    }

    static func failure(for error: any Error) -> IMAPFailure {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            IMAPFailure(.certificate, "it is for another host name")
        case NIOSSLError.handshakeFailed(let reason) where "\(reason)".contains("CERTIFICATE_VERIFY_FAILED"):
            IMAPFailure(.certificate, "it is signed by nobody who is trusted here")
        case NIOSSLError.handshakeFailed(let reason) where "\(reason)".contains("WRONG_VERSION_NUMBER"):
            IMAPFailure(.noEncryption, "what answers there does not begin with encryption; perhaps this port wants `starttls`")
        case NIOSSLError.handshakeFailed, is BoringSSLError: IMAPFailure(.noEncryption, "the encrypted connection failed (\(error))")
        default: IMAPFailure(.lost, "the connection was lost")
        }
    }
}

/// When a server's certificate holds. The library tells that one was refused, not why; so it is asked for once more, and nothing is said
/// behind it.
final class CertificateLook: Sendable {
    private let seen = Mutex<(from: Int, until: Int)?>(nil)

    func saw(_ certificate: NIOSSLCertificate?) {
        guard let certificate else { return }
        seen.withLock { $0 = (Int(certificate.notValidBefore), Int(certificate.notValidAfter)) }
    }

    /// What its dates have against it; nil where they are good.
    func problem(at now: Date) -> String? {
        guard let (from, until) = seen.withLock({ $0 }) else { return nil }
        func day(_ seconds: Int) -> String {
            Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format(.iso8601.year().month().day())
        }
        let seconds = now.timeIntervalSince1970
        if seconds > TimeInterval(until) { return "it expired on \(day(until))" }
        return seconds < TimeInterval(from) ? "it holds only from \(day(from)) on" : nil
    }
}

/// Where a mailbox's server may stand: anywhere, in a private network too, but for addresses at which no mail server is. The link-local
/// ones are where clouds keep the credentials of a machine.
enum AllowedPeer {
    static func isAllowed(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4(let address): return isAllowed(withUnsafeBytes(of: address.address.sin_addr) { Array($0) })
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10...11].allSatisfy({ $0 == 0xFF }) { return isAllowed(Array(bytes[12...])) }
            return !(bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80) && bytes[0] != 0xFF
        case .unixDomainSocket: return false
        }
    }

    private static func isAllowed(_ v4: [UInt8]) -> Bool { !(v4[0] == 169 && v4[1] == 254) && v4[0] < 224 && v4[0] != 0 }
}
