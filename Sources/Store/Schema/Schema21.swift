/// The last pages of the website on which a contact was, for the agents who help them.
enum Schema21 {
    static let statements = [
        """
        CREATE TABLE visitor_pages (
            id {id}, account_id BIGINT NOT NULL, contact_id BIGINT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, seen_at BIGINT NOT NULL)
        """,
        "CREATE INDEX visitor_pages_contact ON visitor_pages (contact_id, seen_at, id)",
        "CREATE INDEX visitor_pages_seen ON visitor_pages (seen_at)",
    ]
}
