import ArgumentParser
import Foundation
import Synchronization
import throughline_wire

/// Fills a server with conversations and messages, through its API.
struct FillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fill", abstract: "Conversations and messages, through the API.")

    @OptionGroup var server: ServerOptions
    @Option var conversations = 1_000
    @Option(help: "Messages in each.") var messages = 100
    @Option var connections = 16

    private final class Progress: Sendable {
        let next = Mutex(0)
        let last = Mutex(0)
        let problem = Mutex<String?>(nil)
    }

    func run() throws {
        let begin = seconds()
        let progress = Progress()
        let group = DispatchGroup()
        for _ in 0..<connections {
            group.enter()
            Thread.detachNewThread {
                do { try self.work(progress) } catch { progress.problem.withLock { $0 = "\(error)" } }
                group.leave()
            }
        }
        group.wait()
        if let problem = progress.problem.withLock({ $0 }) { throw Socket.Failure(description: problem) }
        try printJSON([
            "conversations": conversations, "messages": conversations * messages, "seconds": seconds() - begin,
            "conversation": progress.last.withLock { $0 }, "words": Vocabulary.some,
        ])
    }

    private func work(_ progress: Progress) throws {
        let connection = try HTTPConnection(port: server.httpPort)
        while progress.problem.withLock({ $0 }) == nil {
            let number = progress.next.withLock { next -> Int in
                next += 1
                return next - 1
            }
            guard number < conversations else { return }
            let conversation = try Visitor(connection, websiteToken: server.websiteToken).begin(
                "Question \(number): \(Vocabulary.sentence(number &* 1_000))")
            for message in 1..<max(messages, 1) {
                let answer = try connection.request(
                    "POST", server.path("/conversations/\(conversation)/messages"), headers: server.agentHeaders,
                    json: [
                        "content": Vocabulary.sentence(number &* 1_000 &+ message),
                        "message_type": "outgoing",
                        "private": message % 5 == 0, "content_attributes": ["delivery": "chat_only"],
                    ])
                guard answer.status / 100 == 2 else {
                    throw Socket.Failure(
                        description: "POST messages: \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
                }
            }
            progress.last.withLock { $0 = max($0, conversation) }
        }
    }
}
