import MailTrust
import Settings

/// The resolver that `mail.dns` names.
enum DNSByUnbound {
    /// - Returns: nil where it is off.
    static func resolver(_ setting: Resolver) throws -> UnboundDNS? {
        switch setting {
        case .off: nil
        case .system: try UnboundDNS()
        case .address(let text, let port): try IPAddress(text).map { try UnboundDNS(resolver: ($0, port)) }
        }
    }
}
