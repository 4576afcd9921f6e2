/// Agents who were removed: their messages keep their name.
enum Schema22 {
    static let statements = ["ALTER TABLE agents ADD COLUMN removed_at BIGINT"]
}
