/// Answers that a team keeps ready.
enum Schema12 {
    static let statements = [
        """
        CREATE TABLE canned_responses (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), short_code TEXT NOT NULL, content TEXT NOT NULL,
            created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, UNIQUE (account_id, short_code))
        """
    ]
}
