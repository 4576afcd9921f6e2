import Foundation

/// Where a web server is reached.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    public var host: String
    public var port: Int
    /// False only for a server on the same machine or network.
    public var isEncrypted: Bool

    public init(host: String, port: Int = 443, isEncrypted: Bool = true) {
        self.host = host
        self.port = port
        self.isEncrypted = isEncrypted
    }

    /// `https://host[:port]` or `http://host[:port]`, with nothing behind; nil for anything else.
    public init?(url text: String) {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.query == nil,
            url.path.isEmpty || url.path == "/", url.scheme == "https" || url.scheme == "http"
        else { return nil }
        let isEncrypted = url.scheme == "https"
        let port = url.port ?? (isEncrypted ? 443 : 80)
        guard (1...65_535).contains(port) else { return nil }
        self.init(host: host, port: port, isEncrypted: isEncrypted)
    }

    public var description: String { "\(isEncrypted ? "https" : "http")://\(host)\(port == (isEncrypted ? 443 : 80) ? "" : ":\(port)")" }
}

/// One request, whole in memory.
public struct WebRequest: Sendable {
    public var method: String
    public var address: WebAddress
    /// With its query; begins with a slash.
    public var path: String
    /// Without `Host` and `Content-Length`.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(
        method: String = "POST", address: WebAddress, path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.address = address
        self.path = path
        self.headers = headers
        self.body = body
    }
}

public struct WebAnswer: Sendable {
    public var status: Int
    /// Names in small letters.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first of that name, in small letters.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// What became of a request.
public enum WebOutcome: Sendable {
    case answered(WebAnswer)
    /// The server certainly did not get all of it.
    /// - Parameter isFault: it is not who it should be (its certificate): trying again does not help.
    case notSent(String, isFault: Bool)
    /// It got all of it, and no clear answer came.
    case unanswered(String)
}
