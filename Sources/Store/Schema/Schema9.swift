/// Who vouches for the sender of a mail: the word that the rules go by, and all that was found, as JSON.
enum Schema9 {
    static let statements = [
        "ALTER TABLE inbound_mails ADD COLUMN dmarc TEXT",
        "ALTER TABLE inbound_mails ADD COLUMN sender_check TEXT",
    ]
}
