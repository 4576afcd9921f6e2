import NIOSSL
import Synchronization

/// The receiver's certificate and key, PEM files. `reload()` reads them again for the connections that come after, so that a
/// renewed certificate needs no restart.
public final class ServerTLS: Sendable {
    private let certificatePath: String
    private let keyPath: String
    private let current: Mutex<NIOSSLContext>

    /// - Throws: `MailTransportError.certificate` where the files are missing, damaged or do not belong together.
    public init(certificatePath: String, keyPath: String) throws(MailTransportError) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        current = Mutex(try Self.load(certificatePath, keyPath))
    }

    /// Reads the files again; on an error the old certificate stays in use.
    public func reload() throws(MailTransportError) {
        let fresh = try Self.load(certificatePath, keyPath)
        current.withLock { $0 = fresh }
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    private static func load(_ certificatePath: String, _ keyPath: String) throws(MailTransportError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
            let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            // TLS 1.2 and up (RFC 8996).
            configuration.minimumTLSVersion = .tlsv12
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .certificate(path: certificatePath, reason: "\(error)")
        }
    }
}

extension TLSVersion {
    /// As it is written in `Received` lines.
    var name: String {
        switch self {
        case .tlsv1: "TLSv1"
        case .tlsv11: "TLSv1.1"
        case .tlsv12: "TLSv1.2"
        case .tlsv13: "TLSv1.3"
        }
    }
}
