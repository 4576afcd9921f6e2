import Continuity
import Conversations
import Store

/// Some relays put an id of their own in the place of our Message-ID and name it in their last answer: `250 2.6.0 <id@host> Queued`, or only
/// its left part, `250 Ok 0100018f…-000000`. A customer's answer then names that one (behaviour §5.1, evidence 2).
enum RelayMessageID {
    /// Characters of a left part, at least: what is shorter is a queue's number, which anybody can guess.
    static let shortest = 24

    /// The ids in a relay's answer, without angle brackets; at most two.
    static func find(in answer: String) -> [String] {
        var found: [String] = []
        for word in answer.prefix(1000).split(whereSeparator: { $0.isWhitespace || "[](),;".contains($0) }) {
            if word.first == "<", word.last == ">", word.contains("@") {
                found.append(String(word.dropFirst().dropLast()))
            } else if word.count >= shortest, word.contains("-"),
                word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            {
                found.append(String(word))
            }
        }
        return Array(found.prefix(2))
    }

    /// Under which names an answered id may be known: itself, and its left part where a relay named only that.
    static func names(of id: String) -> [String] {
        guard let at = id.lastIndex(of: "@"), id.distance(from: id.startIndex, to: at) >= shortest else { return [id] }
        return [id, String(id[..<at])]
    }
}

extension Connection {
    /// Keeps the id that the relay gave a mail beside ours.
    func rememberRelayIDs(in answer: String, of mail: OutboxMail) throws {
        guard !mail.purpose.isForAgents else { return }
        for id in RelayMessageID.find(in: answer) where id != mail.messageID {
            try rememberMailID(
                id, account: mail.accountID, conversation: mail.conversationID, message: nil, ours: true, to: mail.toAddress)
        }
    }
}
