import Continuity
import Conversations
import Testing

/// The what-if plays a conversation with the rules that production asks.
@Suite struct PreviewTests {
    private typealias Event = PreviewEvent

    private static func play(
        _ events: [(Int, PreviewEvent.What)], mode: Message.Channel = .chat, settings: ContinuitySettings = .init()
    ) -> ContinuityPreview {
        previewContinuity(
            events.map { PreviewEvent(at: .seconds($0.0), $0.1) },
            from: ContinuitySnapshot(messages: [], mode: mode, address: nil, addressState: nil), settings)
    }

    private static func mails(_ preview: ContinuityPreview) -> [String] {
        preview.mails.map { "\($0.at.components.seconds): \($0.batch.messages.map(\.description).joined(separator: " "))" }
    }

    /// Events and the mails that leave: second, messages.
    private static let rows: [(name: String, events: [(Int, PreviewEvent.What)], mails: [String])] = [
        (
            "page closed, quiet", [(0, .address("a@x.test", .proven)), (0, .pageOpen), (10, .pageClose), (20, .agentMessage(.automatic))],
            ["65: 1"]
        ),
        ("page open, not seen", [(0, .address("a@x.test", .proven)), (0, .pageOpen), (20, .agentMessage(.automatic))], ["200: 1"]),
        ("looking sees it", [(0, .address("a@x.test", .proven)), (0, .look), (20, .agentMessage(.automatic))], []),
        (
            "looked away in time", [(0, .address("a@x.test", .proven)), (0, .look), (20, .agentMessage(.automatic)), (20, .lookAway)],
            ["200: 1"]
        ),
        (
            "the agent types on",
            [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (40, .agentTyping), (80, .agentTyping)], ["125: 1"]
        ),
        (
            "typing holds until at_latest",
            [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic))] + (1...40).map { ($0 * 20, .visitorTyping) }, ["600: 1"]
        ),
        ("address given later", [(0, .agentMessage(.automatic)), (300, .address("a@x.test", .claimed))], ["300: 1"]),
        ("two in one", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (30, .agentMessage(.automatic))], ["75: 1 2"]),
        (
            "five minutes between",
            [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (60, .agentMessage(.automatic))], ["45: 1", "345: 2"]
        ),
        (
            "email mode",
            [(0, .address("a@x.test", .proven)), (0, .visitorMessage(.email)), (10, .pageOpen), (20, .agentMessage(.automatic))],
            ["40: 1"]
        ),
        ("now", [(0, .address("a@x.test", .proven)), (0, .pageOpen), (20, .agentMessage(.emailNow))], ["20: 1"]),
        ("chat only and notes stay", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.chatOnly)), (1, .note)], []),
        ("muted", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (10, .mute(true))], []),
        (
            "unmuted", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (10, .mute(true)), (100, .mute(false))],
            ["100: 1"]
        ),
        ("seen in time", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (44, .seen(upTo: nil))], []),
        ("taken back", [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (44, .delete(1))], []),
        (
            "three mails to an address that does not answer",
            [(0, .address("a@x.test", .claimed))] + (0..<5).map { ($0 * 1000, .agentMessage(.automatic)) }, ["45: 1", "1045: 2", "2045: 3"]
        ),
        (
            "an answer proves it",
            [(0, .address("a@x.test", .claimed))] + (0..<3).map { ($0 * 1000, .agentMessage(.automatic)) }
                + [(2500, .visitorMessage(.email)), (3000, .agentMessage(.automatic))], ["45: 1", "1045: 2", "2045: 3", "3020: 4"]
        ),
        ("a survey waits for a proven address", [(0, .address("a@x.test", .claimed)), (0, .survey), (100, .prove)], ["100: 1"]),
        (
            "nothing after a bounce",
            [(0, .address("a@x.test", .proven)), (0, .agentMessage(.automatic)), (50, .bounce), (60, .agentMessage(.automatic))], ["45: 1"]
        ),
    ]

    @Test(arguments: rows.indices)
    func mailsLeaveAsTheRuleSays(row: Int) {
        let row = Self.rows[row]
        #expect(Self.mails(Self.play(row.events)) == row.mails, "\(row.name)")
    }

    @Test func whatIsNotSentSaysWhy() {
        let preview = Self.play([(0, .agentMessage(.automatic)), (1, .agentMessage(.chatOnly)), (2, .note)])
        #expect(preview.outcomes.map(\.state.name) == [.notSent, .notSent])
        #expect(preview.outcomes.map(\.state.reason) == ["no_address", "chat_only"])
    }

    @Test func everyStepSaysWhatComesNext() {
        let preview = Self.play([(0, .address("a@x.test", .proven)), (10, .agentMessage(.automatic)), (20, .seen(upTo: nil))])
        let next = preview.steps.map(\.decision)
        #expect(next == [.nothing(.nothingWaiting), .wait(until: ContinuityPreview.origin + .seconds(55)), .nothing(.seen)])
    }

    @Test func theOrderOfTheListDoesNotMatter() {
        let events: [(Int, PreviewEvent.What)] = [(0, .address("a@x.test", .proven)), (5, .agentMessage(.automatic)), (90, .visitorTyping)]
        #expect(Self.play(events).mails == Self.play(events.reversed()).mails)
    }
}
