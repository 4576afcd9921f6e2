import Foundation
import MailTransport

/// A provider that our mail goes out through by its HTTP interface: `postmark://token@`, `mailgun://key@domain?region=eu`,
/// `sendgrid://key@`, `ses://key:secret@region`.
public struct HTTPRelay: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    enum Service: Sendable, Hashable {
        case postmark(token: String, stream: String)
        case mailgun(key: String, domain: String)
        case sendgrid(key: String)
        case ses(AWSCredentials, region: String)
    }

    let service: Service
    let address: WebAddress
    private let shown: String

    /// Whether a URL names a provider and not a mail server.
    public static func isOne(_ url: String) -> Bool { ["postmark", "mailgun", "sendgrid", "ses"].contains(scheme(url)) }

    /// `?endpoint=http://…` says another address of the interface, for a proxy or a test.
    /// - Parameter takesEndpoint: false for what an account's administrator wrote, who does not look after the network around.
    /// - Throws: `MailTransportError.relayURL` with a sentence that never contains the key.
    public init(url text: String, takesEndpoint: Bool = true) throws(MailTransportError) {
        let scheme = Self.scheme(text)
        let parts = text.dropFirst(scheme.count + 3).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var options: [String: String] = [:]
        for pair in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let words = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            guard words.count == 2 else { throw .relayURL(reason: "an option has no value") }
            options[words[0]] = words[1]
        }
        guard let at = parts.first?.lastIndex(of: "@") else { throw .relayURL(reason: "the key is missing; it stands before an @") }
        let user = parts[0][..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
            String($0).removingPercentEncoding ?? ""
        }
        var place = String(parts[0][parts[0].index(after: at)...])
        if place.hasSuffix("/") { place.removeLast() }
        guard let key = user.first, !key.isEmpty, user.allSatisfy({ $0.utf8.allSatisfy { 0x21...0x7E ~= $0 } }) else {
            throw .relayURL(reason: "the key is missing, or holds what no key has")
        }
        let region = options.removeValue(forKey: "region") ?? ""
        guard ["", "eu", "us"].contains(region) else { throw .relayURL(reason: "region= is eu or us") }
        let host: String
        switch scheme {
        case "postmark":
            service = .postmark(token: key, stream: options.removeValue(forKey: "stream") ?? "outbound")
            host = "api.postmarkapp.com"
        case "mailgun":
            guard Self.isHost(place) else { throw .relayURL(reason: "the domain is missing: mailgun://key@domain") }
            service = .mailgun(key: key, domain: place)
            host = region == "eu" ? "api.eu.mailgun.net" : "api.mailgun.net"
        case "sendgrid":
            service = .sendgrid(key: key)
            host = region == "eu" ? "api.eu.sendgrid.com" : "api.sendgrid.com"
        case "ses":
            guard user.count == 2, !user[1].isEmpty else { throw .relayURL(reason: "the secret is missing: ses://key:secret@region") }
            guard Self.isHost(place) else { throw .relayURL(reason: "the region is missing: ses://key:secret@region") }
            service = .ses(AWSCredentials(id: key, secret: user[1]), region: place)
            host = "email.\(place).amazonaws.com"
        default:
            throw .relayURL(reason: "it has to begin with smtp://, smtps://, postmark://, mailgun://, sendgrid:// or ses://")
        }
        var address = WebAddress(host: host)
        if let endpoint = options.removeValue(forKey: "endpoint") {
            guard takesEndpoint else { throw .relayURL(reason: "endpoint= is for the installation's relay alone") }
            guard let other = WebAddress(url: endpoint) else { throw .relayURL(reason: "endpoint= is an address like https://host:port") }
            address = other
        }
        if let other = options.keys.sorted().first { throw .relayURL(reason: "the option \(other) is not known") }
        self.address = address
        shown = "\(scheme)://…@\(place)"
    }

    /// As sentences for people name it.
    var host: String { address.host }

    /// Without the key, for logs.
    public var description: String { shown }
    public var debugDescription: String { shown }
    public var customMirror: Mirror { Mirror(self, children: ["url": shown]) }

    private static func scheme(_ url: String) -> String { url.firstRange(of: "://").map { url[..<$0.lowerBound].lowercased() } ?? "" }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x2D || $0 == 0x2E }
    }
}
