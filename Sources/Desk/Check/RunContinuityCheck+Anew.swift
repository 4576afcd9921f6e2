import Conversations
import Store

/// What keeps a check from its end without saying anything of the mail: trouble of our own, and the end of the program.
extension RunContinuityCheck {
    /// Errors of our own are not the relay's: the check is tried again, and when that does not help it says so. Its inbox is checked again the
    /// next night all the same.
    func giveUpLater(_ job: Job) async throws {
        let desk = self.desk
        guard job.attempts >= Self.mostTries else {
            return try await desk.database.write { try $0.postpone(job, to: desk.now() + .seconds(10)) }
        }
        guard let check = try await desk.database.read({ try $0.check(ID<ContinuityCheck>(job.subjectID)) }) else {
            return try await desk.database.write { _ = try $0.finish(job) }
        }
        let fault = CheckFault(
            .interrupted, "The check could not be made: something went wrong on this server.",
            "Look into its log, then run the check again.")
        try await conclude(check, .failed, [], [fault], job)
    }

    func beginAnew(_ check: ContinuityCheck) async throws -> ContinuityCheck {
        let desk = self.desk
        return try await desk.database.write { tx in
            var again = check
            again.hops = "[]"
            again.deadline = desk.now() + desk.options.check.patience
            try tx.updateCheck(again)
            return again
        }
    }
}
