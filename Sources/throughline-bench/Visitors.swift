import Foundation
import Synchronization
import throughline_wire

/// Makes visitors, who come from as many addresses as it takes: one address may only begin so many sessions.
final class Visitors {
    private static let perAddress = 50
    /// Addresses that were used in this process, from 127.1.0.1 on.
    private static let addresses = Mutex<UInt32>(0x7f01_0001)

    private let port: Int
    private let websiteToken: String
    private var made = 0
    private var connection: HTTPConnection?

    init(port: Int, websiteToken: String) {
        self.port = port
        self.websiteToken = websiteToken
    }

    func next() throws -> Visitor {
        if made % Self.perAddress == 0 {
            let address = Self.addresses.withLock { address -> UInt32 in
                address += 1
                return address
            }
            connection = try HTTPConnection(port: port, source: address)
        }
        made += 1
        guard let connection else { throw Socket.Failure(description: "no connection") }
        return try Visitor(connection, websiteToken: websiteToken)
    }
}

/// A visitor of the website, as the widget makes one.
struct Visitor {
    let websiteToken: String
    let authToken: String
    let streamToken: String
    private let connection: HTTPConnection

    init(_ connection: HTTPConnection, websiteToken: String) throws {
        self.connection = connection
        self.websiteToken = websiteToken
        let answer = try connection.request(
            "POST", "/api/v1/widget/config?website_token=\(websiteToken)", json: ["website_token": websiteToken])
        let config = answer.object["website_channel_config"] as? [String: Any]
        let contact = answer.object["contact"] as? [String: Any]
        guard let auth = config?["auth_token"] as? String, let stream = contact?["pubsub_token"] as? String else {
            throw Socket.Failure(
                description: "POST widget/config: \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
        authToken = auth
        streamToken = stream
    }

    /// Begins the visitor's conversation; returns its number.
    func begin(_ text: String) throws -> Int {
        let answer = try connection.request(
            "POST", "/api/v1/widget/conversations?website_token=\(websiteToken)", headers: ["X-Auth-Token": authToken],
            json: ["message": ["content": text]])
        guard let id = answer.object["id"] as? Int else {
            throw Socket.Failure(
                description: "POST widget/conversations: \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
        return id
    }
}
