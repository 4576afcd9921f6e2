import Foundation
import throughline_wire

/// What an agent's program asks the server.
struct AgentAPI: Sendable {
    struct Failure: Error, CustomStringConvertible { var description: String }

    struct Line: Sendable {
        var id: Int
        var content: String
        var isIncoming: Bool
        var isPrivate: Bool
        var state: String?
        /// Why it is in that state; with `emailed`, that it was sent a second time.
        var reason: String?
        /// Until when it stays so by itself.
        var until: Double?
    }

    let port: Int
    let account: Int
    let token: String

    /// Conversation number by the customer's address; an address with several conversations has them all.
    func conversations() throws -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        for page in 1...1_000 {
            let object = try get("/conversations?status=all&assignee_type=all&page=\(page)")
            let payload = (object["data"] as? [String: Any])?["payload"] as? [[String: Any]] ?? object["payload"] as? [[String: Any]] ?? []
            if payload.isEmpty { return found }
            for conversation in payload {
                let sender = (conversation["meta"] as? [String: Any])?["sender"] as? [String: Any]
                guard let id = conversation["id"] as? Int, let email = sender?["email"] as? String else { continue }
                found[email, default: []].append(id)
            }
        }
        return found
    }

    /// All messages of a conversation, oldest first.
    func messages(_ conversation: Int) throws -> [Line] {
        var lines: [Line] = []
        var after = 0
        for _ in 0..<10_000 {
            let payload = try get("/conversations/\(conversation)/messages?after=\(after)")["payload"] as? [[String: Any]] ?? []
            for message in payload {
                guard let id = message["id"] as? Int, id > after else { continue }
                let delivery = message["delivery"] as? [String: Any]
                lines.append(
                    Line(
                        id: id, content: message["content"] as? String ?? "", isIncoming: message["message_type"] as? Int == 0,
                        isPrivate: message["private"] as? Bool ?? false,
                        state: delivery?["state"] as? String, reason: delivery?["reason"] as? String,
                        until: delivery?["until"] as? Double))
            }
            guard let last = lines.last?.id, last > after else { break }
            after = last
        }
        return lines
    }

    /// An agent's message that leaves as mail at once. The same `echo` twice is one message.
    func reply(_ text: String, conversation: Int, echo: String) throws {
        let answer = try HTTPConnection.once(
            "POST", "/api/v1/accounts/\(account)/conversations/\(conversation)/messages", port: port, headers: ["api_access_token": token],
            json: [
                "content": text, "message_type": "outgoing", "private": false, "echo_id": echo,
                "content_attributes": ["delivery": "email_now"],
            ])
        guard answer.status / 100 == 2 else {
            throw Failure(description: "POST messages: \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
    }

    private func get(_ path: String) throws -> [String: Any] {
        let answer = try HTTPConnection.once("GET", "/api/v1/accounts/\(account)" + path, port: port, headers: ["api_access_token": token])
        guard answer.status == 200, let object = try? JSONSerialization.jsonObject(with: answer.body) as? [String: Any] else {
            throw Failure(description: "GET \(path): \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
        return object
    }
}
