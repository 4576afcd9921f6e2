import Conversations

/// Mail that was kept before there was a seal: found and replaced little by little.
extension Connection {
    public func unsealedMails(limit: Int) throws -> [ID<InboundMail>] {
        try rows("SELECT mail_id FROM inbound_raw WHERE sealed = 0 ORDER BY mail_id LIMIT ?", [max(limit, 0)]).map {
            var row = $0.reader()
            return try row.id()
        }
    }

    public func unsealedOutboxMails(limit: Int) throws -> [ID<OutgoingMailRow>] {
        try rows("SELECT outbox_id FROM outbox_raw WHERE sealed = 0 ORDER BY outbox_id LIMIT ?", [max(limit, 0)]).map {
            var row = $0.reader()
            return try row.id()
        }
    }

    /// - Parameter mail: its envelope as the columns are to show it.
    public func sealMail(_ mail: StoredMail, as sealed: [UInt8]) throws {
        try run("UPDATE inbound_raw SET raw = ?, sealed = 1 WHERE mail_id = ?", [sealed, mail.id])
        try run(
            "UPDATE inbound_mails SET envelope_from = ?, recipients = ? WHERE id = ?",
            [mail.envelopeFrom, mail.recipients.joined(separator: "\n"), mail.id])
    }

    public func sealOutboxMail(_ id: ID<OutgoingMailRow>, sender: String, as sealed: [UInt8]) throws {
        try run("UPDATE outbox_raw SET raw = ?, sealed = 1 WHERE outbox_id = ?", [sealed, id])
        try run("UPDATE outbox SET envelope_sender = ? WHERE id = ?", [sender, id])
    }
}
