import throughline_wire

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
