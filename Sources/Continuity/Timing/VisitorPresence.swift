import Conversations

/// What is known of the visitor's page (behaviour §2), over all of this conversation's browsers together.
///
/// Whether the visitor is *looking* does not matter here: what a looking visitor sees moves the watermark, and a message that
/// stays unseen although the page is open waits `unseen_after`.
public enum VisitorPresence: Sendable, Hashable {
    /// Nobody knows: counts as away, because a duplicate on a second channel beats a message that nobody gets.
    case unknown
    /// At least one event stream is connected.
    case connected
    /// The last event stream closed at this moment. The page counts as open for `closed_after` more.
    case disconnected(at: Instant)
}
