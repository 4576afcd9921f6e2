/// How far a mail has come on its way to the relay, for who wants to watch: the continuity check shows every step with its time.
public enum SendProgress {
    /// Set around `SMTPSender.send`. It hears each stage when it begins, from any thread. A mail that is watched has a connection of its own,
    /// so that there is everything to see.
    @TaskLocal public static var observer: (@Sendable (SendStage) -> Void)?
}
