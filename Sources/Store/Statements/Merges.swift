import Conversations

/// Where what is no more went: the numbers of merged and deleted rows stay known.
extension Connection {
    /// The conversation that this one was merged into.
    func conversationMergedInto(_ old: ID<Conversation>) throws -> ID<Conversation>? {
        guard var row = try rows("SELECT into_id FROM merged_conversations WHERE old_id = ?", [old]).first?.reader() else { return nil }
        return try row.id()
    }

    func conversationMergedInto(displayID: Int64, in account: ID<Account>) throws -> ID<Conversation>? {
        guard
            var row = try rows("SELECT into_id FROM merged_conversations WHERE account_id = ? AND display_id = ?", [account, displayID])
                .first?.reader()
        else { return nil }
        return try row.id()
    }

    /// The contact that this one was merged into; its row stays for the browsers that knew it.
    public func contactMergedInto(_ old: ID<Contact>) throws -> ID<Contact>? {
        guard var row = try rows("SELECT into_id FROM merged_contacts WHERE old_id = ?", [old]).first?.reader() else { return nil }
        return try row.id()
    }

    /// A deleted conversation's number and inbox, for the note in the one that an answer to it begins.
    public func deletedConversation(_ id: ID<Conversation>) throws -> (displayID: Int64, inboxID: ID<Inbox>)? {
        guard var row = try rows("SELECT display_id, inbox_id FROM deleted_conversations WHERE old_id = ?", [id]).first?.reader() else {
            return nil
        }
        return (try row.integer(), try row.id())
    }
}

extension Connection {
    /// Puts all of one conversation into another of the same account: messages, reply addresses, Message-IDs, mails, participants, links.
    /// The old row goes; its numbers lead to the new one.
    public func merge(_ old: Conversation, into base: Conversation, at now: Instant) throws {
        try run(
            """
            UPDATE messages SET echo_id = NULL WHERE conversation_id = ? AND echo_id IN (
                SELECT echo_id FROM messages WHERE conversation_id = ? AND echo_id IS NOT NULL)
            """, [old.id, base.id])
        try run("UPDATE messages SET conversation_id = ?, inbox_id = ? WHERE conversation_id = ?", [base.id, base.inboxID, old.id])
        try run("UPDATE mail_ids SET conversation_id = ? WHERE conversation_id = ?", [base.id, old.id])
        // They stay good, but none of them can be derived again for the new conversation.
        try run("UPDATE reply_tokens SET conversation_id = ?, nonce = '' WHERE conversation_id = ?", [base.id, old.id])
        try run("UPDATE outbox SET conversation_id = ? WHERE conversation_id = ?", [base.id, old.id])
        try run("UPDATE inbound_mails SET conversation_id = ? WHERE conversation_id = ?", [base.id, old.id])
        try moveMentions(from: old.id, to: base.id)
        try moveNotices(from: old.id, to: base.id)
        try moveDrafts(from: old.id, to: base.id)
        for participant in try participants(in: old.id) { try rememberIfNew(participant, in: base.id, at: now) }
        try run(
            "UPDATE conversations SET linked_conversation_id = ? WHERE linked_conversation_id = ? AND id <> ?", [base.id, old.id, base.id])
        try setLabels(base.labels + old.labels.filter { !base.labels.contains($0) }, of: base)
        try run("UPDATE chat_links SET conversation_id = ? WHERE conversation_id = ?", [base.id, old.id])
        try run("UPDATE surveys SET conversation_id = ? WHERE conversation_id = ?", [base.id, old.id])
        try run(
            """
            UPDATE conversation_grants SET conversation_id = ? WHERE conversation_id = ?
            AND session_id NOT IN (SELECT session_id FROM conversation_grants WHERE conversation_id = ?)
            """, [base.id, old.id, base.id])
        try run("UPDATE merged_conversations SET into_id = ? WHERE into_id = ?", [base.id, old.id])
        try run(
            "INSERT INTO merged_conversations (old_id, account_id, display_id, into_id, merged_at) VALUES (?, ?, ?, ?, ?)",
            [old.id, old.accountID, old.displayID, base.id, now])
        try forget(old)
        try run(
            """
            UPDATE conversations SET last_message_id = (
                SELECT id FROM messages WHERE conversation_id = ? AND kind IN (0, 1) ORDER BY id DESC LIMIT 1),
                linked_conversation_id = CASE WHEN linked_conversation_id = ? THEN NULL ELSE linked_conversation_id END WHERE id = ?
            """, [base.id, old.id, base.id])
    }

    /// Deletes a conversation with all that was said in it. Its reply addresses are no longer good, but known.
    public func delete(_ conversation: Conversation, at now: Instant) throws {
        try revokeReplyTokens(of: conversation.id, at: now)
        try revokeGrants(of: conversation.id)
        let links = "SELECT id FROM chat_links WHERE conversation_id = ?"
        try run("DELETE FROM chat_tickets WHERE link_id IN (\(links))", [conversation.id])
        try run("DELETE FROM chat_links WHERE conversation_id = ?", [conversation.id])
        let messages = "SELECT id FROM messages WHERE conversation_id = ?"
        try run("DELETE FROM surveys WHERE conversation_id = ?", [conversation.id])
        try run("DELETE FROM attachments WHERE message_id IN (\(messages))", [conversation.id])
        let mails = "SELECT id FROM outbox WHERE conversation_id = ?"
        try run("DELETE FROM jobs WHERE queue = ? AND subject_id IN (\(mails))", [QueueName.outbox.rawValue, conversation.id])
        try run("DELETE FROM mailbox WHERE outbox_id IN (\(mails))", [conversation.id])
        try run("DELETE FROM outbox_messages WHERE outbox_id IN (\(mails))", [conversation.id])
        try run("DELETE FROM outbox_raw WHERE outbox_id IN (\(mails))", [conversation.id])
        try run("DELETE FROM outbox WHERE conversation_id = ?", [conversation.id])
        let received = "SELECT id FROM inbound_mails WHERE conversation_id = ?"
        try run("DELETE FROM inbound_raw WHERE mail_id IN (\(received))", [conversation.id])
        try run("DELETE FROM inbound_html WHERE mail_id IN (\(received))", [conversation.id])
        try run("UPDATE inbound_mails SET quoted = NULL, subject = NULL WHERE conversation_id = ?", [conversation.id])
        try forgetMentions(in: conversation.id)
        try forgetNotices(in: conversation.id)
        try forgetDrafts(in: conversation.id)
        try forgetPages(of: conversation.contactID)
        try run("DELETE FROM messages WHERE conversation_id = ?", [conversation.id])
        try run(
            "UPDATE conversations SET linked_conversation_id = NULL WHERE linked_conversation_id = ?", [conversation.id])
        try run(
            "INSERT INTO deleted_conversations (old_id, account_id, display_id, inbox_id, deleted_at) VALUES (?, ?, ?, ?, ?)",
            [conversation.id, conversation.accountID, conversation.displayID, conversation.inboxID, now])
        try forget(conversation)
    }

    /// Takes the row away, out of which everything else has gone.
    private func forget(_ conversation: Conversation) throws {
        for queue in QueueName.allCases where queue.isAboutConversations { try dequeue(queue, conversation.id.value) }
        try run("DELETE FROM conversation_grants WHERE conversation_id = ?", [conversation.id])
        try run("DELETE FROM loop_brakes WHERE conversation_id = ?", [conversation.id])
        try forgetViewers(of: conversation.id)
        try run("DELETE FROM participants WHERE conversation_id = ?", [conversation.id])
        try run("DELETE FROM conversation_labels WHERE conversation_id = ?", [conversation.id])
        try run("DELETE FROM conversations WHERE id = ?", [conversation.id])
        try count(conversation, by: -1)
    }

    /// Puts all of one contact under another of the same account: conversations, addresses, signed sessions, what it said. Its row stays for
    /// the browsers that knew it: they see and change only what they said themselves (behaviour §7).
    public func merge(_ old: Contact, into base: Contact, at now: Instant) throws {
        for address in try addresses(of: old.id) {
            let known = try addresses(of: base.id).first { $0.address == address.address }?.state
            if known != .proven { try addAddress(address.address, state: address.state, to: base, at: now) }
        }
        try run("DELETE FROM contact_addresses WHERE contact_id = ?", [old.id])
        try run("UPDATE visitor_sessions SET contact_id = ? WHERE contact_id = ? AND hmac_verified = 1", [base.id, old.id])
        let theirs = "SELECT id FROM conversations WHERE contact_id = ?"
        try run("UPDATE outbox SET contact_id = ? WHERE conversation_id IN (\(theirs)) AND contact_id = ?", [base.id, old.id, old.id])
        try run(
            "UPDATE reply_tokens SET contact_id = ?, nonce = '' WHERE conversation_id IN (\(theirs)) AND contact_id = ?",
            [base.id, old.id, old.id])
        try run(
            """
            UPDATE messages SET sender_id = ? WHERE conversation_id IN (
                \(theirs) UNION SELECT conversation_id FROM participants WHERE contact_id = ?) AND sender_kind = 'contact' AND sender_id = ?
            """, [base.id, old.id, old.id, old.id])
        try run("UPDATE participants SET contact_id = ? WHERE contact_id = ?", [base.id, old.id])
        // What a mail or an agent began belongs to no browser; it must not come to belong to the other one's.
        try run("UPDATE conversations SET contact_id = ? WHERE contact_id = ?", [base.id, old.id])
        // A browser that changes what is left of it must not bring a proven address back to life.
        try run(
            "UPDATE contacts SET identifier = NULL, email_state = CASE WHEN email IS NULL THEN NULL ELSE 'claimed' END WHERE id = ?",
            [old.id])
        try moveNotes(from: old.id, to: base.id)
        try movePages(from: old.id, to: base.id)
        try run("UPDATE merged_contacts SET into_id = ? WHERE into_id = ?", [base.id, old.id])
        try run(
            "INSERT INTO merged_contacts (old_id, account_id, into_id, merged_at) VALUES (?, ?, ?, ?)",
            [old.id, old.accountID, base.id, now])
    }
}
