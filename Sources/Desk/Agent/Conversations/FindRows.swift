import Conversations
import Store

/// Rows by the numbers that the API uses, of the agent's own account. What is not there and what is not theirs give one answer.
extension Connection {
    func conversation(_ number: Int64, of agent: Agent) throws -> Conversation {
        guard let found = try conversation(displayID: number, in: agent.accountID) else {
            throw DeskError.notFound("There is no conversation \(number) here.")
        }
        return found
    }

    func message(_ number: Int64, in conversation: Conversation) throws -> Message {
        guard let found = try message(ID(number)), found.conversationID == conversation.id else {
            throw DeskError.notFound("There is no message \(number) in this conversation.")
        }
        return found
    }

    func contact(_ number: Int64, of agent: Agent) throws -> Contact {
        // A merged one's number gives the contact that it went into.
        let id = try contactMergedInto(ID(number)) ?? ID(number)
        guard let found = try contact(id), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no contact \(number) here.")
        }
        return found
    }

    func inbox(_ number: Int64, of agent: Agent) throws -> Inbox {
        guard let found = try inbox(ID<Inbox>(number)), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no inbox \(number) here.")
        }
        return found
    }

    func colleague(_ number: Int64, of agent: Agent) throws -> Agent {
        guard let found = try self.agent(ID<Agent>(number)), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no agent \(number) here.")
        }
        return found
    }

    func mail(_ number: Int64, of agent: Agent) throws -> StoredMail {
        guard let found = try mail(ID<InboundMail>(number)), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no mail \(number) here.")
        }
        return found
    }
}

extension Desk {
    /// One transaction on a conversation of the agent's account.
    func onConversation<T: Sendable>(
        _ number: Int64, by agent: Agent, _ body: @escaping @Sendable (inout Conversation, any Connection) throws -> T
    ) async throws -> T {
        try await database.write { tx in
            var conversation = try tx.conversation(number, of: agent)
            return try body(&conversation, tx)
        }
    }

    /// A conversation with all that its header shows.
    func view(of conversation: Conversation, _ tx: any Connection) throws -> ConversationView {
        guard var view = try tx.views(of: [conversation], now: now()).first else {
            throw DeskError.notFound("There is no conversation \(conversation.displayID) here.")
        }
        view.continuity = try continuityView(of: conversation, contact: view.contact, inbox: view.inbox, tx)
        view.surroundings = try tx.surroundings(of: conversation, contact: view.contact)
        return view
    }
}
