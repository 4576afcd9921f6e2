/// The HTML of a mail, made safe and kept for as long as its message: the raw mail goes earlier.
enum Schema4 {
    static let statements = [
        "CREATE TABLE inbound_html (mail_id BIGINT PRIMARY KEY REFERENCES inbound_mails(id), html TEXT NOT NULL)",
        // What the thread shows beside a message without reading the HTML; all NULL where there is none.
        "ALTER TABLE inbound_mails ADD COLUMN html_rich BIGINT",
        "ALTER TABLE inbound_mails ADD COLUMN html_new_bytes BIGINT",
        "ALTER TABLE inbound_mails ADD COLUMN html_new_remote_pictures BIGINT",
        "ALTER TABLE inbound_mails ADD COLUMN html_remote_pictures BIGINT",
    ]
}
