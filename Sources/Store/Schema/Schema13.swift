/// Mails that were refused at the door: how many of late, and which are to be forgotten.
enum Schema13 {
    static let statements = [
        "CREATE INDEX inbound_mails_refused ON inbound_mails (account_id, received_at) WHERE outcome = 'refused'",
        "CREATE INDEX inbound_mails_refused_at ON inbound_mails (received_at) WHERE outcome = 'refused'",
    ]
}
