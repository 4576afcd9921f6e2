/// Each inbox's continuity check waits in a lane of its own, so that a relay that hangs delays no other inbox's check.
enum Schema20 {
    static let statements = [
        """
        UPDATE jobs SET lane = COALESCE((SELECT inbox_id FROM continuity_checks WHERE id = jobs.subject_id), 0)
        WHERE queue = 'continuity_check'
        """,
        // What no check belongs to has nothing to do.
        "DELETE FROM jobs WHERE queue = 'continuity_check' AND lane = 0",
    ]
}
