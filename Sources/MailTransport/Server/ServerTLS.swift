import Foundation
import NIOSSL
import Synchronization

/// The receiver's certificate and key, PEM files. What is read again holds for the handshakes that come after, so that a renewed
/// certificate needs no restart.
public final class ServerTLS: Sendable {
    private struct State {
        var context: NIOSSLContext
        /// What the files looked like when they were read last, whether they could be used or not.
        var seen: [FileStamp?]
    }

    private let certificatePath: String
    private let keyPath: String
    private let state: Mutex<State>

    /// - Throws: `MailTransportError.certificate` where the files are missing, damaged or do not belong together.
    public init(certificatePath: String, keyPath: String) throws(MailTransportError) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        let seen = Self.stamps(certificatePath, keyPath)
        state = Mutex(State(context: try Self.load(certificatePath, keyPath), seen: seen))
    }

    /// Reads the files again where they are not those that were read last.
    /// - Returns: whether there is a new certificate.
    /// - Throws: `MailTransportError.certificate`, once for each change; the old certificate stays in use.
    public func reloadIfChanged() throws(MailTransportError) -> Bool {
        let now = Self.stamps(certificatePath, keyPath)
        let isNew = state.withLock { state in
            defer { state.seen = now }
            return state.seen != now
        }
        guard isNew else { return false }
        let fresh = try Self.load(certificatePath, keyPath)
        state.withLock { $0.context = fresh }
        return true
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    /// Until when a certificate is good, in seconds since 1970 (RFC 5280 §4.1.2.5): the first one of a PEM file.
    public static func validUntil(certificatePath: String) throws(MailTransportError) -> Int64 {
        do {
            guard let first = try NIOSSLCertificate.fromPEMFile(certificatePath).first else {
                throw MailTransportError.certificate(path: certificatePath, reason: "there is none in it")
            }
            return Int64(first.notValidAfter)
        } catch {
            throw (error as? MailTransportError) ?? .certificate(path: certificatePath, reason: "\(error)")
        }
    }

    /// What tells one version of a file from the next.
    private struct FileStamp: Equatable {
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    private static func stamps(_ paths: String...) -> [FileStamp?] {
        paths.map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            return FileStamp(
                inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
                nanoseconds: status.st_mtim.tv_nsec)
        }
    }

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
