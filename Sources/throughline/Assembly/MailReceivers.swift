import Desk
import Foundation
import Logging
import MailTransport
import ServiceLifecycle
import Settings

#if canImport(Glibc)
    import Glibc
#endif

/// What takes mail in: SMTP, LMTP, and who looks after their certificate.
struct MailReceivers {
    let settings: Settings
    let desk: Desk
    let logger: Logger

    func services() throws -> [any Service] {
        var services: [any Service] = []
        if !settings.smtp.listen.isEmpty {
            let tls = try settings.smtp.tls.map { try ServerTLS(certificatePath: $0.certificate, keyPath: $0.key) }
            if let tls { services.append(CertificateWatch(tls: tls, logger: logger)) }
            services.append(smtp(tls))
        }
        if let place = settings.lmtp.listen { services.append(lmtp(place)) }
        return services
    }

    private func smtp(_ tls: ServerTLS?) -> SMTPServer {
        var receiver = SMTPServerSettings(hostname: settings.smtp.hostname)
        receiver.maxMessageBytes = settings.smtp.maxMessageBytes
        receiver.trustedProxies = settings.smtp.trustedProxies.compactMap { MailTransport.AddressRange(parsing: $0) }
        return SMTPServer(
            settings: receiver, addresses: settings.smtp.listen.map { MailTransport.ListenAddress(host: $0.host, port: $0.port) }, tls: tls,
            desk: MailReception(desk: desk, ingress: "smtp"), logger: logger)
    }

    private func lmtp(_ place: ListenSocket) -> SMTPServer {
        var receiver = SMTPServerSettings.lmtp(hostname: settings.smtp.hostname)
        receiver.maxMessageBytes = settings.smtp.maxMessageBytes
        var addresses: [MailTransport.ListenAddress] = []
        var socketPath: String?
        switch place {
        case .address(let address): addresses = [MailTransport.ListenAddress(host: address.host, port: address.port)]
        case .unix(let path): socketPath = path
        }
        return SMTPServer(
            settings: receiver, addresses: addresses, socketPath: socketPath, desk: MailReception(desk: desk, ingress: "lmtp"),
            logger: logger)
    }

    /// A unix socket is ours to replace where nobody listens on it, and its folder must be there.
    func checkSocket() throws {
        guard case .unix(let path) = settings.lmtp.listen else { return }
        var isFolder: ObjCBool = false
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue, access(folder, W_OK) == 0 else {
            throw settings.refusal(
                of: "lmtp.listen", problem: "lies in a folder that is not there or not writable",
                advice: "Make \(folder), and give this user the right to write there.")
        }
        guard let file = try? FileManager.default.attributesOfItem(atPath: path) else { return }
        guard file[.type] as? FileAttributeType == .typeSocket else {
            throw settings.refusal(of: "lmtp.listen", problem: "is a file that is no socket", advice: "Remove it, or write another path.")
        }
        if Self.isListening(path) {
            throw settings.refusal(
                of: "lmtp.listen", problem: "is in use by another program", advice: "Stop that program, or write another path.")
        }
    }

    private static func isListening(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: path.utf8.prefix(room.count - 1))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
