import Conversations
import Store

/// Who is called in a note: `@Name` with an agent's whole name in any letter case, or what Chatwoot's composer writes,
/// `(mention://user/7/Name)`. Linear in the note for each name.
enum Mentions {
    /// People called by one note, at most.
    static let most = 20

    static func find(in note: String, among agents: [Agent]) -> [Agent] {
        guard note.contains("@") || note.contains(marker) else { return [] }
        let text = Array(note.lowercased())
        let ids = Set(note.components(after: marker).compactMap { Int64($0.prefix { $0.isASCII && $0.isNumber }) })
        let called = calls(in: text, agents.map { Array($0.name.lowercased()) })
        return Array(zip(agents, called).filter { $0.1 || ids.contains($0.0.id.value) }.map(\.0).prefix(most))
    }

    private static let marker = "mention://user/"

    /// Which of the names stand behind an `@` that begins a word; of several at one place the longest, so that “@Ann Lee” is not Ann too.
    private static func calls(in text: [Character], _ names: [[Character]]) -> [Bool] {
        var called = names.map { _ in false }
        for (index, character) in text.enumerated() where character == "@" && (index == 0 || !isWord(text[index - 1])) {
            let rest = text[(index + 1)...]
            let fitting = names.indices.filter { name in
                !names[name].isEmpty && rest.starts(with: names[name]) && !(rest.dropFirst(names[name].count).first.map(isWord) ?? false)
            }
            let longest = fitting.map { names[$0].count }.max()
            for name in fitting where names[name].count == longest { called[name] = true }
        }
        return called
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}

extension String {
    /// What stands behind each place where a word stands.
    fileprivate func components(after word: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let place = rest.firstRange(of: word), found.count < 100 {
            rest = rest[place.upperBound...]
            found.append(rest.prefix(20))
        }
        return found
    }
}

extension Desk {
    /// Colleagues whom a note calls are remembered and told by mail at once (behaviour §9); nobody tells themselves.
    func tellMentioned(in note: Message, of conversation: Conversation, _ tx: any Connection) throws {
        guard let text = note.content, text.contains("@") || text.contains("mention://") else { return }
        let agents = try tx.agents(of: conversation.accountID)
        guard let author = agents.first(where: { $0.id.value == note.senderID }) else { return }
        let called = Mentions.find(in: text, among: agents).filter { $0.id != author.id }
        guard !called.isEmpty else { return }
        for agent in called { try tx.remember(mentionOf: agent.id, in: note, at: now()) }
        try tellCalled(called, by: note, in: conversation, tx)
        let flags = try tx.notificationFlags(of: conversation.accountID)
        let mailed = called.filter { NotificationFlags(stored: flags[$0.id] ?? "{}").email.contains(.mention) }
        guard !mailed.isEmpty, options.notifyAgentsAfter > .zero, let contact = try tx.contact(conversation.contactID),
            let inbox = try tx.inbox(conversation.inboxID), isMailConfigured(for: inbox)
        else { return }
        let compose = ComposeNotification(desk: self, tx: tx, conversation: conversation, contact: contact, inbox: inbox)
        for agent in mailed {
            let mail = try compose.mention(note, by: author, of: agent)
            _ = try addToOutbox(mail, messages: [], due: now(), tx)
        }
    }
}
