import Foundation
import throughline_wire

/// Where streams are and how a message gets into one.
protocol Channel {
    /// Streams below this number can be written to.
    var talking: Int { get }
    func path(_ stream: Int) -> String
    func request(to stream: Int, _ text: String) -> String
    /// The path of a stream that everybody reads.
    var everyonesPath: String { get }
    func requestToEveryone(_ text: String) -> String
}

/// nginx with nchan: a channel is a name, a message is its body, nothing is stored.
struct NchanChannel: Channel {
    let port: Int
    let talking = Int.max
    let everyonesPath = "/sub/everyone"

    func path(_ stream: Int) -> String { "/sub/\(stream)" }

    func request(to stream: Int, _ text: String) -> String { publish("/pub/\(stream)", text) }

    func requestToEveryone(_ text: String) -> String { publish("/pub/everyone", text) }

    private func publish(_ path: String, _ text: String) -> String {
        HTTPConnection.text("POST", path, port: port, headers: [:], body: text)
    }
}

/// Our server: a stream is a visitor's, a message is an agent's, stored before it is shown.
struct ThroughlineChannel: Channel {
    let port: Int
    let account: Int
    let token: String
    let talking: Int
    let everyonesPath: String
    private var streamTokens: [String] = []
    private var conversations: [Int] = []

    /// Makes so many visitors; the first `talking` of them have a conversation.
    init(port: Int, account: Int, token: String, websiteToken: String, count: Int, talking: Int) throws {
        self.port = port
        self.account = account
        self.token = token
        self.talking = talking
        let profile = try HTTPConnection.once("GET", "/api/v1/profile", port: port, headers: ["api_access_token": token])
        guard let stream = profile.object["pubsub_token"] as? String else {
            throw Socket.Failure(description: "GET profile: \(profile.status) without a pubsub_token")
        }
        everyonesPath = "/events?pubsub_token=\(stream)"
        let connection = try HTTPConnection(port: port)
        for number in 0..<count {
            let visitor = try Visitor(connection, websiteToken: websiteToken)
            streamTokens.append(visitor.streamToken)
            if number < talking { conversations.append(try visitor.begin("Hello, this is visitor \(number).")) }
        }
    }

    func path(_ stream: Int) -> String { "/events?pubsub_token=\(streamTokens[stream])" }

    func request(to stream: Int, _ text: String) -> String {
        let body = #"{"content":"\#(text)","message_type":"outgoing","private":false,"content_attributes":{"delivery":"chat_only"}}"#
        return HTTPConnection.text(
            "POST", "/api/v1/accounts/\(account)/conversations/\(conversations[stream])/messages", port: port,
            headers: ["api_access_token": token], body: body)
    }

    func requestToEveryone(_ text: String) -> String { request(to: 0, text) }
}
